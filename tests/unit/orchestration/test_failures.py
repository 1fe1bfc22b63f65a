"""What a failing step may say, and when it is tried again."""

import dagster as dg
import pytest

from connectors.errors import RegistryRefused, RegistryUnavailable
from orchestration.failures import translated
from warehouse.errors import ValueRefused

PERSON = "TEST PERSON 000000000001"


def attempts(error):
    """Run an asset that raises ``error``; return how often it was tried, and its run."""
    tried = []

    @dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
    def pull():
        tried.append(1)
        with translated("pull enterprises"):
            raise error

    with dg.instance_for_test() as instance:
        result = dg.materialize([pull], instance=instance, raise_on_error=False)
        log = [str(entry.to_json()) for entry in instance.all_logs(result.run_id)]
    return len(tried), result, "\n".join(log)


def test_a_busy_registry_is_asked_again():
    tried, result, _ = attempts(RegistryUnavailable("the registry answered 503"))
    assert tried == 3
    assert not result.success


@pytest.mark.parametrize(
    "error", [RegistryRefused("the registry answered 403"), ValueRefused("row 3, column founded")]
)
def test_an_answer_is_not_asked_for_again_and_says_what_was_being_done(error):
    tried, result, log = attempts(error)
    assert tried == 1
    assert f"pull enterprises: {error}" in log
    assert not result.success


def test_a_foreign_error_shows_its_kind_and_place_but_never_its_message():
    try:
        raise KeyError(PERSON)  # noqa: TRY301
    except KeyError as below:
        error = ValueError(f"not a date: {PERSON}")
        error.__cause__ = below
    tried, _, log = attempts(error)
    assert tried == 1
    assert PERSON not in log
    assert "ValueError at tests/unit/orchestration/test_failures.py:" in log


def test_a_room_error_does_not_carry_the_message_of_its_cause_into_the_event_log():
    error = RegistryRefused("the registry answered 403")
    error.__cause__ = ValueError(PERSON)
    assert PERSON not in attempts(error)[2]


def test_a_failure_made_on_purpose_passes_unchanged():
    with pytest.raises(dg.Failure, match="closed"), translated("build marts"):
        raise dg.Failure("closed")
