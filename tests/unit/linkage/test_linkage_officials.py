"""Signers and officials as they are compared: parts of names, and never a name alone."""

from linkage import officials
from linkage.guards import Standing, judged_links
from linkage.pair import ScoredPair
from linkage.plan import Level


def test_a_name_comes_in_parts_and_who_has_none_is_left_out():
    people = [
        officials.Named("1", "TRẦN THỬ HÒA", "H26.01", None),
        officials.Named("2", " ", None, None),
    ]
    [row] = officials.compared(people)
    assert (row["family"], row["middle"], row["given"]) == ("trần", "thử", "hoà")


def test_counted_names_take_the_place_of_counting_here():
    told = officials.plan({"family": {"nguyễn": 0.4}})
    family, middle, *_ = told.compared
    assert (family.is_weighed, dict(family.frequencies)) == (False, {"nguyễn": 0.4})
    assert middle.is_weighed


def test_a_namesake_elsewhere_is_nobody_we_show():
    alike = dict.fromkeys(("family", "middle", "given"), Level.SAME)
    elsewhere = {"agency": Level.OTHER, "post": Level.OTHER}
    pair = ScoredPair("signer", "official", 0.999, 10.0, alike | elsewhere)
    [judged] = judged_links([pair], 0.5, officials.GUARDS)
    assert judged.standing is Standing.NAMES_ONLY


def test_a_person_in_a_list_shows_no_name():
    assert "Thử" not in repr(officials.Named("1", "Trần Thử Hòa", None, None))
