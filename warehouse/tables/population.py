"""Raw tables of population: what it said of claims we hold, and how frequent names are.

No number and no name of a person is in them: a claim and a person are tokens.
"""

from warehouse.tables.form import BIGINT, BOOL, EXTRA, INSTANT, JSON, TEXT, raw_table

VERIFICATIONS = raw_table(
    "population__verifications",
    [
        ("entity", TEXT, "Raw table that holds the claim."),
        ("entity_key", TEXT, "Key of the record that makes it."),
        ("claim_token", TEXT, "HMAC-SHA256 of the values asked about; changes when they do."),
        ("claimed_at", INSTANT, "Last change of the record when its claim was asked about."),
        ("person_token", TEXT, "HMAC-SHA256 of the 12-digit number; empty if there is none."),
        ("key_id", TEXT, "Which secret key made the tokens."),
        ("result", TEXT, "matched, differs, not_found or ambiguous."),
        ("differing", TEXT, "Names of the fields that differ, with blanks between; no values."),
        ("has_successor", BOOL, "Whether an old number was answered with a new one."),
        ("verified_at", INSTANT, "When the answer came."),
        ("request_id", TEXT, "X-Request-Id of the question, as in ledger.exchanges."),
    ],
    key=("entity", "entity_key"),
    look_up=("entity_key",),
    comment="What population said of claims we hold. One row per claim and question.",
)

NAME_FREQUENCIES = raw_table(
    "population__name_frequencies",
    [
        ("part", TEXT, "family, middle or given."),
        ("name", TEXT, "That part of a name, as registered."),
        ("people_count", BIGINT, "How many people have it; rare ones are not told."),
        (EXTRA, JSON, "Fields of the answer that the contract does not know."),
    ],
    comment="How frequent parts of names are in population. One row per part and name.",
)
