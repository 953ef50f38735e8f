"""Which columns of a table can be read here: those the account added are discovered, those it hides are left out.

Oracle help: "SuiteQL: permissions and features". A column that is hidden by role or feature is an error that names it;
some answer a 500 that names nothing, and are found by halving the list.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from suitebridge.netsuite.errors import (
    NetSuiteError,
    QueryError,
    UnexpectedError,
    UnknownColumnError,
    UnknownTableError,
)
from suitebridge.netsuite.tables import BOOLEAN, DATE, DECIMAL, INTEGER, TEXT, Column, ColumnType, Table

_DATE: Final = re.compile(r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}")
_CUSTOM: Final = "cust"

Probe = Callable[[Sequence[Column]], Awaitable[None]]


class Columns:
    """The columns asked for of one table. Calls that run side by side share it: what one finds hidden, all leave out.

    Args:
        table: the definition; the key's columns are never given up.
        wanted: what to ask for at first.
        probe: asks for at most one row of some columns, and raises what NetSuite answers.
        hide: told of each column that is given up.
    """

    def __init__(
        self, table: Table, wanted: Sequence[Column], probe: Probe, hide: Callable[[Column], Awaitable[None]]
    ) -> None:
        self._table = table
        self._probe = probe
        self._hide = hide
        self._lock = asyncio.Lock()
        self.current = tuple(wanted)
        self.hidden: list[str] = []
        self.version = 0

    async def settle(self, version: int, error: NetSuiteError) -> None:
        """After a call with the columns of `version` was refused: leave out what cannot be read, or raise the error."""
        async with self._lock:
            if version != self.version:
                return
            if isinstance(error, UnknownTableError):
                raise error
            named = error.column if isinstance(error, UnknownColumnError) else None
            culprits = [column for column in self.current if column.name == named]
            if not culprits:
                culprits = await self._search(error)
            for column in culprits:
                await self._give_up(column, error)
            self.version += 1

    async def _give_up(self, column: Column, error: NetSuiteError) -> None:
        if column.name in self._table.key:
            raise error
        if column.origin == "discovered" and column.type is DATE:
            # What looked like a date was a text after all.
            plain = replace(column, type=TEXT)
            self.current = tuple(plain if known is column else known for known in self.current)
            return
        self.current = tuple(known for known in self.current if known is not column)
        self.hidden.append(column.name)
        await self._hide(column)

    async def _search(self, error: NetSuiteError) -> list[Column]:
        key = [column for column in self.current if column.name in self._table.key]
        others = [column for column in self.current if column.name not in self._table.key]
        if await self._fails(key) or not await self._fails(self.current):
            raise error
        culprits = await self._halve(key, others)
        if not culprits:
            raise error
        return culprits

    async def _halve(self, key: list[Column], columns: list[Column]) -> list[Column]:
        if not columns or not await self._fails([*key, *columns]):
            return []
        if len(columns) == 1:
            return columns
        middle = len(columns) // 2
        return [*await self._halve(key, columns[:middle]), *await self._halve(key, columns[middle:])]

    async def _fails(self, columns: Sequence[Column]) -> bool:
        try:
            await self._probe(columns)
        except (QueryError, UnexpectedError):
            return True
        return False


def discovered(table: Table, rows: Iterable[Mapping[str, object]]) -> tuple[Column, ...]:
    """The columns of the account's own fields that show in a sample of rows, typed by their values, by name."""
    values: dict[str, list[str]] = {}
    known = {column.name for column in table.columns}
    for row in rows:
        for name, value in row.items():
            if name.startswith(_CUSTOM) and name not in known and value is not None and value != "":
                values.setdefault(name, []).append(str(value))
    return tuple(Column(name, guess(texts), origin="discovered") for name, texts in sorted(values.items()))


def guess(texts: Sequence[str]) -> ColumnType:
    """The narrowest type that all the texts fit. Numbers with leading zeros are codes, and so texts."""
    if all(text in ("T", "F") for text in texts):
        return BOOLEAN
    if all(_DATE.fullmatch(text) for text in texts):
        return DATE
    if any(len(text.lstrip("-")) > 1 and text.lstrip("-")[0] == "0" and "." not in text for text in texts):
        return TEXT
    if all(text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 18 for text in texts):
        return INTEGER
    if all(_fits_decimal(text) for text in texts):
        return DECIMAL
    return TEXT


def _fits_decimal(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -DECIMAL.scale and number.adjusted() < 20
