"""Why documents are kept and until when, as the last build left it."""

from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from warehouse import built
from warehouse.errors import SubjectUnknown

_TOLD = """
select * from marts.fct_retention
where document_key = :key or dossier_key = :key or agency_code || ':' || dossier_code = :key
order by document_key
limit :most
"""
_LISTED = """
select * from marts.fct_retention
where (:agency = '' or agency_code = :agency)
    and case :state
        when 'due' then is_due when 'held' then is_held else retention_state = :state end
order by agency_code, term_end_date, document_key
limit :most
"""
STATES = ("due", "held", "permanent", "running", "ended", "trigger_unknown", "term_unknown")


def why(engine: sa.Engine, key: str, *, most: int = 50) -> list[dict[str, Any]]:
    """Return why a document, or each one of a dossier, is kept and until when.

    Raises:
        SubjectUnknown: the last build knows nothing of this key.
    """
    with reading(engine) as connection:
        found = connection.execute(sa.text(_TOLD), {"key": key, "most": most}).mappings()
        rows = [dict(row) for row in found]
    if not rows:
        raise unknown(key)
    return rows


def listed(
    engine: sa.Engine, state: str, *, agency: str = "", most: int = 50
) -> list[dict[str, Any]]:
    """Return documents in a state (``STATES``), those whose term ended first before others."""
    asked = {"state": state, "agency": agency, "most": most}
    with reading(engine) as connection:
        return [dict(row) for row in connection.execute(sa.text(_LISTED), asked).mappings()]


def one_at_a_time(connection: sa.Connection) -> None:
    """Wait for whoever holds, proposes, decides or carries out: none overlooks another."""
    connection.execute(sa.text("select pg_advisory_xact_lock(hashtextextended('disposal', 0))"))


def unknown(key: str) -> SubjectUnknown:
    """Return what to say of a key that the last build knows nothing of."""
    return SubjectUnknown(
        f"there is no document or dossier {key} in the warehouse: name it as document_key or"
        " dossier_key of the marts does (agency, colon, digest or code)."
    )


def reading(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    """Give a connection in one transaction; marts that no build has made yet are said so."""
    return built.reading(engine, SubjectUnknown, "reckoned terms")
