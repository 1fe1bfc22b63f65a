"""Enterprises that documents name without a key, or with one that led nowhere."""

from typing import Any

import sqlalchemy as sa

from linkage import enterprises
from linkage.proposing import proposals
from orchestration.defs.linkage.rows import Proposed, are_built, proposed

ENTITY = "business__enterprises"
_READ = ("intermediate.int_enterprises__cited", "intermediate.int_links__decided")
# Only what the last build read and let through: a state secret has no text there.
_CITED = """
select cited.claim_key, cited.stated_name, links.commune_code
from intermediate.int_enterprises__cited as cited
inner join intermediate.int_links__decided as links on links.claim_key = cited.claim_key
where links.is_open and cited.stated_name is not null
order by cited.claim_key
"""
_REGISTERED = """
select tax_code, enterprise_name, commune_code
from intermediate.int_enterprises__latest
where not is_deleted and enterprise_name is not null
order by tax_code
"""


def proposed_enterprises(connection: sa.Connection) -> Proposed | None:
    """Return what may be one enterprise, all of it anew; None where no build has been yet."""
    if not are_built(connection, _READ):
        return None
    papers = enterprises.compared(_rows(connection, _CITED))
    register = enterprises.compared(_rows(connection, _REGISTERED))
    found = proposals(papers, register, enterprises.PLAN, enterprises.GUARDS)
    return proposed("enterprises", ENTITY, len(papers), found)


def _rows(connection: sa.Connection, asked: str) -> list[tuple[str, str, str | None]]:
    found: Any = connection.execute(sa.text(asked))
    return [(key, name, commune) for key, name, commune in found]
