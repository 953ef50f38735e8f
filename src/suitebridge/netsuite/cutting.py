"""Cuts a query of a caller's own into pages by a unique key, which has no wall at 100,000 rows and loses none.

Oracle help: "Executing SuiteQL Queries Through REST Web Services" (unique order, row limit).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.errors import UsageError
from suitebridge.netsuite.keyset import KeyValue, after_key
from suitebridge.netsuite.sqltext import CLAUSES, Token, selected, significant, sources, tokens, without_comments


@dataclass(frozen=True, slots=True)
class Cut:
    """A query that is asked for page by page.

    ``head`` is all before WHERE, ``condition`` what follows it (empty if nothing). ``names`` are the columns
    in which the key comes back; those in ``hidden`` were added for it and are not the caller's.
    """

    head: str
    condition: str
    key: tuple[str, ...]
    names: tuple[str, ...]
    hidden: tuple[str, ...]

    def page(self, after: Sequence[KeyValue] | None) -> str:
        """The query for the rows after this key."""
        conditions = [
            text for text in (f"({self.condition})" if self.condition else "", after_key(self.key, after)) if text
        ]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"{self.head}{where} ORDER BY {', '.join(self.key)}"

    def key_of(self, row: Mapping[str, object]) -> tuple[KeyValue, ...]:
        """The key of a row. Raises UsageError if a part of it is empty."""
        values = [row.get(name) for name in self.names]
        if any(value is None for value in values):
            raise UsageError(f"{', '.join(self.key)} is empty in some rows, so it cannot serve as a key.")
        texts = [str(value) for value in values]
        return tuple(int(text) if _is_whole(text) else text for text in texts)


def cut(sql: str, key: Sequence[str]) -> Cut:
    """Takes a query apart that can be put into pages: one SELECT without grouping, order (but by the key) or row count.

    ``key`` are columns as the query spells them, unique together. Raises UsageError that names what stands in the way.
    """
    sql = without_comments(sql)
    pieces = tokens(sql)
    words = [word for word in significant(pieces) if word.depth == 0]
    if not words or not words[0].is_word("SELECT"):
        raise UsageError("Only a query that begins with SELECT can be read by a key.")
    order = next((word for word in words if word.is_word("ORDER")), None)
    end = order.start if order is not None and _orders_by(pieces, order, key) else len(sql)
    for word in words:
        if word.start < end and word.is_word("DISTINCT", "TOP", *CLAUSES) and not word.is_word("WHERE"):
            raise UsageError(
                f"A query with {word.text.upper()} cannot be read by the key {', '.join(key)}.",
                remedy="Leave it out, or narrow the query.",
            )
    origin = next((word for word in words if word.is_word("FROM")), None)
    if origin is None:
        raise UsageError("A query without FROM cannot be read by a key.")
    names, hidden = _key_columns(sql, key)
    more = "".join(f", {column} AS {name}" for column, name in zip(key, names, strict=True) if name in hidden)
    where = next((word for word in words if word.is_word("WHERE")), None)
    stop = where.start if where is not None else end
    head = f"{sql[: origin.start].rstrip()}{more} {sql[origin.start : stop].rstrip()}"
    condition = sql[where.end : end].strip() if where is not None else ""
    return Cut(head, condition, tuple(key), names, hidden)


def automatic_key(sql: str) -> tuple[str, ...] | None:
    """The key of the one table that a query reads, as far as its definition is known;

    None where there is no such key.
    """
    from suitebridge.netsuite import tables

    read = [source for source in sources(sql) if source.depth == 0]
    if len(read) != 1:
        return None
    try:
        definition = tables.load(read[0].table)
    except UsageError:
        return None
    prefix = f"{read[0].alias}." if read[0].alias != read[0].table else ""
    return tuple(f"{prefix}{column}" for column in definition.key)


def _key_columns(sql: str, key: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    items = selected(sql)
    if items is None:
        return tuple(_bare(column) for column in key), ()
    there = {item.column[1]: item.name for item in items if item.column is not None and item.name is not None}
    names: list[str] = []
    hidden: list[str] = []
    for number, column in enumerate(key):
        name = there.get(_bare(column))
        if name is None:
            name = f"sb_key_{number}"
            hidden.append(name)
        names.append(name)
    return tuple(names), tuple(hidden)


def _orders_by(pieces: Sequence[Token], order: Token, key: Sequence[str]) -> bool:
    after = [piece for piece in significant(pieces) if piece.start > order.start]
    if not after or not after[0].is_word("BY"):
        return False
    asked = "".join(piece.text.lower() for piece in after[1:] if not piece.is_word("ASC"))
    bare = [_bare(column) for column in key]
    return asked in (",".join(key).lower(), ",".join(bare))


def _bare(column: str) -> str:
    return column.rpartition(".")[2].strip('"').lower()


def _is_whole(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit() and str(int(text)) == text
