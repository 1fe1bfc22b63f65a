"""What is promised about vectors of meaning; where nothing could be read there are none."""

from great_expectations import ExpectationSuite

from expectations.suites.agreed import SHA256, among, no_row, one_row_each, shaped

OUTCOMES = ("ok", "reading_missing", "no_text", "endpoint_silent")


def embeddings_meet_expectations() -> ExpectationSuite:
    """Say what stands with a vector: search compares only what one version of one model made."""
    return ExpectationSuite(
        name="embeddings_meet_expectations",
        expectations=[
            one_row_each("_batch_id", "document_id"),
            shaped("document_id", SHA256),
            among("outcome", OUTCOMES),
            no_row(
                "a_vector_stands_where_one_was_made",
                "(outcome = 'ok') <> (embedding_length is not null and model_name is not null)",
            ),
        ],
    )
