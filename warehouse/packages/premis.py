"""What happened to the files of a dossier, as PREMIS 3: objects, events, agents from the ledger."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid5

from lxml import etree
from lxml.builder import ElementMaker

from warehouse.events import NAMESPACE as EVENTS
from warehouse.packages.tree import Item
from warehouse.packages.xml import XSI, serialized, stamp

PATH = "metadata/preservation/PREMIS.xml"
NAMESPACE = "http://www.loc.gov/premis/v3"
P = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE, "xsi": XSI})
Row = Mapping[str, Any]


def history(items: Sequence[Item], sources: Mapping[str, str], events: Sequence[Row]) -> bytes:
    """Return PREMIS.xml: ``items`` are the files, ``sources`` says from which a copy was made.

    Two files with the same bytes are one object; its first name in the package is told.
    """
    distinct = {item.sha256: item for item in reversed(items)}
    objects = [
        _file(item, sources.get(item.sha256)) for _, item in sorted(distinct.items(), key=_first)
    ]
    agents = {_agent_id(agent): agent for event in events for agent in event["agents"]}
    root = P.premis(
        *objects,
        *(_event(event, set(distinct)) for event in events),
        *(_agent(name, agents[name]) for name in sorted(agents)),
        version="3.0",
    )
    return serialized(root)


def told(content: etree._Element) -> tuple[set[str], set[str]]:
    """Return the digests of the objects and the identifiers of the events of a PREMIS.xml."""
    space = {"p": NAMESPACE}
    objects = content.iterfind("p:object/p:objectIdentifier/p:objectIdentifierValue", space)
    events = content.iterfind("p:event/p:eventIdentifier/p:eventIdentifierValue", space)
    return {str(one.text) for one in objects}, {str(one.text) for one in events}


def _file(item: Item, source: str | None) -> etree._Element:
    characteristics = P.objectCharacteristics(
        P.fixity(P.messageDigestAlgorithm("SHA-256"), P.messageDigest(item.sha256)),
        P.size(str(item.size_bytes)),
        P.format(P.formatDesignation(P.formatName(item.media_type))),
    )
    made = P.object(_identified("object", "SHA-256", item.sha256), characteristics)
    made.set(f"{{{XSI}}}type", "file")
    made.append(P.originalName(item.path))
    if source:
        made.append(
            P.relationship(
                P.relationshipType("derivation"),
                P.relationshipSubType("has source"),
                P.relatedObjectIdentifier(
                    P.relatedObjectIdentifierType("SHA-256"),
                    P.relatedObjectIdentifierValue(source),
                ),
            )
        )
    return made


def _event(event: Row, here: set[str]) -> etree._Element:
    outcome = P.eventOutcomeInformation(P.eventOutcome(event["outcome"]))
    if event["outcome_detail"]:
        note = P.eventOutcomeDetailNote(event["outcome_detail"])
        outcome.append(P.eventOutcomeDetail(note))
    made = P.event(
        _identified("event", "UUID", event["event_id"]),
        P.eventType(event["event_type"]),
        P.eventDateTime(stamp(event["event_at"])),
    )
    if event["detail"]:
        made.append(P.eventDetailInformation(P.eventDetail(event["detail"])))
    made.append(outcome)
    for agent in event["agents"]:
        made.append(
            P.linkingAgentIdentifier(
                P.linkingAgentIdentifierType("UUID"),
                P.linkingAgentIdentifierValue(_agent_id(agent)),
                P.linkingAgentRole(agent["role"]),
            )
        )
    for column, role in (("file_sha256", "source"), ("made_sha256", "outcome")):
        if event[column] in here:
            made.append(_linked(event[column], role))
    return made


def _linked(digest: str, role: str) -> etree._Element:
    return P.linkingObjectIdentifier(
        P.linkingObjectIdentifierType("SHA-256"),
        P.linkingObjectIdentifierValue(digest),
        P.linkingObjectRole(role),
    )


def _agent(name: str, agent: Mapping[str, str]) -> etree._Element:
    made = P.agent(
        _identified("agent", "UUID", name), P.agentName(agent["name"]), P.agentType(agent["type"])
    )
    if agent["version"]:
        made.append(P.agentVersion(agent["version"]))
    return made


def _agent_id(agent: Mapping[str, str]) -> str:
    return str(uuid5(EVENTS, f"{agent['type']}/{agent['name']}/{agent['version']}"))


def _identified(what: str, kind: str, value: str) -> etree._Element:
    return P(
        f"{what}Identifier",
        P(f"{what}IdentifierType", kind),
        P(f"{what}IdentifierValue", value),
    )


def _first(pair: tuple[str, Item]) -> str:
    return pair[1].path
