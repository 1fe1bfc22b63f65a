"""How the process that reads a workbook ends before its time: by its file, or for our reasons."""

import signal
import subprocess

from connectors.errors import ConnectorError
from connectors.filedrop.refusals import FileRefused, Refusal

DYING_S = 10.0
#: What a file can do to its reader: fill its memory (an allocation that fails aborts), take all of
#: its time, or lead its parser astray.
DEATHS: dict[int, Refusal] = {
    signal.SIGABRT: Refusal.EXPANDS,
    signal.SIGXCPU: Refusal.EXPANDS,
    signal.SIGSEGV: Refusal.DAMAGED,
    signal.SIGBUS: Refusal.DAMAGED,
    signal.SIGILL: Refusal.DAMAGED,
}


class ReaderFailed(ConnectorError):
    """The process that reads workbooks did not do its work, for no reason of the file's."""


def died(reader: subprocess.Popen[bytes]) -> ConnectorError:
    """Return what the end of a reader that has not come to its end means."""
    try:
        code = reader.wait(DYING_S)
    except subprocess.TimeoutExpired:
        code = 0
    if (refusal := DEATHS.get(-code)) is not None:
        return FileRefused(refusal)
    # Killed from outside, say for want of memory on the machine, or an installation that is broken.
    return ReaderFailed(
        f"a workbook could not be read: the process that reads it ended with {code}; look at the"
        " memory of this machine and at the installation. It is tried again by the next run"
    )
