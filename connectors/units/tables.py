"""The tables of the package ``vietnamadminunits``, read as files.

The package is never imported: on import it loads its address conversion, which sends addresses to
a geocoder outside. Its files are data, a SQLite database and a JSON of keys, and opened as such.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from connectors.errors import ContractBroken
from connectors.units.contract import CITY, FIRST_DAY, LAST_DAY, Published, Unit

PACKAGE = "vietnamadminunits"

_OLD = """
    select wardCode, ward, districtCode, district, provinceKey, districtKey, wardKey
    from admin_units_legacy where provinceCode = ?
"""
_NEW = "select wardCode, ward, provinceKey, wardKey from admin_units where provinceCode = ?"


class TablesUnreadable(ContractBroken):
    """The package is not there, or its tables are not those this connector was written for."""


def read_tables(province_code: str = CITY) -> Published:
    """Return the communes of a province before and after July 2025, and the pairs of both.

    Raises:
        TablesUnreadable: the package is not installed, or its tables have another form.
    """
    package = _package()
    try:
        return _read(package, province_code)
    except (OSError, sqlite3.Error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TablesUnreadable(
            f"the tables of {PACKAGE} {package.version} cannot be read ({type(error).__name__});"
            " install the version of requirements.lock"
        ) from None


def _package() -> Distribution:
    try:
        return distribution(PACKAGE)
    except PackageNotFoundError:
        raise TablesUnreadable(f"{PACKAGE} is not installed; install requirements.lock") from None


def _read(package: Distribution, province_code: str) -> Published:
    folder = Path(str(package.locate_file(f"{PACKAGE}/data")))
    address = f"{(folder / 'dataset.db').as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as tables:
        olds = tables.execute(_OLD, [province_code]).fetchall()
        news = tables.execute(_NEW, [province_code]).fetchall()
    old_codes = {f"{row[4]}_{row[5]}_{row[6]}": row[0] for row in olds}
    new_codes = {row[3]: row[0] for row in news}
    if not olds or len(old_codes) != len(olds) or len(new_codes) != len(news):
        raise ValueError("keys of units are missing or not unique")
    [province] = {row[2] for row in news}
    keys = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    pairs = [(old_codes[old], new_codes[new]) for old, new in _pairs_of_keys(keys, province)]
    return Published(
        {row[0]: Unit(row[0], row[1], row[2], row[3], None, LAST_DAY) for row in olds},
        {row[0]: Unit(row[0], row[1], None, None, FIRST_DAY, None) for row in news},
        frozenset(pairs),
        package.version,
    )


def _pairs_of_keys(keys: Mapping[str, Any], province: str) -> Iterator[tuple[str, str]]:
    """Yield old and new key of each pair; whether a unit is divided follows from the pairs."""
    for new, olds in keys["DICT_PROVINCE_WARD_NO_DIVIDED"][province].items():
        for old in olds:
            yield old, new
    for old, news in keys["DICT_PROVINCE_WARD_DIVIDED"][province].items():
        for new in news:
            yield old, new["newWardKey"]
