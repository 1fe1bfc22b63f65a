"""The tables we write ourselves: raw ones, a row as it came, and ledgers, a row as it happened.

``raw`` holds what sources sent and what digitising made of it, by batch: landing a batch again
replaces its rows. ``ledger`` holds what happened and what people decided: rows are added and never
changed. Models over both live in dbt_project/; how raw rows get in, in loading.py.
"""

from warehouse.tables import (
    acceptance,
    custody,
    digitization,
    disposal,
    duplicates,
    exchange,
    filedrop,
    intake,
    learning,
    linkage,
    messages,
    population,
    preflight,
    preservation,
    readings,
    registries,
    retention,
    review,
    signatures,
    suggestions,
    units,
)
from warehouse.tables.form import EXTRA, JSON, LEDGER, LINEAGE, RAW
from warehouse.tables.registries import AGENCIES

__all__ = ["AGENCIES", "EXTRA", "JSON", "LEDGER", "LINEAGE", "RAW", "SUBJECTS"]

#: Modules that add tables to RAW and LEDGER when they are imported.
SUBJECTS = (
    acceptance,
    custody,
    digitization,
    disposal,
    duplicates,
    exchange,
    filedrop,
    intake,
    learning,
    linkage,
    messages,
    population,
    preflight,
    preservation,
    readings,
    registries,
    retention,
    review,
    signatures,
    suggestions,
    units,
)
