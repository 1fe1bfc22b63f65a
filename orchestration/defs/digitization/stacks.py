"""The stacks of one batch: cut before anything is read, their parts digitised as single files."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ocr_assets.intake import DeliveredFile
from ocr_assets.secrecy import is_declared_secret
from orchestration.defs.digitization import rows, stack_rows
from orchestration.resources import ScanEngines


class Stacks:
    """Stacks, what they were cut into, and which were refused whole."""

    def __init__(self, last_ordinal: int) -> None:
        """Give parts the ordinals after ``last_ordinal``, in the order of their stacks."""
        self._last_ordinal = last_ordinal
        self._stacks: list[DeliveredFile] = []
        self._stack_of: dict[int, DeliveredFile] = {}
        self._secret: dict[int, DeliveredFile] = {}
        self.parts: list[rows.Row] = []
        self.refusals: list[rows.Row] = []

    def takes(self, file: DeliveredFile) -> bool:
        """Take ``file`` if it is a stack that may be opened; say whether it was."""
        is_ours = file.is_stack and not is_declared_secret(file.secrecy or "")
        if is_ours:
            self._stacks.append(file)
        return is_ours

    def cut(self, engines: ScanEngines, work: Path) -> Iterator[DeliveredFile]:
        """Yield the parts of all stacks; a stack that is not cut is refused with what was found."""
        for stack in self._stacks:
            target = work / f"stack-{stack.ordinal:06d}"
            found = engines.cut(stack.path, target, stack.declared_documents or 1)
            first = self._last_ordinal + 1
            self.parts += stack_rows.parts(stack, found, first)
            if found.reason is not None:
                refusal = rows.refusal(stack.ordinal, stack.sha256, found.reason, datetime.now(UTC))
                self.refusals.append({**refusal, "page_count": found.pages or None})
                continue
            self._last_ordinal += len(found.parts)
            self._stack_of |= dict.fromkeys(range(first, self._last_ordinal + 1), stack)
            yield from stack_rows.files(stack, found, first)

    def holders_of_secret(
        self, same: Sequence[DeliveredFile]
    ) -> Iterator[tuple[DeliveredFile, ...]]:
        """Yield what was received with a secret in it: these files, or the stacks they were cut of.

        A stack comes once, however many of its parts are secrets.
        """
        alone = tuple(file for file in same if file.ordinal not in self._stack_of)
        if alone:
            yield alone
        for file in same:
            stack = self._stack_of.get(file.ordinal)
            if stack is not None and stack.ordinal not in self._secret:
                self._secret[stack.ordinal] = stack
                yield (stack,)

    def fit_to_keep(self) -> Iterator[DeliveredFile]:
        """Yield the stacks in which no secret was found."""
        secret = {stack.sha256 for stack in self._secret.values()}
        yield from (stack for stack in self._stacks if stack.sha256 not in secret)
