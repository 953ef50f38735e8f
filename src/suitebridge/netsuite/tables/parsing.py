"""Reads one table's TOML file into a definition and says what is wrong with it, by file and fact."""

from __future__ import annotations

import tomllib
from typing import cast, get_args

from suitebridge.errors import ConfigError
from suitebridge.netsuite.tables.definition import (
    TYPES,
    Amount,
    Bounds,
    Changed,
    Column,
    Deleted,
    Parent,
    Silent,
    Table,
    Way,
)
from suitebridge.netsuite.tables.spelling import nearest

_FACTS = {
    "way", "key", "feature", "record", "rows", "bounds", "listed", "custom", "parent", "changed", "deleted", "silent",
    "proof", "columns",
}  # fmt: skip
_COLUMN_FACTS = {"type", "feature", "permission", "rest", "factor", "fivetran"}


def parse(name: str, text: str) -> Table:
    """A definition from the text of its file; the first comment line says what the table holds.

    Raises:
        ConfigError: the text is no TOML, a fact is missing, unknown or contradicts another.
    """
    reader = _Reader(name)
    try:
        values = cast(dict[str, object], tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}.toml is not valid TOML: {error}", record=name) from error
    reader.only(values, _FACTS, "")
    columns = tuple(reader.column(key, value) for key, value in reader.table(values.get("columns"), "columns").items())
    first = text.partition("\n")[0]
    table = Table(
        name=name,
        about=first.removeprefix("#").strip() if first.startswith("#") else "",
        way=cast(Way, reader.choice(values.get("way"), get_args(Way), "way")),
        key=reader.texts(values.get("key"), "key"),
        columns=columns,
        rows=cast(Amount, reader.choice(values.get("rows", "many"), get_args(Amount), "rows")),
        bounds=cast(Bounds, reader.choice(values.get("bounds", "rows"), get_args(Bounds), "bounds")),
        listed=reader.flag(values.get("listed", True), "listed"),
        custom=reader.flag(values.get("custom", False), "custom"),
        feature=reader.text(values.get("feature"), "feature"),
        record=reader.text(values.get("record"), "record"),
        parent=reader.parent(values.get("parent")),
        changed=reader.changed(values.get("changed", {})),
        deleted=reader.deleted(values.get("deleted", {})),
        silent=reader.silent(values.get("silent")),
        proof=reader.texts(values.get("proof", []), "proof"),
    )
    reader.check(table)
    return table


class _Reader:
    """Reads the facts of one file and names the file and the fact in every error."""

    def __init__(self, name: str) -> None:
        self._name = name

    def wrong(self, place: str, rule: str) -> ConfigError:
        return ConfigError(f"{self._name}.toml: {place} {rule}", record=f"{self._name}.toml: {place}")

    def only(self, values: dict[str, object], known: set[str], place: str) -> None:
        for key in values:
            if key not in known:
                near = nearest(key, known)
                raise self.wrong(place + key, f"is unknown{f'; did you mean {near[0]}?' if near else ''}")

    def table(self, value: object, place: str) -> dict[str, object]:
        if not isinstance(value, dict) or not value:
            raise self.wrong(place, "must be a table with entries")
        return cast(dict[str, object], value)

    def text(self, value: object, place: str) -> str | None:
        if value is None or isinstance(value, str):
            return value
        raise self.wrong(place, "must be a text")

    def name(self, values: dict[str, object], key: str, place: str) -> str:
        value = values.get(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(f"{place}.{key}", "must be a name")
        return value

    def flag(self, value: object, place: str) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(place, "must be true or false")
        return value

    def texts(self, value: object, place: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.wrong(place, "must be a list of texts")
        entries = cast(list[object], value)
        if not all(isinstance(entry, str) for entry in entries):
            raise self.wrong(place, "must be a list of texts")
        return tuple(cast(list[str], entries))

    def choice(self, value: object, allowed: tuple[str, ...], place: str) -> str:
        if value not in allowed:
            raise self.wrong(place, f"must be one of {', '.join(allowed)}; it is {value!r}")
        return cast(str, value)

    def column(self, name: str, value: object) -> Column:
        place = f"columns.{name}"
        facts: dict[str, object] = {"type": value} if isinstance(value, str) else self.table(value, place)
        self.only(facts, _COLUMN_FACTS, f"{place}.")
        kind = self.name(facts, "type", place)
        to = kind.removeprefix("->").strip() if kind.startswith("->") else None
        if to is None and kind not in TYPES:
            raise self.wrong(f"{place}.type", f"{kind!r} is no type; known: {', '.join(TYPES)}")
        factor = facts.get("factor", 1)
        if factor not in (1, -1):
            raise self.wrong(f"{place}.factor", "must be 1 or -1")
        return Column(
            name=name,
            type=TYPES["integer" if to is not None else kind],
            to=to,
            feature=self.text(facts.get("feature"), f"{place}.feature"),
            permission=self.text(facts.get("permission"), f"{place}.permission"),
            rest=self.text(facts.get("rest"), f"{place}.rest"),
            factor=cast(int, factor),
            fivetran=self.text(facts.get("fivetran"), f"{place}.fivetran"),
        )

    def parent(self, value: object) -> Parent | None:
        if value is None:
            return None
        facts = self.table(value, "parent")
        self.only(facts, {"table", "column", "of"}, "parent.")
        return Parent(*(self.name(facts, key, "parent") for key in ("table", "column", "of")))

    def changed(self, value: object) -> Changed:
        if value == {}:
            return Changed()
        facts = self.table(value, "changed")
        self.only(facts, {"by", "with_parent", "with_tables"}, "changed.")
        return Changed(
            by=self.text(facts.get("by"), "changed.by"),
            with_parent=self.flag(facts.get("with_parent", False), "changed.with_parent"),
            with_tables=self.texts(facts.get("with_tables", []), "changed.with_tables"),
        )

    def deleted(self, value: object) -> Deleted:
        if value == {}:
            return Deleted()
        facts = self.table(value, "deleted")
        self.only(facts, {"records", "with_parent", "absent", "never"}, "deleted.")
        return Deleted(
            records=self.texts(facts.get("records", []), "deleted.records"),
            with_parent=self.flag(facts.get("with_parent", False), "deleted.with_parent"),
            absent=self.flag(facts.get("absent", False), "deleted.absent"),
            never=self.flag(facts.get("never", False), "deleted.never"),
        )

    def silent(self, value: object) -> Silent | None:
        if value is None:
            return None
        facts = self.table(value, "silent")
        self.only(facts, {"columns", "betrayed_by"}, "silent.")
        return Silent(self.texts(facts.get("columns"), "silent.columns"), self.name(facts, "betrayed_by", "silent"))

    def check(self, table: Table) -> None:
        if not table.key:
            raise self.wrong("key", "must name at least one column")
        places = [("key", table.key), ("proof", table.proof)]
        if table.silent is not None:
            places.append(("silent.columns", table.silent.columns))
        if table.changed.by is not None:
            places.append(("changed.by", (table.changed.by,)))
        if table.parent is not None:
            places.append(("parent.column", (table.parent.column,)))
        for place, columns in places:
            for column in columns:
                if table.column(column) is None:
                    raise self.wrong(place, f"names {column!r}, which is no column of the file")
        if table.way == "dated" and table.changed.by is None:
            raise self.wrong("changed.by", "must name the date of a dated table")
        if table.way in ("set", "open-periods") and table.parent is None:
            raise self.wrong("parent", f"must be there for a table of the way {table.way!r}")
