"""One run of the whole path over the real scans, in a process that holds nothing else.

`python -m bench.path_run MODE WORKERS CORPUS` says pages, usable copies and wall seconds as JSON.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from ocr_assets.batch import digitize_all
from ocr_assets.profile import Profile
from ocr_assets.toolbox import Toolbox

TOOLS = Toolbox(Path(__file__).parents[1] / ".kho" / "tools")
FOLDERS = ("vn_scans", "vn_scans_diverse")
SCANS = {".pdf", ".png", ".jpg"}


def sources(corpus: Path) -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((corpus / folder).iterdir())
        if path.suffix in SCANS
    ]


def main() -> None:
    mode, workers, corpus = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as work:
        started = time.perf_counter()
        profile = Profile(TOOLS, reader=mode)
        done = list(digitize_all(sources(corpus), Path(work), profile, workers))
        seconds = time.perf_counter() - started
    told = {
        "pages": sum(one.page_count for one in done),
        "usable": sum(one.archive is not None for one in done),
        "seconds": seconds,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
