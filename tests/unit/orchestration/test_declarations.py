"""What the manifest says of bytes that came once, or for several."""

from ocr_assets.intake import DeliveredFile
from ocr_assets.profile import Declared
from orchestration.defs.digitization.declarations import declared_for

NAMES = {"H26.01": "Ủy ban nhân dân xã Một"}


def file(agency, dossier="D1"):
    return DeliveredFile(
        ordinal=1,
        name="a.pdf",
        path=None,
        sha256="a",
        size_bytes=1,
        media_type="application/pdf",
        received_state="received",
        agency_code=agency,
        dossier_code=dossier,
    )


def test_bytes_of_one_agency_are_its_own():
    assert declared_for([file("H26.01")] * 2, NAMES) == Declared("H26.01", NAMES["H26.01"], "D1")


def test_bytes_that_came_for_two_agencies_name_neither():
    assert declared_for([file("H26.01"), file("H26.02")], NAMES) is None


def test_bytes_in_two_dossiers_name_none_of_them():
    found = declared_for([file("H26.02", "D1"), file("H26.02", "D2")], NAMES)
    assert found == Declared("H26.02", None, None)


def test_bytes_without_a_declared_agency_are_nobodys():
    assert declared_for([file(None)], NAMES) is None
