"""``python -m demo.registry``: serve a sample registry on this machine until told to stop.

The first line on standard output is JSON with the addresses, written once requests are answered.
"""

import argparse
import json
import signal
import socket
import sys
from datetime import date
from pathlib import Path

import uvicorn

from demo.axis.axis import SampleAxis
from demo.axis.messages import SEED_OF_THE_CITY, AxisRecipe, invent_messages
from demo.registry.app import TOKEN, SampleRegistry
from demo.registry.communes import A_FEW, read_communes
from demo.registry.faults import Dice, Faults, Mischief
from demo.registry.registers import KINDS, registers
from demo.registry.tokens import Client, TokenDesk

LOOPBACK = "127.0.0.1"
SAMPLE_SECRET = "sample-secret"  # noqa: S105 - guards invented data only


class Announcing(uvicorn.Server):
    """A server that says where it listens as soon as it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the addresses."""
        await super().startup(sockets)
        port = (sockets or [])[0].getsockname()[1]
        base = f"http://{LOOPBACK}:{port}"
        ready = {"ready": True, "base_url": base, "token_url": base + TOKEN}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()


def main(arguments: list[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT; either ends the process with status 0."""
    options = _parser().parse_args(arguments)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(0))
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((LOOPBACK, options.port))
    config = uvicorn.Config(
        _registry(options).app(),
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    Announcing(config).run(sockets=[listener])


def _registry(options: argparse.Namespace) -> SampleRegistry:
    faults = Faults(
        busy=options.busy,
        down=options.down,
        retry_after=options.retry_after,
        slow_s=options.slow,
        drip_s=options.drip,
        mischief=options.mischief,
    )
    secret = options.secret_file.read_text().strip() if options.secret_file else SAMPLE_SECRET
    client = Client(options.access_key, secret)
    desk = TokenDesk(client, options.token_seconds, options.token_uses)
    dice = Dice(faults, options.seed)
    span = {
        "seed": options.seed,
        "first_day": options.first_day,
        "days": options.days,
        "communes": read_communes(options.communes) if options.communes else A_FEW,
        "city": SEED_OF_THE_CITY if options.city else None,
    }
    served = registers(vars(options), span, late=options.late, is_drifting=options.drift)
    axis = _axis(options)
    return SampleRegistry(served, desk, faults, dice, options.page_size, options.seed, axis)


def _axis(options: argparse.Namespace) -> SampleAxis:
    recipe = AxisRecipe(
        letters=options.letters,
        hostile=options.hostile,
        seed=options.seed,
        first_day=options.first_day,
        days=options.days,
    )
    axis = SampleAxis(
        invent_messages(recipe), late=options.late, seed=options.seed, city=options.city
    )
    axis.shelf.drift(is_on=options.drift)
    return axis


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo.registry", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 takes a free one; see the first line printed")
    add("--seed", type=int, default=1, help="same seed, same register and same failures")
    for kind in KINDS:
        add(f"--{kind.plural}", type=int, default=kind.size, help="how many")
    add("--letters", type=int, default=40, help="messages beside those of the city's papers")
    add("--hostile", type=int, default=0, help="so many letters are broken or worse")
    add("--city", type=Path, help="where the sample city lies: some messages bring its scans")
    add("--first-day", type=date.fromisoformat, default=date(2026, 1, 5))
    add("--days", type=int, default=1, help="spread the changes over so many days")
    add("--communes", type=Path, help="CSV: commune_code[,commune_name][,is_current]")
    add("--page-size", type=int, default=200)
    add("--access-key", default="sample")
    add("--secret-file", type=Path, help="file with the secret key; without it a well-known one")
    add("--token-seconds", type=int, default=3600)
    add("--token-uses", type=int, help="a token also expires after so many requests")
    add("--busy", type=float, default=0.0, help="share of requests answered 429")
    add("--down", type=float, default=0.0, help="share of requests answered 503")
    add("--retry-after", default="0", help="the Retry-After of a 429")
    add("--slow", type=float, default=0.0, help="seconds before each page")
    add("--drip", type=float, default=0.0, help="seconds between the kilobytes of a page")
    add("--late", type=float, default=0.0, help="share of changes unseen until told to commit")
    add("--drift", action="store_true", help="send a field nobody agreed on")
    add("--mischief", type=Mischief, choices=list(Mischief), default=Mischief.NONE)
    return parser


if __name__ == "__main__":
    main()
