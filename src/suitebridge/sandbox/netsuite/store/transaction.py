"""One unit of writing: rows in and out, with the mirrored table, the counts and the sequences kept in step."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import apsw

from suitebridge.sandbox.netsuite.schema.model import Table
from suitebridge.sandbox.netsuite.store.counting import Changes
from suitebridge.sandbox.netsuite.store.errors import DuplicateKey, InvalidValue, StoreError
from suitebridge.sandbox.netsuite.store.layout import names, quoted
from suitebridge.sandbox.netsuite.store.mirror import MIRROR
from suitebridge.sandbox.netsuite.store.plans import Plan, Plans
from suitebridge.sandbox.netsuite.store.statements import Value, queried, run, run_many, tuples

Row = dict[str, Value]

_DUPLICATES = frozenset(
    {
        apsw.SQLITE_CONSTRAINT_UNIQUE,
        apsw.SQLITE_CONSTRAINT_PRIMARYKEY,
        apsw.SQLITE_CONSTRAINT_ROWID,
    }
)


@contextmanager
def _refusals() -> Generator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        text = str(error)
        # The driver sets it on every error, but its annotations do not say so.
        if getattr(error, "extendedresult", 0) in _DUPLICATES:
            raise DuplicateKey(text) from error
        raise InvalidValue(text) from error


class Transaction:
    """Given by `Store.writing()`; of no use after its block."""

    def __init__(self, connection: apsw.Connection, plans: Plans, last_ids: dict[str, int], now: str) -> None:
        self._connection = connection
        self._plans = plans
        self._last_ids = last_ids
        self._now = now
        self._new_ids: dict[str, int] = {}
        self._changes = Changes(plans.counters)
        self._ended = False

    @property
    def now(self) -> str:
        """When the transaction began: 'YYYY-MM-DD HH:MM:SS', wall clock of the company's zone."""
        return self._now

    def insert(self, table: str, values: Mapping[str, Value]) -> None:
        """Adds a row. Columns that are not named are null, and so is the empty text.

        Raises KeyError for an unknown table or column, DuplicateKey, InvalidValue, and StoreError for a table that
        is written from others.
        """
        plan = self._writable(table)
        columns = tuple(values)
        sql = plan.inserts.get(columns)
        if sql is None:
            sql = self._plan_insert(plan, columns)
        self._check_numbers(table, values)
        if plan.mirror_new is not None:
            self._check_entity_is_new(values["id"])
        with _refusals():
            run(self._connection, sql, [None if value == "" else value for value in values.values()])
        self._changes.add(table, values)
        if plan.sequence is not None:
            name, column = plan.sequence
            self._reserve(name, values[column])
        if plan.mirror_new is not None:
            run(self._connection, plan.mirror_new, (values["id"],))
            self._changes.add(MIRROR, values)

    def update(self, table: str, key: tuple[Value, ...], values: Mapping[str, Value]) -> bool:
        """Changes columns of the row with this key, and says whether there is one. The key itself never changes.

        Raises as `insert` does, and ValueError for a change of what identifies the row.
        """
        plan = self._writable(table)
        self._check_key(plan.table, key)
        if not values:
            return self.get(table, key) is not None
        columns = tuple(values)
        sql = plan.updates.get(columns)
        if sql is None:
            sql = self._plan_update(plan, columns)
        bindings = [None if value == "" else value for value in values.values()]
        with _refusals():
            run(self._connection, sql, (*bindings, *key))
        if not self._connection.changes():
            return False
        if plan.mirror_again is not None:
            run(self._connection, plan.mirror_again, key)
        return True

    def delete(self, table: str, key: tuple[Value, ...]) -> bool:
        """Removes the row with this key, and says whether there was one."""
        plan = self._writable(table)
        self._check_key(plan.table, key)
        return self._delete(plan, plan.table.key, key) > 0

    def delete_where(self, table: str, values: Mapping[str, Value]) -> int:
        """Removes all rows that have these values, such as the lines of a transaction, and says how many."""
        plan = self._writable(table)
        columns = tuple(values)
        self._check_columns(plan, columns)
        if not columns:
            raise ValueError(f"{table}: which rows to delete must be said")
        return self._delete(plan, columns, tuple(values.values()))

    def get(self, table: str, key: tuple[Value, ...]) -> Row | None:
        """The row with this key, `extra` and nulls included, or None."""
        plan = self._plan(table)
        self._check_key(plan.table, key)
        found = run(self._connection, plan.select, key)
        return dict(zip(plan.columns, found[0], strict=True)) if found else None

    def rows(self, sql: str, bindings: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query, which sees what this transaction has written. Writing this way is a StoreError."""
        self._check_open()
        return queried(self._connection, sql, bindings)

    def tuples(self, sql: str, bindings: Mapping[str, Value]) -> list[tuple[Value, ...]]:
        """As `rows`, with named values in and tuples out, for columns that have no names of their own."""
        self._check_open()
        return tuples(self._connection, sql, bindings)

    def next_id(self, name: str) -> int:
        """A number that no row has or had: "entity", "transaction" or a table's name.

        Numbers taken by a transaction that is rolled back are given again.
        """
        self._check_open()
        sequence = self._plans.sequences.get(name)
        if sequence is None:
            raise KeyError(name)
        number = self._last(sequence) + 1
        self._new_ids[sequence] = number
        return number

    def note(
        self,
        record_type_id: int,
        record_id: int,
        field: str | None,
        old: str | None,
        new: str | None,
        type: int,
        caller_entity: int | None,
        context: str | None,
        *,
        role: int | None = None,
        date: str | None = None,
    ) -> int:
        """Adds a system note (type 1 create, 2 change, 3 delete), dated now unless told otherwise; gives its id."""
        number = self.next_id("systemnote")
        self.insert(
            "systemnote",
            {
                "id": number,
                "name": caller_entity,
                "date": date or self._now,
                "recordtypeid": record_type_id,
                "recordid": record_id,
                "field": field,
                "oldvalue": old,
                "newvalue": new,
                "type": type,
                "context": context,
                "role": role,
            },
        )
        return number

    def deleted(
        self,
        record_type_id: int,
        record_id: int,
        type: str,
        name: str | None,
        caller_entity: int | None,
        context: str | None,
        *,
        custom_list: bool = False,
        custom_record: bool = False,
        custom_transaction: bool = False,
        date: str | None = None,
    ) -> None:
        """Records that a base record is gone; `type` is the record type's name as it is shown."""
        self.insert(
            "deletedrecord",
            {
                "recordtypeid": record_type_id,
                "recordid": record_id,
                "type": type,
                "name": name,
                "deleteddate": date or self._now,
                "deletedby": caller_entity,
                "iscustomlist": "T" if custom_list else "F",
                "iscustomrecord": "T" if custom_record else "F",
                "iscustomtransaction": "T" if custom_transaction else "F",
                "context": context,
            },
        )

    def finish(self) -> dict[str, int]:
        """For the store: writes counts and sequences before the commit; gives the sequences that moved."""
        self._changes.write(self._connection)
        if self._new_ids:
            run_many(
                self._connection,
                "INSERT OR REPLACE INTO _sequence (name, last) VALUES (?, ?)",
                list(self._new_ids.items()),
            )
        return self._new_ids

    def end(self) -> None:
        """For the store: nothing can be done with this transaction any more."""
        self._ended = True

    def _plan_insert(self, plan: Plan, columns: tuple[str, ...]) -> str:
        self._check_columns(plan, columns)
        identifying = (*plan.table.key, *(counter.column for counter in self._plans.counters[plan.table.name]))
        if missing := [column for column in identifying if column not in columns]:
            raise InvalidValue(f"{plan.table.name} needs {', '.join(missing)}")
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {quoted(plan.table.name)} ({names(columns)}) VALUES ({marks})"
        plan.inserts[columns] = sql
        return sql

    def _plan_update(self, plan: Plan, columns: tuple[str, ...]) -> str:
        self._check_columns(plan, columns)
        fixed = {*plan.table.key, *(counter.column for counter in self._plans.counters[plan.table.name])}
        if moved := sorted(fixed.intersection(columns)):
            raise ValueError(f"{plan.table.name}: {', '.join(moved)} identifies the row and cannot change")
        assignments = ", ".join(f"{quoted(column)} = ?" for column in columns)
        sql = f"UPDATE {quoted(plan.table.name)} SET {assignments} WHERE {plan.by_key}"
        plan.updates[columns] = sql
        return sql

    def _delete(self, plan: Plan, columns: tuple[str, ...], values: tuple[Value, ...]) -> int:
        table = plan.table.name
        condition = " AND ".join(f"{quoted(column)} IS ?" for column in columns)
        gone = run(self._connection, f"DELETE FROM {quoted(table)} WHERE {condition} RETURNING {plan.counted}", values)
        for row in gone:
            self._changes.remove(table, row[1:])
            if plan.mirror_new is not None:
                run(self._connection, f"DELETE FROM {quoted(MIRROR)} WHERE id = ?", (row[1],))
                self._changes.remove(MIRROR, (row[1],))
        return len(gone)

    def _check_numbers(self, table: str, values: Mapping[str, Value]) -> None:
        for counter in self._plans.counters[table]:
            if type(values[counter.column]) is not int:
                raise InvalidValue(f"{table}.{counter.column} must be a whole number")

    def _check_entity_is_new(self, identifier: Value) -> None:
        if run(self._connection, f"SELECT 1 FROM {quoted(MIRROR)} WHERE id = ?", (identifier,)):
            raise DuplicateKey(f"{identifier} is the id of another entity")

    def _last(self, sequence: str) -> int:
        return self._new_ids.get(sequence, self._last_ids.get(sequence, 0))

    def _reserve(self, sequence: str, number: Value) -> None:
        if isinstance(number, int) and number > self._last(sequence):
            self._new_ids[sequence] = number

    def _plan(self, table: str) -> Plan:
        self._check_open()
        return self._plans.of(table)

    def _writable(self, table: str) -> Plan:
        plan = self._plan(table)
        if plan.table.view_of is not None:
            raise StoreError(f"{table} shows {plan.table.view_of}: write that")
        if table == MIRROR and self._plans.mirrored:
            raise StoreError(f"{table} is written from the tables of each kind of entity")
        return plan

    def _check_open(self) -> None:
        if self._ended:
            raise StoreError("this transaction has ended")

    @staticmethod
    def _check_columns(plan: Plan, columns: tuple[str, ...]) -> None:
        for column in columns:
            if column not in plan.columns:
                raise KeyError(f"{plan.table.name}.{column}")

    @staticmethod
    def _check_key(table: Table, key: tuple[Value, ...]) -> None:
        if len(key) != len(table.key):
            raise ValueError(f"the key of {table.name} is ({', '.join(table.key)})")
