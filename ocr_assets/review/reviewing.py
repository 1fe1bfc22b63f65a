"""Next by risk: the piece of the page beside the value; confirm, correct, none, or later."""

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ocr_assets.review.errors import NoSuchField
from ocr_assets.review.room import NOT_TAKEN, Room, form_of, leave, page_number, refusal
from ocr_assets.review.sessions import Session
from ocr_assets.review.values import said
from warehouse.errors import FieldOvertaken
from warehouse.field_items import Item
from warehouse.review import ReviewList, Word

PURPOSE = "review"
_REASONS = {"confirmed": "khớp với ảnh", "corrected": "đọc sai", "none": "văn bản không có"}


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The pages on which values are confirmed and corrected."""

    room: Room

    def show(self, request: Request) -> Response:
        """Return the field to be looked at now."""
        return self._next(request, self.room.session(request))

    async def say(self, request: Request) -> Response:
        """Take a word on a field and return the next one, or say why it was not taken."""
        session, typed = await form_of(request, self.room)
        return await run_in_threadpool(self._say, request, session, typed)

    async def skip(self, request: Request) -> Response:
        """Leave a field for later, or with ``again`` take up what was left."""
        session, typed = await form_of(request, self.room)
        leave(session, typed)
        return await run_in_threadpool(self._next, request, session)

    def _say(self, request: Request, session: Session, typed: dict[str, str]) -> Response:
        review = ReviewList(session.engine)
        item = review.item(typed.get("key", ""))
        if item is None:
            raise NoSuchField("Không có mục này, hoặc không thuộc cơ quan của bạn.")
        try:
            word = _word(item, typed)
            upon = int(typed.get("upon") or 0)
            review.say(item, word, upon)
        except NOT_TAKEN as error:
            return self._item(request, session, item, 422, **refusal(error, typed))
        except FieldOvertaken:
            now = review.item(item.key) or item
            return self._item(request, session, now, 409, is_overtaken=True)
        except ValueError:
            raise NoSuchField("Yêu cầu không đọc được: tải lại trang.") from None
        return self._next(request, session, done=item.label)

    def _next(self, request: Request, session: Session, **more: Any) -> Response:
        review = ReviewList(session.engine)
        others = self.room.hands.of_others(session.name)
        item = review.next_item(session.skipped | others)
        if item is None:
            self.room.hands.release(session.name)
            more |= {"skipped": len(session.skipped), "held": len(others)}
            return self.room.page(request, session, "nothing.html", **more)
        return self._item(request, session, item, **more)

    def _item(
        self, request: Request, session: Session, item: Item, status: int = 200, **more: Any
    ) -> Response:
        """Return one field on its page; that its value is shown is written down first."""
        review = ReviewList(session.engine)
        self.room.hands.take(session.name, item.key)
        review.shown(item, "value", None, PURPOSE)
        more = {"item": item, "purpose": PURPOSE, "waiting": review.waiting(), **more}
        return self.room.page(request, session, "review.html", status, **more)


def _word(item: Item, typed: dict[str, str]) -> Word:
    """Return what was said of ``item``: a key of its own says that there is none."""
    value = said(item.field_name, typed)
    verdict = "confirmed" if value == item.value else "none" if value is None else "corrected"
    because = " ".join(typed.get("because", "").split())[:500] or _REASONS[verdict]
    return Word(value, because, page_number(typed.get("page", ""), item.page_count))
