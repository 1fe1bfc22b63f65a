"""The certificate as a paper: whose decision, what went, and the digests it can be checked by.

It names documents by key and dossier, never by what they said.
"""

from pathlib import Path
from string import Template
from typing import Any

import sqlalchemy as sa

from warehouse.disposal import proved
from warehouse.errors import DisposalRefused
from warehouse.retention import reading
from warehouse.tables.disposal import DECISIONS, ITEMS, LISTS

FORM = Path(__file__).with_suffix(".txt")


def paper(engine: sa.Engine, code: str) -> str:
    """Return the certificate of a list as text.

    Raises:
        DisposalRefused: the list has none yet.
    """
    with reading(engine) as connection:
        standing = proved(connection, code)
        if "certified" not in standing.steps:
            raise DisposalRefused(f"{code} has no certificate yet.")
        of_list = sa.select(LISTS).where(LISTS.c.list_code == code)
        frozen = dict(connection.execute(of_list).mappings().one())
        decided = sa.select(DECISIONS).where(DECISIONS.c.list_code == code).limit(1)
        decision = dict(connection.execute(decided).mappings().one())
        items = sa.select(ITEMS).where(
            ITEMS.c.list_code == code, ITEMS.c.document_key.in_(standing.approved)
        )
        lines = [
            f"{at}. {item.document_key}; {item.dossier_code or '-'}; {item.grounds}"
            for at, item in enumerate(connection.execute(items.order_by(ITEMS.c.document_key)), 1)
        ]
    executed, verified, certified = (
        standing.steps[name] for name in ("executed", "verified", "certified")
    )
    told: dict[str, Any] = {
        "list_code": code,
        "agency_code": frozen["agency_code"],
        "list_sha256": frozen["content_sha256"],
        "proposed_count": frozen["document_count"],
        "document_count": len(standing.approved),
        "kept_count": len(standing.documents) - len(standing.approved),
        "decision_number": decision["decision_number"],
        "council": decision["council"],
        "decided_by": decision["decided_by"],
        "decided_on": f"{decision['decision_date']:%d/%m/%Y}",
        "executed_on": f"{executed['step_date']:%d/%m/%Y}",
        "executed_by": executed["decided_by"],
        "verified_on": f"{verified['step_date']:%d/%m/%Y}",
        "verified_by": verified["decided_by"],
        "file_count": verified["file_count"],
        "files_sha256": verified["content_sha256"],
        "certificate_number": certified["certificate_number"],
        "certified_on": f"{certified['step_date']:%d/%m/%Y}",
        "certified_by": certified["decided_by"],
        "documents": "\n".join(lines),
    }
    return Template(FORM.read_text(encoding="utf-8")).substitute(told)
