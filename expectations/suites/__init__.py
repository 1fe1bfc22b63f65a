"""What was agreed about staged relations: one module per relation, one function per suite.

Nothing here loads Great Expectations before a suite is asked for; it takes seconds.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from expectations.errors import SuiteUnknown

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

_MODULES = {
    "staging.stg_catalog__agencies": "agencies",
    "staging.stg_digitization__files": "files",
    "staging.stg_digitization__documents": "documents",
    "staging.stg_digitization__pages": "pages",
    "staging.stg_digitization__fields": "fields",
    "staging.stg_digitization__signatures": "signatures",
    "staging.stg_digitization__readings": "readings",
    "staging.stg_readings__comparisons": "comparisons",
    "staging.stg_digitization__parts": "parts",
    "staging.stg_business__enterprises": "enterprises",
    "staging.stg_business__enterprises_compared": "enterprises_compared",
    "staging.stg_land__parcels": "parcels",
    "staging.stg_land__parcels_compared": "parcels_compared",
    "staging.stg_civil_servants__officials": "officials",
    "staging.stg_civil_servants__officials_compared": "officials_compared",
    "staging.stg_population__verifications": "verifications",
    "staging.stg_population__name_frequencies": "name_frequencies",
    "staging.stg_exchange__messages": "messages",
    "staging.stg_exchange__attachments": "attachments",
    "staging.stg_intake__deliveries": "deliveries",
    "staging.stg_acceptance__plans": "acceptance_plans",
    "staging.stg_acceptance__samples": "acceptance_samples",
    "staging.stg_acceptance__known_bad": "acceptance_known_bad",
    "staging.stg_acceptance__findings": "acceptance_findings",
    "staging.stg_acceptance__decisions": "acceptance_decisions",
    "staging.stg_preservation__fixity_checks": "fixity_checks",
    "staging.stg_duplicates__pairs": "pairs",
    "staging.stg_duplicates__decisions": "decisions",
    "staging.stg_review__corrections": "corrections",
    "staging.stg_review__keyings": "keyings",
    "staging.stg_review__audits": "audits",
    "staging.stg_learning__thresholds": "thresholds",
    "staging.stg_suggestions__proposals": "proposals",
    "staging.stg_suggestions__neighbours": "neighbours",
    "staging.stg_suggestions__embeddings": "embeddings",
    "staging.stg_suggestions__decisions": "suggestion_decisions",
    "staging.stg_linkage__proposals": "link_proposals",
    "staging.stg_linkage__decisions": "link_decisions",
    "staging.stg_disposal__lists": "disposal_lists",
    "staging.stg_disposal__items": "disposal_items",
    "staging.stg_disposal__decisions": "disposal_decisions",
    "staging.stg_disposal__steps": "disposal_steps",
    "staging.stg_retention__holds": "retention_holds",
    "staging.stg_retention__triggers": "retention_triggers",
    "staging.stg_custody__events": "custody_events",
    "staging.stg_custody__items": "custody_items",
    "staging.stg_units__communes": "communes",
    "staging.stg_units__transfers": "transfers",
    "staging.stg_filedrop__files": "dropped_files",
    "staging.stg_filedrop__dossiers": "listed_dossiers",
    "staging.stg_filedrop__documents": "listed_documents",
}

# Every gate: the relation it judges and the name of its suite, a sentence true when it passes.
GATES = tuple((relation, f"{module}_meet_expectations") for relation, module in _MODULES.items())


def suite_named(name: str) -> "ExpectationSuite":
    """Return a new copy of the suite called ``name`` in ``GATES``."""
    module = name.removesuffix("_meet_expectations")
    if (module, f"{module}_meet_expectations") not in {(m, name) for m in _MODULES.values()}:
        raise SuiteUnknown(f"no suite is called {name}; expectations.suites.GATES lists them")
    make: Callable[[], ExpectationSuite] = getattr(
        import_module(f"expectations.suites.{module}"), name
    )
    return make()
