"""Handovers of papers; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, at_least, given, no_row, shaped

REASONS = ("merger", "split", "dissolution", "delivery", "return", "loan")


def custody_events_meet_expectations() -> ExpectationSuite:
    """Say what a handover is, and that events follow one another without a gap."""
    return ExpectationSuite(
        name="custody_events_meet_expectations",
        expectations=[
            given("giver_agency_code"),
            given("receiver_agency_code"),
            given("handover_date"),
            given("decided_by"),
            given("because"),
            among("event_type", ("handed_over", "withdrawn")),
            among("condition_code", ("01", "02", "03")),
            among("reason_code", REASONS),
            shaped("list_sha256", SHA256),
            shaped("content_sha256", SHA256),
            at_least("box_count", 0),
            at_least("dossier_count", 0),
            at_least("document_count", 0),
            at_least("received_document_count", 0),
            no_row("giver_and_receiver_are_two", "giver_agency_code = receiver_agency_code"),
            no_row(
                "no_handover_is_of_a_day_to_come", "handover_date::date > recorded_at::date + 1"
            ),
            no_row(
                "each_event_follows_the_one_before_it",
                "event_sha256 in (select event_sha256 from (select event_sha256, event_number,"
                " previous_sha256, row_number() over (order by event_number) as place,"
                " lag(event_sha256, 1, repeat('0', 64)) over (order by event_number) as before"
                " from {batch}) as chain where event_number <> place or previous_sha256 <> before)",
            ),
            no_row(
                "no_event_is_superseded_twice_or_before_it_was",
                "supersedes_number::bigint >= event_number or supersedes_number in"
                " (select supersedes_number from {batch} where supersedes_number is not null"
                " group by supersedes_number having count(*) > 1)",
            ),
        ],
    )
