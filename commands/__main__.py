"""``python -m commands`` is the `kho` command line."""

from commands.main import app

app(prog_name="kho")
