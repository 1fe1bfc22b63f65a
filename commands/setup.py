"""The last step of the setup: tools that the rooms keep under the home's ``tools/``."""

from ocr_assets.toolbox import Toolbox
from orchestration.settings import settings


def install_tools() -> None:
    """Install what reading and judging need; safe to repeat."""
    Toolbox(settings().tools).install()
