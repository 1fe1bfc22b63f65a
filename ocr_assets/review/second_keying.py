"""Blind keying: the piece of the page, and no value; what is typed is held apart.

Keyed are a sample of what another person decided, then one of what was accepted unseen.
"""

from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ocr_assets.review.errors import NoSuchField
from ocr_assets.review.room import NOT_TAKEN, Room, form_of, leave, page_number, refusal
from ocr_assets.review.sessions import Session
from ocr_assets.review.values import said
from warehouse.auditing import AuditList
from warehouse.errors import FieldOvertaken
from warehouse.field_items import Item
from warehouse.keying import KeyingList

PURPOSE = "keying"


@dataclass(frozen=True, slots=True)
class SecondKeying:
    """The pages on which a sample is keyed a second time."""

    room: Room

    def show(self, request: Request) -> Response:
        """Return the field to be keyed now."""
        return self._next(request, self.room.session(request))

    async def key(self, request: Request) -> Response:
        """Take what a person read and return the next field."""
        session, typed = await form_of(request, self.room)
        return await run_in_threadpool(self._key, request, session, typed)

    async def skip(self, request: Request) -> Response:
        """Leave a field to somebody else."""
        session, typed = await form_of(request, self.room)
        leave(session, typed)
        return await run_in_threadpool(self._next, request, session)

    def _key(self, request: Request, session: Session, typed: dict[str, str]) -> Response:
        key = typed.get("key") or "-"
        keying: KeyingList | AuditList = self._list(session)
        if typed.get("upon") == "0":
            keying = self._audits(session)
        item = keying.next_item(key=key)
        if item is None or str(item.upon) != typed.get("upon"):
            return self._next(request, session, problem="Mục này không còn chờ nhập lần hai.")
        try:
            value = said(item.field_name, typed)
            page = page_number(typed.get("page", ""), item.page_count) or item.page
            keying.key(item, value, page)
        except NOT_TAKEN as error:
            return self._item(request, session, item, 422, **refusal(error, typed))
        except FieldOvertaken:
            return self._next(request, session, problem="Người khác vừa nhập mục này.")
        return self._next(request, session, done=item.label)

    def _next(self, request: Request, session: Session, **more: Any) -> Response:
        item = self._list(session).next_item(session.skipped)
        item = item or self._audits(session).next_item(session.skipped)
        if item is None:
            return self.room.page(
                request, session, "nothing.html", skipped=0, is_keying=True, **more
            )
        return self._item(request, session, item, **more)

    def _item(
        self, request: Request, session: Session, item: Item, status: int = 200, **more: Any
    ) -> Response:
        if item.value is not None:  # never: the list leaves it out
            raise NoSuchField("Mục này không nhập lần hai được.")
        more = {"item": item, "purpose": PURPOSE, **more}
        return self.room.page(request, session, "keying.html", status, **more)

    def _list(self, session: Session) -> KeyingList:
        return KeyingList(session.engine, self.room.keying_share)

    def _audits(self, session: Session) -> AuditList:
        return AuditList(session.engine, self.room.audit_share)
