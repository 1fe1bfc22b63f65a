"""Vectors from an endpoint that speaks the OpenAI form: POST {model, input}, data of vectors back.

What is sent has passed the secrecy gate; it is still a document's words. So the endpoint is on this
machine, or on the one other host that a setting allows by name, and then over TLS.
"""

import math
from collections.abc import Sequence
from typing import Annotated

import requests
from pydantic import BaseModel, Field, ValidationError

from ocr_assets.ask.address import may_be_asked
from ocr_assets.errors import EmbeddingsSilent, EndpointElsewhere
from ocr_assets.suggest.embedding import Model, Vector
from ocr_assets.timed_post import post

_PATIENCE = 60.0  # seconds for one answer
_LARGEST = 8192  # numbers of a vector
_LARGEST_ANSWER = 64 << 20  # bytes of an answer


class _Entry(BaseModel):
    index: int = Field(ge=0)
    embedding: list[Annotated[float, Field(allow_inf_nan=False)]] = Field(
        min_length=8, max_length=_LARGEST
    )


class _Answer(BaseModel):
    data: list[_Entry]


class RemoteEmbedder:
    """One endpoint and one model of it."""

    def __init__(
        self, url: str, model: str, *, allowed_host: str = "", token: str | None = None
    ) -> None:
        """Ask ``url`` (its ``/embeddings``) for vectors of ``model``.

        Raises:
            EndpointElsewhere: the address is neither here nor on the allowed host over TLS.
        """
        if not may_be_asked(url, allowed_host):
            raise EndpointElsewhere(
                "the endpoint for embeddings is not on this machine: give an address on 127.0.0.1,"
                " or name its host in KHO_EMBEDDING_ALLOWED_HOST and use https"
            )
        self._url = f"{url.rstrip('/')}/embeddings"
        self._name = model
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    @property
    def model(self) -> Model:
        """Return the model that is asked for; its version is the endpoint's own matter."""
        return Model(self._name, "endpoint")

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector of length 1 a text.

        Raises:
            EmbeddingsSilent: no answer, a refusal, or an answer that holds no such vectors.
        """
        return self._vectors(texts, "passage")

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question.

        Raises:
            EmbeddingsSilent: no answer, a refusal, or an answer that holds no such vector.
        """
        return self._vectors([text], "query")[0]

    def _vectors(self, texts: Sequence[str], kind: str) -> list[Vector]:
        try:
            found = self._asked(texts, kind)
        except requests.RequestException as error:
            raise EmbeddingsSilent(
                f"the endpoint for embeddings gave no answer ({type(error).__name__})"
            ) from None
        except ValidationError as error:
            raise EmbeddingsSilent(
                f"the endpoint for embeddings answered in another form ({error.error_count()}"
                " faults)"
            ) from None
        except ValueError:
            raise EmbeddingsSilent("the endpoint for embeddings did not answer in JSON") from None
        return _in_order(found, len(texts))

    def _asked(self, texts: Sequence[str], kind: str) -> _Answer:
        answer = post(
            self._url,
            patience=_PATIENCE,
            largest=_LARGEST_ANSWER,
            headers=self._headers,
            json={"model": self._name, "input": list(texts), "input_type": kind},
        )
        if answer.status != requests.codes.ok:
            raise EmbeddingsSilent(f"the endpoint for embeddings answered {answer.status}")
        return _Answer.model_validate_json(answer.body)


def _in_order(answer: _Answer, count: int) -> list[Vector]:
    """Return the vectors as the texts were asked about, each once and all equally long."""
    by_index = {entry.index: entry.embedding for entry in answer.data}
    lengths = {len(vector) for vector in by_index.values()}
    if len(answer.data) != count or set(by_index) != set(range(count)) or len(lengths) != 1:
        raise EmbeddingsSilent("the endpoint for embeddings did not give one vector a text")
    return [_unit(by_index[index]) for index in range(count)]


def _unit(vector: Sequence[float]) -> Vector:
    length = math.sqrt(sum(x * x for x in vector))
    if length == 0:
        raise EmbeddingsSilent("the endpoint for embeddings gave a vector of nothing")
    return tuple(x / length for x in vector)
