from demo.scoring import likeness, score

FIELDS = {
    "number": "155/KH-UBND",
    "date": "2024-02-19",
    "issuer": "ỦY BAN NHÂN DÂN HUYỆN GIA LÂM",
    "type": "Kế hoạch",
    "abstract": "Cải cách hành chính năm 2024",
    "signer": "Nguyễn Văn An",
}


def _truth(*files):
    return {"batch": "b", "files": list(files)}


def _file(name, outcome="ok", pages=("một hai ba",)):
    return {"file": name, "outcome": outcome, "fields": FIELDS, "pages": list(pages)}


def test_a_perfect_reading_is_exact_in_every_field():
    result = {"file": "in/a.pdf", "outcome": "ok", "fields": FIELDS, "pages": ["ba hai một"]}
    total = score(_truth(_file("a.pdf")), [result])
    assert all(tally.exact == tally.similar == tally.total == 1 for tally in total.fields.values())
    assert (total.outcomes_as_expected, total.surprises, total.word_recall) == (1, {}, 1.0)


def test_a_near_miss_is_similar_and_a_wrong_number_is_neither():
    cells = {name: {"value": value, "accepted": False} for name, value in FIELDS.items()}
    cells["abstract"]["value"] = "Cải cách hành chính năm 2023"
    cells["number"] = {"value": "1/QĐ", "accepted": True}
    total = score(_truth(_file("a.pdf")), [{"file": "a.pdf", "outcome": "ok", "fields": cells}])
    assert (total.fields["abstract"].exact, total.fields["abstract"].similar) == (0, 1)
    number = total.fields["number"]
    assert (number.exact, number.similar, number.accepted, number.accepted_wrong) == (0, 0, 1, 1)


def test_a_file_nobody_answered_for_counts_against_everything():
    total = score(_truth(_file("a.pdf"), _file("b.pdf", "failed")), [])
    assert total.outcomes_as_expected == 0
    assert total.surprises["b.pdf"] == "failed -> absent"
    assert total.fields["number"].absent == total.fields["number"].total == 1


def test_words_count_as_often_as_they_stand():
    truth = _truth(_file("a.pdf", pages=["hai hai ba"]))
    total = score(truth, [{"file": "a.pdf", "outcome": "ok", "pages": ["hai bốn"]}])
    assert (total.words, total.words_read) == (3, 1)


def test_composed_and_decomposed_letters_are_alike():
    assert likeness("Quye\u0302\u0301t", "quyết") == 1.0
