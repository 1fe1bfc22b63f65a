"""What the ledger of intake says about deliveries; an empty ledger says nothing wrong."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, given, no_row, shaped

EVENTS = ("received", "seen_again", "refused", "closed", "left_open")
FORMS = ("folder", "bag", "zip", "zipped_bag")


def deliveries_meet_expectations() -> ExpectationSuite:
    """Say what an entry is, and that versions and closings are what they claim to be."""
    return ExpectationSuite(
        name="deliveries_meet_expectations",
        expectations=[
            given("batch_id"),
            given("event"),
            among("event", EVENTS),
            among("delivery_form", FORMS),
            shaped("content_sha256", SHA256),
            no_row(
                "received_deliveries_have_a_version_and_a_digest",
                "event = 'received' and (version is null or version < 1 or content_sha256 is null)",
            ),
            no_row(
                "refusals_say_why",
                "(event is not distinct from 'refused') <> (reason_code is not null)",
            ),
            no_row(
                "closed_batches_have_no_open_box",
                "event = 'closed' and open_box_count is distinct from 0",
            ),
            no_row("deliveries_do_not_supersede_themselves", "superseded_batch_id = batch_id"),
        ],
    )
