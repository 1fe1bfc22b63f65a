"""The words suites are written in, and what several of them say alike."""

from great_expectations.expectations.core.expect_column_values_to_be_between import (
    ExpectColumnValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_in_set import (
    ExpectColumnValuesToBeInSet,
)
from great_expectations.expectations.core.expect_column_values_to_match_regex import (
    ExpectColumnValuesToMatchRegex,
)
from great_expectations.expectations.core.expect_column_values_to_not_be_null import (
    ExpectColumnValuesToNotBeNull,
)
from great_expectations.expectations.core.expect_compound_columns_to_be_unique import (
    ExpectCompoundColumnsToBeUnique,
)
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.metadata_types import FailureSeverity

HOLDS_BACK, WARNS = FailureSeverity.CRITICAL, FailureSeverity.WARNING
REASONS = {
    "degraded": "page_unread low_confidence resolution_low resolution_estimated engines_disagree",
    "failed": "file_missing not_in_manifest empty_file format_unknown damaged encrypted too_large"
    " too_many_pages no_pages ocr_failed timed_out out_of_memory"
    " output_too_large worker_died separators_differ",
    "quarantined": "state_secret not_archival not_judged text_differs image_changed not_signed",
    "not_run": "not_run",
}
OUTCOMES = ("ok", *REASONS)
BLOCS = ("party", "government", "mass_organisation")
SHA256 = "^[0-9a-f]{64}$"
USABLE = "outcome in ('ok', 'degraded')"


def no_row(rule: str, where: str, severity: FailureSeverity = HOLDS_BACK) -> Expectation:
    """Expect that no row satisfies ``where``; the rows themselves are never fetched.

    ``rule`` names it in reports, as a sentence that is true when it holds.
    """
    return UnexpectedRowsExpectation(
        unexpected_rows_query=f"select 1 as broken from {{batch}} where {where}",  # noqa: S608
        description=rule.replace("_", " "),
        meta={"rule": rule},
        severity=severity,
    )


def given(column: str) -> Expectation:
    """Expect a value in every row."""
    return ExpectColumnValuesToNotBeNull(column=column)


def among(
    column: str, values: tuple[str, ...], severity: FailureSeverity = HOLDS_BACK
) -> Expectation:
    """Expect one of ``values``."""
    return ExpectColumnValuesToBeInSet(column=column, value_set=list(values), severity=severity)


def mostly_among(column: str, values: tuple[str, ...], share: float, rule: str) -> Expectation:
    """Warn if less than ``share`` of the rows have one of ``values``; ``rule`` names it."""
    return ExpectColumnValuesToBeInSet(
        column=column,
        value_set=list(values),
        mostly=share,
        severity=WARNS,
        description=rule.replace("_", " "),
        meta={"rule": rule},
    )


def shaped(column: str, pattern: str, severity: FailureSeverity = HOLDS_BACK) -> Expectation:
    """Expect values to match a regular expression."""
    return ExpectColumnValuesToMatchRegex(column=column, regex=pattern, severity=severity)


def at_least(
    column: str, least: float, severity: FailureSeverity = HOLDS_BACK, *, share: float = 1
) -> Expectation:
    """Expect values not below ``least``, in at least this share of the rows that have one."""
    return ExpectColumnValuesToBeBetween(
        column=column, min_value=least, mostly=share, severity=severity
    )


def a_fraction(column: str) -> Expectation:
    """Expect values from 0 to 1."""
    return ExpectColumnValuesToBeBetween(column=column, min_value=0, max_value=1)


def some_rows(severity: FailureSeverity = HOLDS_BACK) -> Expectation:
    """Expect at least one row."""
    return ExpectTableRowCountToBeBetween(min_value=1, severity=severity)


def one_row_each(*columns: str, severity: FailureSeverity = HOLDS_BACK) -> Expectation:
    """Expect no two rows alike in all of ``columns``."""
    return ExpectCompoundColumnsToBeUnique(column_list=list(columns), severity=severity)


def an_outcome_with_its_reason() -> list[Expectation]:
    """Expect a known outcome, and the kind of reason that goes with it: none exactly for ok."""
    pairs = ", ".join(
        f"('{outcome}', '{reason}')" for outcome in REASONS for reason in REASONS[outcome].split()
    )
    return [
        given("outcome"),
        among("outcome", OUTCOMES),
        no_row(
            "reasons_fit_their_outcome",
            "case when outcome = 'ok' then reason_code is not null"
            f" else reason_code is null or (outcome, reason_code) not in ({pairs}) end",
        ),
    ]
