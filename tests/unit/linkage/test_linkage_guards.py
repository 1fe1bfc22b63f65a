"""Guards between a likely pair and a link: rivals, chains, strong ids, names alone."""

from linkage.clusters import clusters_of, judged_duplicates
from linkage.guards import Guards, Standing, judged_links
from linkage.pair import ScoredPair
from linkage.plan import Level

ONCE = Guards(is_left_linked_once=True)


def pair(left: str, right: str, weight: float, **agreements: Level) -> ScoredPair:
    return ScoredPair(left, right, 2**weight / (1 + 2**weight), weight, agreements)


def standings(judged) -> dict:
    return {(one.pair.left, one.pair.right): one.standing for one in judged}


def test_a_clear_answer_is_proposed_and_the_beaten_one_left_out():
    judged = judged_links([pair("d", "a", 10), pair("d", "b", 5)], 0.5, ONCE)
    assert standings(judged) == {("d", "a"): Standing.PROPOSED}


def test_two_answers_nearly_as_good_are_none():
    judged = judged_links([pair("d", "a", 10), pair("d", "b", 8)], 0.5, ONCE)
    assert set(standings(judged).values()) == {Standing.AMBIGUOUS}


def test_two_answers_just_as_good_are_none():
    judged = judged_links([pair("d", "a", 10), pair("d", "b", 10)], 0.5, ONCE)
    assert list(standings(judged).values()) == [Standing.AMBIGUOUS] * 2


def test_many_documents_may_speak_of_one_enterprise():
    judged = judged_links([pair("d", "a", 10), pair("e", "a", 9)], 0.5, ONCE)
    assert set(standings(judged).values()) == {Standing.PROPOSED}


def test_one_to_one_leaves_out_whom_a_better_one_took():
    once = Guards(is_left_linked_once=True, is_right_linked_once=True)
    judged = judged_links([pair("d", "a", 10), pair("e", "a", 5)], 0.5, once)
    assert standings(judged) == {("d", "a"): Standing.PROPOSED}


def test_pairs_below_the_threshold_are_nothing():
    assert judged_links([pair("d", "a", 3)], 0.99, ONCE) == []


def test_people_are_never_joined_by_their_names_alone():
    guards = Guards(besides_names=("birth_date",))
    judged = judged_links(
        [
            pair("d", "a", 12, name=Level.SAME, birth_date=Level.NOT_GIVEN),
            pair("e", "b", 12, name=Level.SAME, birth_date=Level.EXCHANGED),
        ],
        0.5,
        guards,
    )
    assert standings(judged) == {
        ("d", "a"): Standing.NAMES_ONLY,
        ("e", "b"): Standing.PROPOSED,
    }


def test_a_chain_does_not_join_two_people():
    """A and C bear two numbers; B, who bears none, hangs between them and belongs to neither."""
    pairs = [pair("a", "b", 10), pair("b", "c", 9)]
    judged = judged_duplicates(pairs, 0.5, Guards(), {"a": "000000000001", "c": "000000000002"})
    assert set(standings(judged).values()) == {Standing.AMBIGUOUS}
    assert not any(len(one) > 1 for one in clusters_of(judged))


def test_a_firm_pair_outlives_a_weak_one_that_contradicts_it():
    pairs = [pair("a", "b", 20), pair("b", "c", 9)]
    judged = judged_duplicates(pairs, 0.5, Guards(), {"a": "000000000001", "c": "000000000002"})
    assert standings(judged) == {("a", "b"): Standing.PROPOSED, ("b", "c"): Standing.AMBIGUOUS}


def test_two_numbers_are_never_one_however_alike_the_rest():
    judged = judged_duplicates([pair("a", "b", 40)], 0.5, Guards(), {"a": "1", "b": "2"})
    assert standings(judged) == {("a", "b"): Standing.AMBIGUOUS}


def test_a_cluster_that_grows_without_end_is_ambiguous():
    pairs = [pair(f"{at}", f"{at + 1}", 10) for at in range(12)]
    judged = judged_duplicates(pairs, 0.5, Guards(largest_cluster=10), {})
    assert set(standings(judged).values()) == {Standing.AMBIGUOUS}


def test_duplicates_without_contradiction_are_one_cluster():
    judged = judged_duplicates([pair("a", "b", 10), pair("b", "c", 9)], 0.5, Guards(), {"a": "1"})
    assert frozenset("abc") in clusters_of(judged)


def test_a_pair_shows_no_key():
    assert "000000000001" not in repr(pair("000000000001", "000000000002", 3))
