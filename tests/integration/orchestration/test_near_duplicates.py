"""F10: one form for two people is no duplicate, one paper scanned twice is; a person decides.

Drawn sheets go the whole way: delivered, read, compared, shown in the marts, decided.
"""

import random

import cv2
import dagster as dg
import numpy as np
import pytest
import sqlalchemy as sa
from PIL import Image, ImageDraw, ImageFont

from demo.drawing.scanner import Scan, scanned
from ocr_assets.intake import COMPLETE, batch_key
from orchestration.settings import settings
from tests.integration.warehouse_models.conftest import Models
from tests.support.tools import TOOLS
from warehouse.decisions import Decision, Opinion, decide, duplicate_pairs
from warehouse.loading import Warehouse

MADE = ("+fct_duplicate_pair", "+fct_set_aside", "+dim_document")

pytestmark = pytest.mark.timeout(900)
FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
COLUMNS = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
SHEET = (1654, 2339)  # A4 at 200 dpi
FORM = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN ĐỀ NGHỊ CẤP LẠI SỔ HỘ TỊCH

Kính gửi: Ủy ban nhân dân xã Thử Nghiệm
Họ và tên người làm đơn: {name}
Sinh ngày: {born} tại {place}
Số giấy tờ tùy thân: {paper}
Nơi cư trú: {home}
Nghề nghiệp: {work}
Tôi làm đơn này đề nghị Ủy ban nhân dân xã xem xét cấp lại
sổ hộ tịch cho gia đình vì sổ cũ đã bị hư hỏng trong khi cất
giữ, không còn đọc được các trang ghi thông tin.
Tôi xin cam đoan những lời khai trên đây là đúng sự thật và
chịu hoàn toàn trách nhiệm trước pháp luật về lời khai.
Đề nghị cơ quan có thẩm quyền giải quyết theo quy định.

Người làm đơn
(Ký và ghi rõ họ tên)
{name}
"""
DECISION = """
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ THỬ NGHIỆM                Độc lập - Tự do - Hạnh phúc
Số: 51/QĐ-UBND          Thử Nghiệm, ngày 14 tháng 3 năm 2025

QUYẾT ĐỊNH
Về việc phê duyệt kế hoạch sửa chữa kênh mương nội đồng

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6;
Xét đề nghị của cán bộ địa chính nông nghiệp của xã,
Điều 1. Phê duyệt kế hoạch sửa chữa kênh mương nội đồng năm
hiện tại với chiều dài hai nghìn mét, từ đầu thôn Thượng
đến trạm bơm cuối thôn Hạ, do hợp tác xã thực hiện.
Điều 2. Kinh phí lấy từ nguồn thủy lợi và đóng góp của các
hộ sử dụng nước, thu chi công khai tại nhà văn hóa thôn.
Điều 3. Văn phòng và các ông bà trưởng thôn chịu trách nhiệm
thi hành Quyết định này kể từ ngày ký.
"""
AN = {
    "name": "Nguyễn Văn An",
    "born": "02/05/1961",
    "place": "Hải Dương",
    "paper": "TEST 000000000001",
    "home": "thôn Đông, gần đình làng",
    "work": "thợ mộc",
}
LAN = {
    "name": "Phạm Thị Lan",
    "born": "27/11/1984",
    "place": "Ninh Bình",
    "paper": "TEST 000000000092",
    "home": "xóm chợ, cạnh trường học",
    "work": "giáo viên",
}


def typed(text):
    page = Image.new("RGB", SHEET, "white")
    face, draw = ImageFont.truetype(str(FONT), 38), ImageDraw.Draw(page)
    for at, line in enumerate(text.strip().split("\n")):
        draw.text((180, 190 + at * 74), line, fill=(20, 20, 25), font=face)
    return page


def scan(page, seed, quality=85, turn=0, **how):
    """One way of putting a sheet through a scanner, as a JPEG."""
    picture = scanned(page.copy(), None, Scan(**how), random.Random(seed))  # noqa: S311
    pixels = np.rot90(np.asarray(picture)[..., ::-1], turn)
    _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return packed.tobytes()


@pytest.fixture(scope="module")
def marts(home, instance, run_job, module_database_url, tmp_path_factory):
    """Deliver the sheets, digitise them, compare, build the marts."""
    (home / "tools").symlink_to(TOOLS)
    paper, blank = typed(DECISION), Image.new("RGB", SHEET, "white")
    folder = home / "inbox" / "F10"
    folder.mkdir(parents=True)
    files = {
        "form-an.jpg": scan(typed(FORM.format(**AN)), 1),
        "form-lan.jpg": scan(typed(FORM.format(**LAN)), 2),
        "paper.jpg": scan(paper, 3),
        "paper-again.jpg": scan(
            paper, 4, quality=35, turn=2, skew=1.0, noise=10, tint=(243, 240, 230), dust=40
        ),
        "bare-1.jpg": scan(blank, 5, edge=True),
        "bare-2.jpg": scan(blank, 6, edge=True),
    }
    lines = [f"H26.18,government,B1,D1,{name},1,thuong,TEST,TEST" for name in files]
    (folder / "manifest.csv").write_text("\n".join([COLUMNS, *lines]) + "\n", encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / COMPLETE).touch()
    agency = {"agency_code": "H26.18", "agency_name": "ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM"}
    Warehouse(module_database_url).land("catalog__agencies", [agency], batch_id="c1")
    key = batch_key(folder)
    instance.add_dynamic_partitions("scan_batch", [key])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHO_OCR_READER", "fast")
        settings.cache_clear()
        assert run_job("digitize_batch", partition=key).success
    compared = [dg.AssetKey(["raw", f"duplicates__{name}"]) for name in ("pairs", "sketches")]
    assert run_job("build_warehouse", only=compared).success
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    assert models.dbt("seed").success
    assert models.dbt("run", "--select", *MADE).success
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def pairs(marts):
    asked = (
        "select a.file_name, b.file_name, p.verdict, p.is_open, p.pair_key"
        " from marts.fct_duplicate_pair as p"
        " inner join marts.dim_document as a on a.document_key = p.first_document_key"
        " inner join marts.dim_document as b on b.document_key = p.second_document_key"
    )
    with marts.owner.connect() as connection:
        found = connection.execute(sa.text(asked)).all()
    return {frozenset(row[:2]): row[2:] for row in found}


def test_one_form_for_two_people_is_no_duplicate(pairs):
    verdict, is_open, _ = pairs[frozenset({"form-an.jpg", "form-lan.jpg"})]
    assert (verdict, is_open) == ("same_form", False)


def test_one_paper_scanned_twice_is_proposed(pairs):
    verdict, is_open, _ = pairs[frozenset({"paper.jpg", "paper-again.jpg"})]
    assert (verdict, is_open) == ("same_paper", True)


def test_bare_sheets_and_unlike_papers_make_no_pair(pairs):
    assert len(pairs) == 2


def test_a_person_decides_both_and_nothing_is_gone(marts, pairs):
    [waiting] = duplicate_pairs(marts.owner)
    decide(marts.owner, waiting["pair_key"], Opinion(Decision.SAME, "TEST PERSON", "one stamp"))
    form = pairs[frozenset({"form-an.jpg", "form-lan.jpg"})][-1]
    decide(marts.owner, form, Opinion(Decision.DIFFERENT, "TEST PERSON", "two people"))
    # Of what follows a decision, what was made here: the rest needs tables that were not.
    following = [f"stg_duplicates__decisions+,{made}" for made in MADE]
    assert marts.dbt("run", "--select", *following).success
    assert duplicate_pairs(marts.owner) == []
    with marts.owner.connect() as connection:
        rows = connection.execute(
            sa.text(
                "select is_duplicate_proposed, duplicate_of_document_key from marts.dim_document"
            )
        ).all()
    assert len(rows) == 6
    assert not any(row.is_duplicate_proposed for row in rows)
    assert sum(row.duplicate_of_document_key is not None for row in rows) == 1
