"""What the system holds a worker to: memory and bytes for good, processor time scan by scan.

The kernel ends a process that goes beyond; which signal it died of tells the parent why.
"""

import resource
import signal
import time

from ocr_assets.outcome import Reason
from ocr_assets.profile import Limits

#: How a worker ends that went beyond, and what that says about its scan.
ENDINGS = {
    -signal.SIGABRT: Reason.OUT_OF_MEMORY,  # C++ that is refused memory
    -signal.SIGXCPU: Reason.TIMED_OUT,
    -signal.SIGXFSZ: Reason.OUTPUT_TOO_LARGE,
}


def bound_process(limits: Limits) -> None:
    """Bound memory and the size of written files for the life of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output_bytes, limits.output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Python would turn it into an error that six libraries tell in six ways.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def bound_scan(limits: Limits, pages: int = 0) -> None:
    """Allow the processor time that opening a scan may take, and so many pages, from now on."""
    seconds = limits.cpu_seconds_to_open + limits.cpu_seconds_per_page * pages
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))
