"""The ledger of what was learned from people's words: from which confidence values are accepted."""

import sqlalchemy as sa

from warehouse.tables.form import INT, JSON, NUMERIC, TEXT, ledger_table

THRESHOLDS = ledger_table(
    "field_thresholds",
    [
        ("calibration_id", TEXT, "Which calibration: one name for all its rows."),
        ("sample_sha256", TEXT, "Digest of the judgements and settings it was made from."),
        ("field_name", TEXT, "Field; entries of a list go by the list."),
        ("status", TEXT, "too_few, holds, lowered or raised."),
        ("threshold", NUMERIC, "Confidence from which values are accepted; above 1: none is."),
        ("previous_threshold", NUMERIC, "The same before."),
        ("limit_share", NUMERIC, "Share of errors among the accepted that is allowed."),
        ("level", NUMERIC, "One-sided confidence of the bounds."),
        ("reviewed_count", INT, "Doubtful values that people decided."),
        ("reviewed_wrong_count", INT, "Those that were wrong."),
        ("audited_count", INT, "Accepted values drawn by lot and keyed blind."),
        ("audited_wrong_count", INT, "Those that were wrong."),
        ("chance_wrong_count", INT, "Accepted values somebody came upon and found wrong."),
        ("left_out_count", INT, "Judgements that tell nothing of a share, or are disputed."),
        ("looked_at_count", INT, "Judgements at the threshold and above."),
        ("wrong_count", INT, "Those that were wrong."),
        ("error_low", NUMERIC, "Lower bound of the share of errors there."),
        ("error_high", NUMERIC, "Upper bound of the share of errors there."),
        ("missing_count", INT, "How many more, all right, would prove the limit there."),
        ("pooled", TEXT, "own, or pooled: whose judgements the steps are fitted to."),
        ("steps", JSON, "Fitted steps: confidence from, right, looked at, share right."),
    ],
    required=(
        "calibration_id",
        "sample_sha256",
        "field_name",
        "status",
        "threshold",
        "previous_threshold",
        "limit_share",
        "level",
        "looked_at_count",
        "wrong_count",
        "missing_count",
    ),
    comment="Thresholds learned from reviewed values. One row per field and calibration; the latest"
    " calibration holds.",
)
sa.Index(
    "ux_field_thresholds_field",
    *(THRESHOLDS.c[name] for name in ("calibration_id", "field_name")),
    unique=True,
)
