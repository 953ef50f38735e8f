"""Turns one page of SuiteQL rows, as it came over the wire, into an Arrow batch with real types.

Oracle help: "Executing SuiteQL queries through REST web services": every value is a text, a null column is left out of
its row, and the keys of a row are in no order of ours.
"""

# pyarrow brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportUnknownLambdaType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from suitebridge.netsuite.errors import AnswerError
from suitebridge.netsuite.tables import TEXT, Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Callable

Key = tuple[int | str, ...]
Batch: TypeAlias = Any
"""A pyarrow.RecordBatch; pyarrow brings no types of its own."""
Texts = Sequence[str | None]

_ARROW: Final = {
    "integer": pa.int64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}


class MisfitError(AnswerError):
    """A value does not fit its column's type; ``record`` names table and key, ``column`` the column."""

    column: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the result.

    Attributes:
        column: the SuiteQL column.
        wire: the name under which it comes, in lower case.
        name: its name in the batch.
        hashed: replaced by the SHA-256 of its text, in hex.
        as_text: kept as the text that came, whatever its type.
    """

    column: Column
    wire: str
    name: str
    hashed: bool = False
    as_text: bool = False

    @property
    def type(self) -> ColumnType:
        """Its type in the batch."""
        return TEXT if self.hashed or self.as_text else self.column.type


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows, whether more follow, and the key of its last row (None where it has no rows)."""

    batch: Batch
    has_more: bool
    last_key: Key | None

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return cast(int, self.batch.num_rows)


def arrow_type(kind: ColumnType) -> pa.DataType:
    """The Arrow type of a column type; date-times are microseconds of UTC."""
    return pa.decimal128(kind.precision, kind.scale) if kind.is_decimal else _ARROW[kind.name]


class PageReader:
    """Reads the pages of one query. Made once for a table, then called for each page.

    Args:
        table: named in errors.
        key: names of the key's columns; they must be among the fields.
        fields: the columns of the batch, in their order.
        zone: IANA name of the zone whose wall clock date-times show.
    """

    def __init__(self, table: str, key: Sequence[str], fields: Sequence[Field], zone: str) -> None:
        self._table = table
        self._fields = tuple(fields)
        by_column = {field.column.name: index for index, field in enumerate(fields)}
        self._key = tuple(by_column[name] for name in key)
        self.schema = pa.schema([pa.field(field.name, arrow_type(field.type)) for field in fields])
        self._converters = [_converter(field, zone) for field in fields]
        self._wire = {field.wire: index for index, field in enumerate(fields)}
        self._decode = _decoder([field.wire for field in fields])

    def read(self, items: bytes | msgspec.Raw, has_more: bool) -> Page:
        """The page of one answer.

        Args:
            items: the JSON array of its rows.
            has_more: whether more rows follow it.

        Raises:
            MisfitError: a value does not fit, or the key is empty or not unique.
            AnswerError: the items are no rows of SuiteQL.
        """
        texts, count = self._columns(items)
        arrays: list[pa.Array] = []
        for index, convert in enumerate(self._converters):
            if texts[index].count(None) == count:
                # Most columns of a wide table are empty in most pages.
                arrays.append(pa.nulls(count, self.schema.field(index).type))
                continue
            try:
                arrays.append(convert(texts[index]))
            except (pa.ArrowInvalid, KeyError):
                raise self._misfit(index, texts) from None
        if count == 0:
            return Page(pa.RecordBatch.from_arrays(arrays, schema=self.schema), has_more, None)
        self._check_key(texts, arrays)
        batch = pa.RecordBatch.from_arrays(arrays, schema=self.schema)
        return Page(batch, has_more, self._key_at(texts, count - 1))

    def _columns(self, items: bytes | msgspec.Raw) -> tuple[list[Texts], int]:
        try:
            rows = self._decode(items)
        except msgspec.ValidationError:
            return self._columns_in_any_case(items)
        except msgspec.DecodeError as error:
            raise AnswerError(f"NetSuite's answer is no JSON: {error}", record=self._table, retryable=True) from error
        if not rows:
            return [[] for _ in self._fields], 0
        # Each row is one struct whose first member is the links.
        columns = list(zip(*map(msgspec.structs.astuple, rows), strict=True))
        return cast(list[Texts], columns[1:]), len(rows)

    def _columns_in_any_case(self, items: bytes | msgspec.Raw) -> tuple[list[Texts], int]:
        rows = msgspec.json.decode(items)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in cast(list[object], rows)):
            raise AnswerError("NetSuite's answer is no page of rows", record=self._table)
        found = cast(list[dict[str, object]], rows)
        columns: list[list[str | None]] = [[None] * len(found) for _ in self._fields]
        for position, row in enumerate(found):
            for name, value in row.items():
                index = self._wire.get(name.lower())
                if index is not None:
                    columns[index][position] = value if value is None or isinstance(value, str) else _as_text(value)
        return cast(list[Texts], columns), len(found)

    def _check_key(self, texts: list[Texts], arrays: list[pa.Array]) -> None:
        for index in self._key:
            if arrays[index].null_count:
                row = list(texts[index]).index(None)
                raise self._key_error(index, f"the key {self._fields[index].column.name} is empty in row {row + 1}")
        if len(self._key) == 1 and self._fields[self._key[0]].type.name == "integer":
            keys = arrays[self._key[0]]
            if not pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1))).as_py() and len(keys) > 1:
                raise self._key_error(self._key[0], "keys do not rise from row to row: not unique, or not in order")

    def _key_error(self, index: int, text: str) -> MisfitError:
        error = MisfitError(f"{self._table}: {text}", record=self._table)
        error.column = self._fields[index].column.name
        return error

    def _key_at(self, texts: list[Texts], row: int) -> Key:
        key: list[int | str] = []
        for index in self._key:
            text = texts[index][row] or ""
            key.append(int(text) if self._fields[index].column.type.name == "integer" else text)
        return tuple(key)

    def _misfit(self, index: int, texts: list[Texts]) -> MisfitError:
        field = self._fields[index]
        convert = self._converters[index]
        for row, text in enumerate(texts[index]):
            try:
                convert([text])
            except (pa.ArrowInvalid, KeyError):
                key = ", ".join(f"{self._fields[at].column.name} {texts[at][row]}" for at in self._key)
                error = MisfitError(
                    f"{self._table}.{field.column.name} of {key}: {text!r} is no {_type_in_words(field.type)}",
                    record=f"{self._table} {key}",
                    remedy=f"leave the column out with --exclude {self._table}.{field.column.name}",
                )
                error.column = field.column.name
                return error
        return self._key_error(index, f"the values of {field.column.name} cannot be read")


def _decoder(wire: Sequence[str]) -> Callable[[bytes | msgspec.Raw], list[msgspec.Struct]]:
    fields: list[Any] = [("links", list, msgspec.UNSET)]
    fields += [(f"c{index}", str | None, None) for index in range(len(wire))]
    # Unknown names are refused so that a name in other case is never taken for a null.
    row = msgspec.defstruct(
        "Row",
        fields,
        rename={f"c{index}": name for index, name in enumerate(wire)},
        forbid_unknown_fields=True,
        gc=False,
    )
    rows: Any = list[row]
    return msgspec.json.Decoder(rows).decode


def _converter(field: Field, zone: str) -> Callable[[Texts], pa.Array]:
    if field.hashed:
        return _hashed
    kind = field.type
    target = arrow_type(kind)
    if kind.name == "text":
        return lambda texts: pa.array(texts, target)
    if kind.name == "boolean":
        return _flags
    if kind.name == "datetime":
        return lambda texts: _instants(_filled(texts), zone)
    return lambda texts: _filled(texts).cast(target)


def _flags(texts: Texts) -> pa.Array:
    words = _filled(texts)
    true = pc.equal(words, "T")
    if not pc.all(pc.or_(true, pc.equal(words, "F")), min_count=0).as_py():
        raise pa.ArrowInvalid("neither T nor F")
    return true


def _filled(texts: Texts) -> pa.Array:
    # NetSuite does not tell an empty text from null, and no other type has an empty text.
    return pa.array([text or None for text in texts] if "" in texts else texts, pa.string())


def _instants(texts: pa.Array, zone: str) -> pa.Array:
    wall = texts.cast(pa.timestamp("us"))
    # An hour that exists twice in autumn is taken as the first, one that never existed in spring as the next that did.
    local = pc.assume_timezone(wall, zone, ambiguous="earliest", nonexistent="latest")
    return local.cast(pa.timestamp("us", tz="UTC"))


def _hashed(texts: Texts) -> pa.Array:
    return pa.array(
        [None if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts], pa.string()
    )


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "T" if value else "F"
    return str(value) if isinstance(value, int | float) else msgspec.json.encode(value).decode()


def _type_in_words(kind: ColumnType) -> str:
    if kind.is_decimal:
        return f"{kind.name} (a number of {kind.precision - kind.scale} digits and {kind.scale} decimals)"
    words = {"integer": "whole number", "boolean": "T or F", "date": "date", "datetime": "date-time", "text": "text"}
    return words[kind.name]
