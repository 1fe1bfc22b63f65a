"""Suggestions for what has been digitised, made before each build: what is new, and only that."""

from collections.abc import Iterator

import dagster as dg

from ocr_assets import assets as made
from orchestration.embeddings import Embeddings
from orchestration.failures import translated
from orchestration.layers import POOL
from orchestration.resources import Database, FileStore


@dg.multi_asset(
    specs=[made.PROPOSALS, made.EMBEDDINGS, made.NEIGHBOURS], name="make_suggestions", pool=POOL
)
def make_suggestions(
    context: dg.AssetExecutionContext,
    database: Database,
    file_store: FileStore,
    embeddings: Embeddings,
) -> Iterator[dg.MaterializeResult]:
    """Describe what is new, batch by batch; a run without news changes no row."""
    # Loads what only a run with work needs.
    from orchestration.defs.suggestions.desk import Desk  # noqa: PLC0415
    from orchestration.defs.suggestions.library import Library  # noqa: PLC0415
    from orchestration.defs.suggestions.likeness import refresh  # noqa: PLC0415

    with translated("make suggestions"), database.connected() as connection:
        library = Library.open(connection, file_store.open())
        desk = Desk(library, database.warehouse(), embeddings.embedder())
        done = desk.work()
        found = refresh(library, database.warehouse(), has_news=bool(done.batches))
    context.log.info("%d batches, %d new contents", done.batches, done.contents)
    yield dg.MaterializeResult(made.PROPOSALS.key, metadata=dict(done.proposals))
    yield dg.MaterializeResult(
        made.EMBEDDINGS.key,
        metadata={"new contents": done.contents, **done.outcomes},
    )
    yield dg.MaterializeResult(made.NEIGHBOURS.key, metadata={"with reviewed neighbours": found})
