"""SuiteQL over the sandbox's store: a text and a page in, the page's JSON and its counts out.

Oracle's help: "Executing SuiteQL Queries Through REST Web Services".
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

import apsw

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import Clock
from suitebridge.sandbox.netsuite.schema.model import Schema
from suitebridge.sandbox.netsuite.suiteql import limits
from suitebridge.sandbox.netsuite.suiteql.binding import (
    BoundValue,
    Environment,
    SQLiteValue,
    bound_value,
    kind_of,
)
from suitebridge.sandbox.netsuite.suiteql.compile.state import Quirks
from suitebridge.sandbox.netsuite.suiteql.compiled import CompiledQuery, compile_text
from suitebridge.sandbox.netsuite.suiteql.errors import (
    SuiteQLRefused,
    ValueRefused,
    bad_value,
    invalid_paging,
    invalid_params,
    too_slow,
    unsupported,
)
from suitebridge.sandbox.netsuite.suiteql.literals import lift

_STEPS_BETWEEN_LOOKS = 50_000


class Store(Protocol):
    """What the engine needs of the store."""

    def reading(self) -> AbstractContextManager[apsw.Connection]:
        """A connection on a consistent snapshot."""
        ...

    def count(
        self, connection: apsw.Connection, table: str, after: int | None, upto: int | None, *, column: str | None
    ) -> int:
        """Rows whose `column` (None: first of the key) is above `after` and at most `upto`."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `items` is the JSON array of its rows, `total` the rows of the whole result within the wall."""

    items: bytes
    count: int
    has_more: bool
    total: int


class Engine:
    """Answers SuiteQL for any caller. Safe to call from several threads."""

    def __init__(
        self,
        schema: Schema,
        store: Store,
        quirks: Quirks,
        clock: Clock,
        *,
        seconds_to_run: float = limits.SECONDS_TO_RUN,
    ) -> None:
        self._schema = schema
        self._store = store
        self._quirks = quirks
        self._clock = clock
        self._seconds = seconds_to_run
        self._company_zone = ZoneInfo(quirks.get("zone", "America/Los_Angeles"))
        self._server_zone = ZoneInfo("America/Los_Angeles")
        self._compiled: OrderedDict[object, CompiledQuery] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, sql: str, params: Sequence[object], limit: int, offset: int, caller: Caller) -> Page:
        """Answer one page of a query; raises SuiteQLRefused in NetSuite's words.

        `params` fill the `?` of the text in order. `limit` is 1 to 1,000, `offset` a multiple of it.
        """
        wall = self._wall()
        self._check_paging(limit, offset, wall)
        query, bound = self._compile(sql, params, caller)
        environment = Environment(self._clock.now(), self._company_zone, self._server_zone, offset)
        try:
            values = [slot.value(bound, environment) for slot in query.slots]
        except ValueRefused as error:
            raise bad_value(str(error)) from error
        with self._store.reading() as connection:
            return self._answer(connection, query, values, limit, offset, wall)

    def _check_paging(self, limit: int, offset: int, wall: int) -> None:
        if not 1 <= limit <= limits.LARGEST_PAGE:
            raise invalid_paging(f"Invalid limit. It must be between 1 and {limits.LARGEST_PAGE}.", "limit")
        multiple = self._quirks.get("page-offset-error", "offset")
        if offset < 0 or (offset % limit and multiple != "ignore"):
            named = "limit" if multiple == "limit" else "offset"
            raise invalid_paging("Invalid offset. It must be a multiple of the limit.", named)
        if offset >= wall:
            raise invalid_paging(f"Invalid offset. No more than {wall} results can be reached.", "offset")
        if offset // limit >= limits.MOST_PAGES and self._quirks.get("page-wall", "error") == "error":
            raise invalid_paging(f"Invalid offset. No more than {limits.MOST_PAGES} pages can be reached.", "offset")

    def _wall(self) -> int:
        connected = self._quirks.get("wall", "cap") == "connect"
        return limits.ROW_WALL_WITH_CONNECT if connected else limits.ROW_WALL

    def _compile(self, sql: str, params: Sequence[object], caller: Caller) -> tuple[CompiledQuery, list[BoundValue]]:
        lifted = lift(sql)
        if lifted.marks != len(params):
            raise invalid_params(f"The query has {lifted.marks} parameter marks, but {len(params)} values were given.")
        given = [bound_value(value) for value in params]
        bound = [given[value] if isinstance(value, int) else value for value in lifted.values]
        kinds = tuple(kind_of(value) for value in bound)
        sees = (caller.features, caller.permissions, caller.subsidiaries, caller.gone)
        key = (lifted.template, kinds, sees, caller.entity_id)
        with self._lock:
            found = self._compiled.get(key)
            if found is not None:
                self._compiled.move_to_end(key)
        if found is None:
            found = compile_text(lifted.template, sql, bound, kinds, self._schema, caller, self._quirks)
            if not found.pinned:
                with self._lock:
                    self._compiled[key] = found
                    if len(self._compiled) > limits.COMPILED_QUERIES_KEPT:
                        self._compiled.popitem(last=False)
        return found, bound

    def _answer(
        self,
        connection: apsw.Connection,
        query: CompiledQuery,
        values: list[SQLiteValue],
        limit: int,
        offset: int,
        wall: int,
    ) -> Page:
        last = limits.MOST_PAGES * limit if self._quirks.get("page-wall", "error") == "cap" else wall
        reachable = min(wall, last)
        limit = max(0, min(limit, reachable - offset))
        deadline = time.monotonic() + self._seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_LOOKS)
        try:
            rows = _fetch(connection, query.page_sql, [*values, limit + 1, offset])
            if len(rows) <= limit and (rows or offset == 0):
                total = offset + len(rows)
            else:
                total = self._total(connection, query, values, wall)
        except apsw.InterruptError as error:
            raise too_slow(self._seconds) from error
        finally:
            connection.set_progress_handler(None)
        if total > wall and self._quirks.get("wall", "cap") == "error":
            raise bad_value(f"The result has more than {wall} rows.")
        total = min(total, wall)
        rows = rows[:limit]
        return Page(query.writer.write(rows), len(rows), offset + len(rows) < min(total, reachable), total)

    def _total(self, connection: apsw.Connection, query: CompiledQuery, values: list[SQLiteValue], wall: int) -> int:
        counted = query.key_range
        if counted is not None:
            after, upto = _bound(counted.after, values), _bound(counted.upto, values)
            if isinstance(after, int | None) and isinstance(upto, int | None):
                try:
                    return self._store.count(connection, counted.table, after, upto, column=counted.column)
                except KeyError:
                    pass  # a column the store keeps no counts of: the rows are counted themselves
        found = _fetch(connection, query.count_sql, [*values, wall + 1])
        return int(found[0][0])


def _bound(bound: tuple[str, int] | None, values: list[SQLiteValue]) -> object:
    if bound is None:
        return None
    sql, shift = bound
    value = values[int(sql[1:]) - 1] if sql.startswith("?") else int(sql)
    return value + shift if isinstance(value, int) else "not whole"


def _fetch(connection: apsw.Connection, sql: str, values: Sequence[SQLiteValue]) -> list[tuple[Any, ...]]:
    cursor = cast("Any", connection.cursor())
    try:
        return cursor.execute(sql, values).fetchall()
    except ValueRefused as error:
        raise bad_value(str(error)) from error
    except apsw.InterruptError:
        raise
    except (apsw.SQLError, apsw.TooBigError, apsw.MismatchError, apsw.RangeError) as error:
        raise unsupported() from error
    finally:
        cursor.close()


Prepare = Callable[[apsw.Connection], None]
__all__ = ["Engine", "Page", "Prepare", "Store", "SuiteQLRefused"]
