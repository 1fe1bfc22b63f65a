"""Real sample registries, each a process of its own on a free port."""

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import requests

from connectors.business.registry import BusinessRegistry
from connectors.http import RegistryHttp
from connectors.lgsp import LgspCredentials, LgspTokens
from connectors.manners import Manners
from demo.registry.__main__ import SAMPLE_SECRET

DAY = date(2026, 1, 5)
HASTE = Manners(connect_s=5, read_s=10, first_wait_s=0.001, longest_wait_s=0.01, attempts=10)


@dataclass
class Sample:
    """A running sample registry and the ways to it."""

    process: subprocess.Popen
    base_url: str
    token_url: str

    def tokens(self, *, secret=SAMPLE_SECRET, app="kho", manners=HASTE) -> LgspTokens:
        credentials = LgspCredentials("sample", secret, app, "H26", "H26")
        return LgspTokens(self.token_url, credentials, manners=manners)

    def http(self, *, tokens=None, manners=HASTE, witness=None) -> RegistryHttp:
        tokens = tokens or self.tokens()
        return RegistryHttp(self.base_url, tokens, manners=manners, witness=witness)

    def registry(self, *, tokens=None, manners=HASTE) -> BusinessRegistry:
        return BusinessRegistry(self.http(tokens=tokens, manners=manners))

    def control(self, **happening) -> None:
        answer = requests.post(f"{self.base_url}/control", data=happening, timeout=5)
        assert answer.status_code == 200

    def health(self) -> dict:
        return requests.get(f"{self.base_url}/health", timeout=5).json()


@contextmanager
def samples():
    """Give a function that starts sample registries with the given options; all end with it."""
    started = []

    def start(*flags, **options) -> Sample:
        arguments = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        process = subprocess.Popen(
            [sys.executable, "-m", "demo.registry", *flags, *arguments],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        ready = json.loads(process.stdout.readline())
        return Sample(process, ready["base_url"], ready["token_url"])

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.wait()
            process.stdout.close()
