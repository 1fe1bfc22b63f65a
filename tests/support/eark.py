"""The validator of the E-ARK project, kept from the network it asks for vocabularies it carries."""

import io
from pathlib import Path
from urllib import request

import pytest


def csip_errors(folder: Path) -> list[str]:
    """Return what E-ARK's validator holds against a package: structure, schema, rules of CSIP.

    Warnings of what a package should have and need not are left out.
    """
    report = _validate(folder)
    found = [("structure", one) for one in report.structure.messages]
    if report.metadata:  # absent where the structure is not even that of a package
        results = (report.metadata.schema_results, report.metadata.schematron_results)
        found += [("METS", one) for result in results for one in result.messages]
    else:
        return [f"{where} {one.rule_id}" for where, one in found] or ["no package"]
    return [f"{where} {one.rule_id}" for where, one in found if one.severity.value == "Error"]


def _validate(folder: Path):
    import eark_validator

    vocabularies = Path(eark_validator.__file__).parent / "ipxml" / "resources" / "vocabs"

    def carried(address: str):
        return io.BytesIO((vocabularies / address.rpartition("/")[2]).read_bytes())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(request, "urlopen", carried)
        from eark_validator.packages import PackageValidator
    return PackageValidator(folder).validation_report
