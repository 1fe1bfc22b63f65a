"""Make the environment once, then hand over to the `kho` command line.

Standard library only: this file runs before anything is installed. It installs uv with pip, the
lock file with uv, language data and fonts with the npm that a wheel carries, and calls
``kho setup`` for what the rooms need. A stamp of all inputs makes the next start immediate.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = Path(os.environ.get("KHO_HOME") or ROOT / ".kho").resolve() / "tools"
STAMP = VENV / ".kho-setup"
# What the environment is made from: when one of these changes, it is made again.
INPUTS = (
    "requirements.lock",
    "deploy/uv.lock",
    "deploy/npm/package-lock.json",
    "deploy/bootstrap.py",
    "ocr_assets/toolbox.py",
)


class SetupStopped(Exception):
    """A step of the setup failed; the message says which and what to do."""


def main() -> None:
    """Set up if needed, then become the `kho` command line."""
    try:
        ensure_environment(anew=sys.argv[1:2] == ["setup"])
    except SetupStopped as stopped:
        print(f"kho setup: {stopped}", file=sys.stderr)
        raise SystemExit(70) from None
    python = VENV / "bin" / "python"
    os.execve(python, [str(python), "-m", "commands", *sys.argv[1:]], environment())


def ensure_environment(*, anew: bool) -> None:
    """Return once the environment on disk is the one the inputs describe; ``anew`` mends it."""
    wanted = fingerprint()
    if anew:
        STAMP.unlink(missing_ok=True)
    if is_current(wanted):
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two first starts at once: the second waits
        if not is_current(wanted):
            make_environment()
            STAMP.write_text(wanted)


def fingerprint() -> str:
    """Return a digest of all inputs, the interpreter and the place."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT} {TOOLS}".encode())
    for name in INPUTS:
        path = ROOT / name
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """Tell whether the environment was made from these inputs and is still there."""
    return STAMP.exists() and STAMP.read_text() == wanted and (VENV / "bin/python").exists()


def make_environment() -> None:
    """Run every step of the setup, with one line each."""
    if VENV.is_symlink():  # what it leads to belongs to another checkout, and would become ours
        raise SetupStopped(".venv is a link to another environment; remove the link and run again")
    started = time.monotonic()
    uv = TOOLS / "uv"
    python = VENV / "bin" / "python"
    npm = TOOLS / "npm"
    say("first start: setting up (about 2 GB on disk, a few minutes; nothing outside this folder)")
    step(
        "uv, the installer",
        [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--no-cache-dir"]
        + ["--disable-pip-version-check", "--root-user-action=ignore", "--require-hashes"]
        + ["--target", str(uv), "-r", str(ROOT / "deploy/uv.lock")],
        advice=pip_advice(),
    )
    uv_exe = str(uv / "bin" / "uv")
    if not (VENV / "bin/python").exists():
        step("environment", [uv_exe, "venv", "--quiet", "--python", sys.executable, str(VENV)])
    step(
        "Python packages (requirements.lock)",
        [uv_exe, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"]
        + ["--python", str(python), str(ROOT / "requirements.lock")],
    )
    put_rooms_on_path(python)
    npm.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(ROOT / "deploy/npm" / name, npm / name)
    step(
        "language data, fonts, report style (npm)",
        [str(VENV / "bin/npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        + ["--legacy-peer-deps", "--prefix", str(npm)],
    )
    step("reading and judging tools", [str(python), "-m", "commands", "setup"])
    shutil.rmtree(TOOLS / "cache", ignore_errors=True)
    say(f"set up in {time.monotonic() - started:.0f} s")


def step(what: str, command: list[str], advice: str = "") -> None:
    """Run one step, or stop with its own last words and what to do."""
    say(f"  {what} ...")
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        advice = advice or "Check that the package registries can be reached, then run it again."
        raise SetupStopped(f"{what} failed.\n{words}\n{advice}")


def put_rooms_on_path(python: Path) -> None:
    """Make the rooms importable from anywhere without building a distribution of them."""
    where = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    (Path(where) / "kho.pth").write_text(f"{ROOT}\n")


def pip_advice() -> str:
    """Say what to install where this Python has no pip."""
    probe = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    )
    if probe.returncode:
        return (
            f"{sys.executable} has no pip. Debian, Ubuntu: apt-get install python3-pip; elsewhere: "
            "python3 -m ensurepip --user. Or set KHO_PYTHON to another Python that has it."
        )
    return ""


def environment() -> dict[str, str]:
    """Return the caller's environment with our programs first on the PATH."""
    env = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "KHO_PYTHON")
    }
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    env.setdefault("KHO_HOME", str(TOOLS.parent))
    certificates = env.get("PIP_CERT") or env.get("SSL_CERT_FILE") or system_certificates()
    if certificates:  # what this machine trusts (a company's proxy, say), every installer trusts
        for installer in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"):
            env.setdefault(installer, certificates)
    # Caches stay in our folder and go when the setup is done: nothing is left in a person's home.
    env.setdefault("UV_CACHE_DIR", str(TOOLS / "cache/uv"))
    env.setdefault("npm_config_cache", str(TOOLS / "cache/npm"))
    home = Path(env.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):  # a service account: keep caches with everything else
        env["HOME"] = str(TOOLS.parent)
    return env


def system_certificates() -> str | None:
    """Return this machine's bundle of trusted certificates, if it keeps one in a usual place."""
    usual = (
        ssl.get_default_verify_paths().cafile,
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
    )
    return next((path for path in usual if path and Path(path).exists()), None)


def say(words: str) -> None:
    """Print progress where it does not disturb what commands print."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
