"""What makes vectors of documents: the model that comes with us, or the endpoint of a setting."""

from typing import TYPE_CHECKING

import dagster as dg

from orchestration.settings import Settings

if TYPE_CHECKING:
    from ocr_assets.suggest.embedding import Embedder


class Embeddings(dg.ConfigurableResource):
    """The maker of vectors; nothing is loaded or asked before a run needs it."""

    endpoint: str = ""
    model: str = ""
    allowed_host: str = ""
    token: str = ""

    def embedder(self) -> "Embedder":
        """Return it.

        Raises:
            EndpointElsewhere: the endpoint is on a host that no setting allows.
        """
        from ocr_assets.suggest.embedding import BundledE5  # noqa: PLC0415 - loads an engine
        from ocr_assets.suggest.remote_embedding import RemoteEmbedder  # noqa: PLC0415

        if not self.endpoint:
            return BundledE5()
        return RemoteEmbedder(
            self.endpoint, self.model, allowed_host=self.allowed_host, token=self.token or None
        )


def configured(given: Settings, token: str | None) -> Embeddings:
    """Return the maker of vectors of this installation.

    A run resolves its ``token`` itself; a command that a person typed gives it as it is.
    """
    return Embeddings(
        endpoint=given.embedding_endpoint or "",
        model=given.embedding_model or "",
        allowed_host=given.embedding_allowed_host or "",
        token=token or "",
    )
