"""The form of an answer: one schema goes out with the question, and what comes back must fit it."""

from collections.abc import Collection
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

# What each field is, in the words the model is asked in; only these are asked for.
ASKED = {
    "number": "Số và ký hiệu của văn bản, viết như trên văn bản, ví dụ 51/QĐ-UBND",
    "date": "Ngày ban hành, viết là năm-tháng-ngày (ISO 8601), ví dụ 2025-04-19",
    "issuer": "Tên cơ quan, tổ chức ban hành, viết như trên văn bản",
    "type": "Tên loại văn bản, viết như trên văn bản, ví dụ Quyết định",
    "abstract": "Trích yếu nội dung, viết như trên văn bản",
    "signer": "Họ và tên người ký, viết như trên văn bản",
}
_SHAPES = {"date": r"^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
_LONGEST = 1000


def form_of(wanted: Collection[str]) -> type[BaseModel]:
    """Return the form of an answer about the fields ``wanted``: each a text, or null."""
    return _form(tuple(sorted(wanted)))


@lru_cache(maxsize=64)
def _form(wanted: tuple[str, ...]) -> type[BaseModel]:
    fields: dict[str, Any] = {
        name: (_shape(name), Field(description=ASKED[name])) for name in wanted
    }
    return create_model("Fields", __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _shape(name: str) -> Any:
    rule = StringConstraints(min_length=1, max_length=_LONGEST, pattern=_SHAPES.get(name))
    return Annotated[str, rule] | None
