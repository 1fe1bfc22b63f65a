-- A made city in raw, from document :first to document :last; a batch is :batch of one agency.
-- One page of some twenty words and nine fields a document; every hundredth scanned twice, every
-- fortieth refused, every tenth signed, every fifth listed in a register, every twentieth sent over
-- the axis, every thirtieth naming a parcel. 650 agencies, 126 of them in office.
create temporary table made as
select
    number,
    'b-' || lpad((number / :batch)::text, 7, '0') as batch,
    (number % :batch + 1)::integer as ordinal,
    encode(sha256(convert_to('document ' || number, 'UTF8')), 'hex') as digest,
    number / :batch % 650 as place,
    'H26.' || lpad((number / :batch % 650)::text, 3, '0') as agency,
    date '2005-01-01' + (number % 7300)::integer as issued,
    (number % 900 + 1)::text as code,
    (array['QĐ-UBND', 'KH-UBND', 'BC-UBND', 'TB-UBND', 'TTr-UBND'])[number % 5 + 1] as symbol,
    (array['Quyết định', 'Kế hoạch', 'Báo cáo', 'Thông báo', 'Tờ trình'])[number % 5 + 1] as kind,
    'về việc ' || (array['thu hồi đất', 'số hóa tài liệu', 'phòng cháy chữa cháy', 'khai giảng năm học',
        'bàn giao hồ sơ', 'tiêm phòng dịch', 'đấu thầu mua sắm'])[number % 7 + 1]
    || ' đợt ' || number % 97 || ' tại tổ ' || number % 211 as abstract,
    timestamptz '2026-01-01' + make_interval(mins => (number / :batch)::integer) as at,
    number % 40 <> 7 as is_usable
from generate_series(:first::bigint, :last::bigint) as number;

insert into raw.digitization__files (
    file_ordinal, file_name, file_sha256, size_bytes, media_type, agency_code, bloc, box_code,
    dossier_code, declared_pages, secrecy, received_state, received_at, vendor,
    _batch_id, _extracted_at, _row_sha256
)
select
    ordinal, lpad(ordinal::text, 6, '0') || '.pdf', digest, 600000, 'application/pdf', agency,
    'government', 'H' || ordinal / 100, 'D' || ordinal / 20, 1, 'thuong', 'received', at, 'vendor ' || number % 3,
    batch, at, digest
from made;

insert into raw.digitization__documents (
    file_ordinal, file_sha256, outcome, reason_code, page_count, word_count, text_confidence, archive_sha256,
    archive_size_bytes, pdfa_pikepdf, pdfa_verapdf, is_text_equal, are_images_unchanged,
    signature_count, seconds, digitized_at, _batch_id, _extracted_at, _row_sha256
)
select
    ordinal, digest, case when is_usable then 'ok' else 'failed' end,
    case when is_usable then null else 'unreadable' end, case when is_usable then 1 end, case when is_usable then 20 end,
    case when is_usable then 0.9 end, case when is_usable then md5(digest) || md5('a' || digest) end,
    case when is_usable then 500000 end, case when is_usable then 'passed' end,
    case when is_usable then 'passed' end, case when is_usable then true end,
    case when is_usable then true end, case when number % 10 = 0 then 1 else 0 end,
    1, at, batch, at, digest
from made;

insert into raw.digitization__pages (
    file_ordinal, file_sha256, page_number, outcome, width_px, height_px, dpi, rotation_degrees,
    word_count, text_confidence, image_sha256, page_text, rotation_confidence, skew_degrees,
    is_blank, is_damaged, sharpness, contrast, cut_edges, dark_edges,
    _batch_id, _extracted_at, _row_sha256
)
select
    ordinal, digest, 1, 'ok', 2480, 3508, 300, 0, 20, 0.9, md5(digest) || md5('p' || digest),
    'Số: ' || code || '/' || symbol || E'\n' || kind || ' ' || abstract
    || case when number % 30 = 0 then E'\nthửa đất số ' || number % 500 || ', tờ bản đồ số ' || number % 90 else '' end,
    0.99, 0.2, false, false, (number % 100) / 100.0, 0.8, 'none', 'none', batch, at, digest
from made
where is_usable;

insert into raw.digitization__fields (
    file_ordinal, file_sha256, field_name, value, text_as_read, page_number, box_left, box_top,
    box_right, box_bottom, method, method_version, confidence, is_accepted, reading_confidence,
    extraction_confidence, _batch_id, _extracted_at, _row_sha256
)
select
    ordinal, digest, field.name, field.value, field.value, 1, 0.1, 0.1, 0.4, 0.2, 'made', '1',
    case when (number + field.rank) % 6 = 0 then 0.4 else 0.95 end, (number + field.rank) % 6 <> 0, 0.97, 0.98,
    batch, at, digest
from made
cross join lateral (
    values
    (1, 'number', code || '/' || symbol),
    (2, 'date', issued::text),
    (3, 'issuer', 'ỦY BAN NHÂN DÂN XÃ SỐ ' || place),
    (4, 'type', kind),
    (5, 'abstract', abstract),
    (6, 'signer', 'TEST PERSON ' || number % 5000),
    (7, 'signer_title', 'CHỦ TỊCH'),
    (8, 'recipient_1', 'Sở số ' || number % 20),
    (9, 'language', '01')
) as field (rank, name, value)
where is_usable;

insert into raw.digitization__signatures (
    file_ordinal, file_sha256, signature_ordinal, field_name, kind, subfilter, integrity, coverage,
    later_changes, are_later_changes_allowed, is_valid, certificate_trust, signer_name,
    digest_algorithm, page_number, _batch_id, _extracted_at, _row_sha256
)
select
    ordinal, digest, 1, 'Signature1', 'signature', 'ETSI.CAdES.detached',
    case when number % 200 = 0 then 'broken' else 'intact' end, 'whole_file', 'none', true, number % 200 <> 0,
    'not_examined', 'TEST PERSON', 'sha256', 1, batch, at, digest
from made
where is_usable and number % 10 = 0;

insert into raw.suggestions__proposals (
    document_id, suggestion_type, suggestion_ordinal, suggested_value, maintenance_code, score, rule_code,
    page_number, occurrence_count, method_version, _batch_id, _extracted_at, _row_sha256
)
select
    digest, 'retention', 1, 'finance', '05', 0.8, 'made', 1, 1, '1', 's-' || batch, at, digest
from made
where is_usable;

insert into raw.duplicates__pairs (
    first_document_id, second_document_id, verdict, rule_version, page_pairs, pages_alike,
    pages_compared, same_image_pages, text_similarity, issuer_agreement, number_agreement,
    symbol_agreement, date_agreement, _batch_id, _extracted_at, _row_sha256
)
select
    least(made.digest, other.digest), greatest(made.digest, other.digest), 'same_text', '1',
    '[{"first": 1, "second": 1, "distance": 0.05}]'::jsonb, 1, 1, 0, 0.9, 'equal', 'equal', 'equal', 'equal',
    'd-' || made.batch, made.at, made.digest
from made
inner join made as other on made.number = other.number - 1
where made.number % 100 = 50;

insert into raw.filedrop__documents (
    agency_code, sheet_number, row_number, dossier_code, document_number, issued_date_text, subject,
    page_count, _batch_id, _extracted_at, _row_sha256
)
select
    agency, 1, ordinal + 1, 'D' || ordinal / 20, code || '/' || symbol, issued::text, abstract,
    1, 'r-' || batch, at, digest
from made
where number % 5 = 0;

insert into raw.exchange__messages (
    message_id, from_code, from_name, to_agencies, code_number, code_notation, issued_date, type_name, subject,
    signer_name, page_count, standard, attachment_count, sent_at, changed_at, _batch_id, _extracted_at, _row_sha256
)
select
    'm-' || number, agency, 'Ủy ban nhân dân xã số ' || place, '[{"OrganId": "H26.001"}]'::jsonb,
    code, symbol, issued, kind, abstract, 'Test Person', 1, 'QCVN 102:2016', 0, at, at, 'x-' || batch, at, digest
from made
where number % 20 = 0;

insert into ledger.intake_deliveries (
    event, batch_id, delivery_name, delivery_form, content_sha256, version, delivered_at
)
select 'received', batch, batch, 'folder', md5(batch) || md5('d' || batch), 1, max(at) from made group by batch;
drop table made
