"""Signers of documents whom name, agency and post together did not find among the officials."""

from typing import Any

import sqlalchemy as sa

from linkage import officials
from linkage.frequencies import shares
from linkage.proposing import proposals
from orchestration.defs.linkage.rows import Proposed, are_built, proposed

ENTITY = "civil_servants__officials"
_READ = (
    "intermediate.int_officials__cited",
    "intermediate.int_officials__latest",
    "staging.stg_population__name_frequencies",
)
_CITED = """
select cited.claim_key, cited.stated_name, cited.issuer_agency_code, cited.position_words
from intermediate.int_officials__cited as cited
inner join intermediate.int_links__decided as links on links.claim_key = cited.claim_key
where links.is_open
order by cited.claim_key
"""
_REGISTERED = """
select official_id_civil_servants, person_name, agency_code, position_words
from intermediate.int_officials__latest
where not is_deleted and person_name is not null
order by official_id_civil_servants
"""
_COUNTED = """
select name_part, part_name, people_count
from staging.stg_population__name_frequencies
where part_name is not null
order by name_part, part_name
"""


def proposed_officials(connection: sa.Connection) -> Proposed | None:
    """Return who may have signed, all of it anew; None where no build has been yet."""
    if not are_built(connection, _READ):
        return None
    signers = officials.compared(_named(connection, _CITED))
    register = officials.compared(_named(connection, _REGISTERED))
    counted: Any = connection.execute(sa.text(_COUNTED))
    plan = officials.plan(shares((part, name, count) for part, name, count in counted))
    found = proposals(signers, register, plan, officials.GUARDS)
    return proposed("officials", ENTITY, len(signers), found)


def _named(connection: sa.Connection, asked: str) -> list[officials.Named]:
    found: Any = connection.execute(sa.text(asked))
    return [officials.Named(*row) for row in found]
