"""What every door of the sample platform says alike: errors, and where a page goes on."""

import base64
import binascii

from starlette.responses import JSONResponse, Response


def said(error: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """Return an answer that says what is wrong."""
    return JSONResponse({"error": error}, status_code=status, headers=headers)


def cursor(position: int) -> str:
    """Return the cursor of what comes after so many items."""
    return base64.urlsafe_b64encode(f"after:{position}".encode()).decode()


def place(cursor: str | None) -> int:
    """Return after how many items a cursor goes on; without one from the start.

    Raises:
        ValueError: it is no cursor of ours.
    """
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("after:"))
    except binascii.Error:
        raise ValueError("not a cursor of ours") from None
