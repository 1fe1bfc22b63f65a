"""The tools, a profile with the faster reader, and letters printed on the spot."""

import pytest

from ocr_assets.profile import Limits, Profile
from ocr_assets.toolbox import Toolbox
from tests.support.pages import printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"


@pytest.fixture(scope="session")
def toolbox():
    box = Toolbox(TOOLS)
    if not FONT.exists() or box.missing():
        pytest.skip("no tools here: run ./kho setup")
    return box


@pytest.fixture(scope="session")
def profile(toolbox):
    return Profile(toolbox, reader="fast")


@pytest.fixture(scope="session")
def hasty(toolbox):
    """A profile that gives each scan a few seconds only."""
    limits = Limits(seconds_to_open=8.0, seconds_per_page=4.0)
    return Profile(toolbox, reader="fast", limits=limits)


@pytest.fixture(scope="session")
def letter(toolbox):
    return printed(FONT)


@pytest.fixture(scope="session")
def secret_letter(toolbox):
    return printed(
        FONT,
        lines=(
            (
                ((250, 260), "ỦY BAN NHÂN DÂN"),
                ((250, 460), "Số: 7/BC-UBND"),
                ((420, 620), "TỐI MẬT"),
                ((300, 1000), "Nội dung phải giữ kín."),
            )
        ),
    )
