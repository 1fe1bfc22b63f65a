"""When a threshold moves, and when too little is known to move it."""

import random

import pytest

from ocr_assets.learn.judgement import Judgement, Source
from ocr_assets.learn.lesson import NEVER, Rule, Status, learned

RULE = Rule(limit=0.01, level=0.90)
MANY = dict.fromkeys(range(50, 101), 100)


def judged(count, confidence, source=Source.AUDITED, wrong=0):
    return [Judgement("number", confidence, n >= wrong, source) for n in range(count)]


def test_with_too_few_the_shipped_threshold_stays_and_says_what_is_missing():
    lesson = learned(judged(100, 0.95), MANY, 0.88, RULE)
    assert (lesson.status, lesson.threshold, lesson.missing) == (Status.TOO_FEW, 0.88, 130)
    nothing = learned([], {}, 0.88, RULE)
    assert (nothing.status, nothing.threshold, nothing.missing) == (Status.TOO_FEW, 0.88, 230)
    assert (nothing.error_low, nothing.error_high) == (0.0, 1.0)


def test_enough_right_ones_prove_a_threshold():
    lesson = learned(judged(230, 0.95), MANY, 0.88, RULE)
    assert (lesson.status, lesson.threshold, lesson.missing) == (Status.HOLDS, 0.88, 0)
    assert lesson.error_high <= 0.01


def test_a_threshold_goes_down_only_where_people_looked_and_found_right():
    below = [one for at in range(80, 88) for one in judged(75, at / 100, Source.REVIEWED)]
    below += judged(150, 0.70, Source.REVIEWED, wrong=30)
    lesson = learned(judged(1000, 0.95) + below, MANY, 0.88, RULE)
    assert (lesson.status, lesson.threshold) == (Status.LOWERED, 0.80)
    unseen = learned(judged(1000, 0.95), MANY, 0.88, RULE)
    assert unseen.threshold == 0.88


def test_what_is_rare_weighs_as_little_as_it_is_rare():
    """Sixty right ones bound a band at a twentieth: enough only for a band of few values."""
    seen = judged(1000, 0.95) + judged(60, 0.87, Source.REVIEWED)
    rare, common = {95: 990, 87: 10}, {95: 500, 87: 500}
    assert learned(seen, rare, 0.88, RULE).threshold == 0.87
    assert learned(seen, common, 0.88, RULE).threshold == 0.88


def test_a_threshold_proved_wrong_goes_up_and_at_worst_accepts_nothing():
    bad = judged(60, 0.89, wrong=10) + judged(60, 0.97)
    lesson = learned(bad, MANY, 0.88, RULE)
    assert (lesson.status, lesson.threshold) == (Status.RAISED, 0.90)
    hopeless = learned(judged(60, 1.0, wrong=10), MANY, 0.88, RULE)
    assert (hopeless.status, hopeless.threshold) == (Status.RAISED, NEVER)


def test_one_wrong_value_proves_nothing_yet():
    assert learned(judged(30, 0.95, wrong=1), MANY, 0.88, RULE).status is Status.TOO_FEW


@pytest.mark.parametrize("source", [Source.BY_CHANCE, Source.HELD_BACK])
def test_what_was_noticed_for_being_wrong_tells_nothing_of_a_share(source):
    noticed = judged(40, 0.95, source, wrong=40)
    lesson = learned(judged(230, 0.95) + noticed, MANY, 0.88, RULE)
    assert (lesson.status, lesson.looked_at, lesson.wrong) == (Status.HOLDS, 230, 0)


def test_a_confidence_just_below_a_threshold_is_not_above_it():
    lesson = learned(judged(300, 0.87999), MANY, 0.88, RULE)
    assert lesson.looked_at == 0


def test_the_limit_is_kept_in_nine_of_ten_cities():
    """Drawn: error falls with confidence, a tenth of the accepted is audited, doubt is reviewed."""
    broken = moved = 0
    chance = random.Random(5)  # noqa: S311 - draws a city
    for _ in range(40):
        values = [(chance.uniform(0.6, 1.0)) for _ in range(6000)]
        error = {value: 0.0004 if value > 0.8 else 0.05 for value in values}
        seen = [
            Judgement(
                "number",
                value,
                chance.random() > error[value],
                Source.AUDITED if value >= 0.9 else Source.REVIEWED,
            )
            for value in values
            if value < 0.9 or chance.random() < 0.5
        ]
        population: dict[int, int] = {}
        for value in values:
            population[int(value * 100)] = population.get(int(value * 100), 0) + 1
        at = learned(seen, population, 0.9, RULE).threshold
        accepted = [value for value in values if value >= at]
        broken += sum(error[value] for value in accepted) > 0.01 * len(accepted)
        moved += at < 0.9
    assert moved > 30  # it learns something
    assert broken <= 4
