"""Ledgers of acceptance: what was drawn, what was found, what was decided.

Names of inspectors and of those who sign are personal data: analysts cannot read this schema, and
no mart carries them.
"""

from warehouse.tables.form import BOOL, INT, JSON, NUMERIC, TEXT, ledger_table

PLANS = ledger_table(
    "acceptance_plans",
    [
        ("plan_code", TEXT, "Name of the plan: batch and vendor in short, from the seed."),
        ("batch_id", TEXT, "Batch that is inspected."),
        ("vendor", TEXT, "Who scanned, by the manifest: the firm, else the operator."),
        ("attempt", INT, "1 for the original inspection of the batch, then 2, 3, ..."),
        ("unit", TEXT, "What is inspected and counted: page or document."),
        (
            "inspection",
            TEXT,
            "normal, tightened, reduced, or discontinued: then every unit is inspected.",
        ),
        ("inspection_level", TEXT, "I, II, III or S-1 to S-4."),
        ("aql_percent", NUMERIC, "Acceptance quality limit, in percent of units with a defect."),
        ("code_letter", TEXT, "Sample size code letter after the arrows of the table."),
        ("lot_size", INT, "Units of the batch by this vendor that can be inspected."),
        ("sample_size", INT, "Units drawn; known-bad ones are not counted."),
        ("accept_number", INT, "Ac: the lot is acceptable with at most so many defective units."),
        ("reject_number", INT, "Re: the lot is not acceptable with so many or more."),
        ("known_bad_count", INT, "Known-bad pages mixed into the sample."),
        ("strata", JSON, "Units and sampled units by agency, box and hard class."),
        ("seed", TEXT, "What the draw was made from; the same lot and seed give the same sample."),
        ("lot_sha256", TEXT, "Digest of the list of the lot in the file store."),
        ("rule_version", TEXT, "Version of the rule of drawing."),
        ("owner", TEXT, "Who answers for the acceptance quality limit and the level."),
    ],
    required=(
        "plan_code",
        "batch_id",
        "vendor",
        "unit",
        "inspection",
        "inspection_level",
        "aql_percent",
        "lot_size",
        "sample_size",
        "accept_number",
        "reject_number",
        "known_bad_count",
        "seed",
        "lot_sha256",
        "rule_version",
        "owner",
    ),
    look_up=("batch_id", "vendor"),
    comment="Sampling plans drawn for batches. One row per plan; several for a "
    "batch that is inspected again.",
)

SAMPLES = ledger_table(
    "acceptance_samples",
    [
        ("item_code", TEXT, "Name of the item; says nothing of what it is."),
        ("plan_code", TEXT, "Plan it was drawn for."),
        ("position", INT, "Place in the inspector's list, from 1."),
        ("document_key", TEXT, "Agency and digest of the received bytes, as in the marts."),
        ("agency_code", TEXT, "Agency whose document it is."),
        ("box_code", TEXT, "Archive box."),
        ("dossier_code", TEXT, "Dossier in the box."),
        ("page_number", INT, "Page to look at; empty for a whole document."),
        ("page_count", INT, "Pages of the file."),
        ("file_sha256", TEXT, "Digest of the file to look at, in the file store."),
        ("claims", JSON, "Field values that are claimed for what is shown."),
        ("stratum", TEXT, "Hard class it was drawn from."),
    ],
    required=("item_code", "plan_code", "position", "file_sha256", "page_count"),
    look_up=("plan_code", "item_code"),
    comment="What an inspector is shown, known-bad pages among it. One row per item of a plan.",
)

KNOWN_BAD = ledger_table(
    "acceptance_known_bad",
    [
        ("item_code", TEXT, "Item of the sample."),
        ("plan_code", TEXT, "Plan it was made for."),
        ("defect_code", TEXT, "What is wrong with it, from list_acceptance_defects."),
    ],
    required=("item_code", "plan_code", "defect_code"),
    look_up=("plan_code",),
    comment="Which items of a sample are known to be bad; kept apart from the "
    "inspector's list. One row per such item.",
)

FINDINGS = ledger_table(
    "acceptance_findings",
    [
        ("item_code", TEXT, "Item of the sample."),
        ("inspector", TEXT, "Who looked."),
        ("verdict", TEXT, "pass or fail."),
        ("defect_code", TEXT, "What is wrong, from list_acceptance_defects; empty for a pass."),
        ("wrong_fields", JSON, "Names of the claimed fields that are wrong."),
    ],
    required=("item_code", "inspector", "verdict"),
    look_up=("item_code",),
    comment="What inspectors found; a later entry stands beside an earlier one. "
    "One row per look at an item.",
)

DECISIONS = ledger_table(
    "acceptance_decisions",
    [
        ("plan_code", TEXT, "Plan that was decided on."),
        ("decision", TEXT, "accepted, refused or reinspect."),
        ("decided_by", TEXT, "Who signed."),
        ("decided_role", TEXT, "In which office."),
        ("inspected_count", INT, "Units of the sample that were judged."),
        ("defect_count", INT, "Defective units among them."),
        ("disputed_count", INT, "Units that inspectors judged differently."),
        ("known_bad_judged_count", INT, "Looks at known-bad pages."),
        ("known_bad_caught_count", INT, "Those that found them bad."),
        ("is_valid", BOOL, "Whether every inspector caught enough of the known-bad pages."),
        ("is_deviation", BOOL, "Whether the decision contradicts the counts."),
        ("reason", TEXT, "Why; required for a deviation."),
    ],
    required=(
        "plan_code",
        "decision",
        "decided_by",
        "decided_role",
        "inspected_count",
        "defect_count",
        "disputed_count",
        "known_bad_judged_count",
        "known_bad_caught_count",
        "is_valid",
        "is_deviation",
    ),
    look_up=("plan_code",),
    comment="What was decided about batches. One row per decision; the latest of a plan holds.",
)
