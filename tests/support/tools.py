"""Where the tools that setup fetched lie, for tests that need the real engines."""

import os
from pathlib import Path

TOOLS = Path(os.environ.get("KHO_HOME") or Path(__file__).parents[2] / ".kho") / "tools"
