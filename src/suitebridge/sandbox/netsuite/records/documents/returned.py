"""Which line of a credit stands for which line of the return it was made from."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.sandbox.netsuite.posting import Line
from suitebridge.sandbox.netsuite.records.documents.billing import Billed
from suitebridge.sandbox.netsuite.records.documents.picking import Pick


def pair_lines(picks: Sequence[Pick], lines: Sequence[Line]) -> list[Billed]:
    """The lines of the new document, which follow the order of what was picked, with their sources."""
    goods = [line for line in lines if line.kind == "ITEM" and line.quantity is not None]
    return [Billed(line, pick.line, pick) for line, pick in zip(goods, picks, strict=True)]
