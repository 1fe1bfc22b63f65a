"""A rule proposes its group and the term its source gives; the seed of rules is sound."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from ocr_assets.errors import RulesUnreadable
from ocr_assets.suggest.retention import retention, rules_of
from ocr_assets.suggest.sheet import FieldText, Sheet
from tests.unit.ocr_assets.extract.sheets import STATE, body, page

SEEDS = Path(__file__).parents[4] / "dbt_project" / "seeds"
RULES_TEXT = (SEEDS / "list_retention_rules.csv").read_text(encoding="utf-8")
RULES = rules_of(RULES_TEXT)
BOX = (0.1, 0.2, 0.9, 0.25)


def proposed(abstract, kind="Quyết định", issuer="ỦY BAN NHÂN DÂN TỈNH MẪU"):
    fields = {
        name: FieldText(value, 1, BOX)
        for name, value in (("abstract", abstract), ("type", kind), ("issuer", issuer))
        if value
    }
    return list(retention(Sheet.of([page(*STATE)], fields), RULES))


@pytest.mark.parametrize(
    ("abstract", "kind", "group", "code", "years"),
    [
        ("Về việc giải thể Trung tâm Mẫu", "Quyết định", "personnel", "01", None),
        ("Về việc thành lập Phòng Mẫu", "Quyết định", "personnel", "01", None),
        ("Về việc bổ nhiệm công chức", "Quyết định", "personnel", "02", 70),
        ("V/v góp ý quy hoạch sử dụng đất", "Công văn", "planning", "07", 5),
        ("Về việc quy hoạch cán bộ giai đoạn mới", "Thông báo", "personnel", "06", 10),
        ("Phê duyệt kết quả lựa chọn nhà thầu", "Quyết định", "finance", "05", 20),
        ("Ban hành Quy chế làm việc của Ủy ban", "Quyết định", "general", "05", 20),
        ("Kết quả công tác tháng 3 và nhiệm vụ tháng 4", "Báo cáo", "general", "06", 10),
        ("Về việc giải quyết khiếu nại của công dân", "Quyết định", "inspection", "07", 15),
        ("Tổng kết công tác năm 2020", "Báo cáo", "general", "01", None),
        ("Bàn giao hồ sơ hoàn công", "Biên bản", "construction", "07", None),
        ("Lập hồ sơ nguyên tắc", "Thông báo", "general", "07", None),
    ],
)
def test_a_term_is_proposed_where_a_source_gives_one(abstract, kind, group, code, years):
    first = proposed(abstract, kind)[0]
    assert (first.value, first.maintenance_code, first.retention_years) == (group, code, years)
    assert (first.page, first.boxes) == (1, (BOX,))


def test_marks_misread_do_not_hide_a_topic_and_another_word_is_none():
    assert proposed("Vê viêc giai thê Trung tâm Mẫu")[0].rule == "body-founded"
    assert "body-founded" not in {one.rule for one in proposed("Lập Trung tâm giải thể thao")}


def test_a_topic_without_a_term_proposes_a_group_and_leaves_the_term_to_people():
    first = proposed("Về công tác văn thư, lưu trữ")[0]
    assert (first.value, first.maintenance_code) == ("administration", None)


def test_a_party_issuer_speaks_for_its_own_rule_set():
    assert proposed("về công tác dân vận", "Báo cáo", "ĐẢNG ỦY XÃ MẪU")[0].value == "party_unions"


def test_nothing_that_fits_is_nothing_proposed_and_at_most_three_groups_are():
    assert proposed("Về một việc chưa ai nghĩ tới") == []
    many = proposed("thi đua, thanh tra, biên chế, tiền lương, tài chính, pháp luật")
    assert [one.value for one in many] == ["emulation", "inspection", "personnel"]


def test_without_an_abstract_the_opening_speaks_half_as_loud():
    text = Sheet.of([page(body("Công tác văn thư, lưu trữ của cơ quan được đổi mới", 9))], {})
    [one] = retention(text, RULES)
    assert (one.value, one.score) == ("administration", 0.3)


def test_rules_name_known_groups_terms_and_types():
    rows = list(csv.DictReader(io.StringIO(RULES_TEXT)))
    groups, terms, types = (
        {row[column] for row in csv.DictReader((SEEDS / file).open(encoding="utf-8"))}
        for file, column in (
            ("list_retention_groups.csv", "code"),
            ("list_maintenance.csv", "code"),
            ("list_document_types.csv", "name"),
        )
    )
    assert {row["group_code"] for row in rows} <= groups
    assert {row["maintenance_code"] for row in rows} <= terms | {""}
    assert {n for row in rows for n in row["type_names"].split("|")} <= types | {"", "Nghị định"}
    assert len({(row["rule_code"], row["rule_version"]) for row in rows}) == len(rows)
    for row in rows:  # a term has a source, and what has none has no term
        assert (row["basis"] == "unconfirmed") == (not row["maintenance_code"]), row["rule_code"]


def test_of_the_versions_of_a_rule_the_one_in_force_that_day_proposes():
    rows = [
        "was,finance,,,phiếu thu,06,10,90,circular_10_2022,1,,2023-02-14,years,work_year_ended,",
        "was,finance,,,phiếu thu,07,15,90,circular_10_2022,2,2023-02-15,,years,work_year_ended,",
        "other,general,,,x,,,200,unconfirmed,1,,,,,",
    ]
    text = "\n".join([RULES_TEXT.partition("\n")[0], *rows])

    def years(on):
        return [rule.years for rule in rules_of(text, date.fromisoformat(on))]

    assert years("2023-02-14") == [10, None]
    assert years("2023-02-15") == [15, None]
    assert [rule.years for rule in rules_of(text)] == [10, 15, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule_code,group_code\nx,y\n", "no column basis"),
        (RULES_TEXT.replace(",70,", ",x,", 1), "line"),
        (RULES_TEXT.replace(",2023-02-15,", ",soon,", 1), "line 2"),
        (RULES_TEXT + ",,,,,,,1,unconfirmed\n", "needs a rule_code"),
        (RULES_TEXT + "x,general,,,,,,first,unconfirmed\n", "precedence"),
    ],
)
def test_a_list_that_makes_no_rules_says_where(text, said):
    with pytest.raises(RulesUnreadable, match=said):
        rules_of(text)
