"""Turns rows of SuiteQL's strings into Arrow record batches with real types."""

# pyarrow brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from suitebridge.errors import UsageError
from suitebridge.netsuite.values import misfit

DECIMAL = pa.decimal128(38, 12)


def schema_of(selected: Sequence[str | None] | None, types: Mapping[str, Any]) -> pa.Schema:
    """The schema for these selected columns; types are Python or Arrow types by column name, text where none is given.

    Decimal becomes decimal128(38, 12), datetime a timestamp of microseconds in UTC; an Arrow timestamp
    without zone keeps the company's wall clock. Raises UsageError where a column has no name, or a type is
    given for one that is not selected.
    """
    if selected is None or None in selected:
        raise UsageError(
            "Arrow batches need a name for each column.",
            remedy="Name the columns instead of *, and give each expression an alias.",
        )
    names = cast("Sequence[str]", selected)
    folded = {name.lower(): kind for name, kind in types.items()}
    if strangers := sorted(set(folded) - set(names)):
        raise UsageError(f"A type was given for {', '.join(strangers)}, which the query does not select.")
    return pa.schema([pa.field(name, _arrow_type(folded.get(name, str), name)) for name in names])


def has_moments(schema: pa.Schema) -> bool:
    """Whether a column of the schema holds instants, for which the company's zone must be known."""
    return any(pa.types.is_timestamp(field.type) and field.type.tz is not None for field in schema)


def batch_of(rows: Sequence[Mapping[str, object]], schema: pa.Schema, zone: tzinfo | None = None) -> pa.RecordBatch:
    """One batch;

    ``zone`` is the company's. Raises AnswerError that names column and value where a text does not fit.
    """
    arrays = [_column([row.get(field.name) for row in rows], field, zone) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _arrow_type(kind: Any, name: str) -> pa.DataType:
    if isinstance(kind, pa.DataType):
        return kind
    known: dict[Any, pa.DataType] = {
        str: pa.string(),
        int: pa.int64(),
        float: pa.float64(),
        bool: pa.bool_(),
        Decimal: DECIMAL,
        date: pa.date32(),
        datetime: pa.timestamp("us", tz="UTC"),
    }
    if kind not in known:
        raise UsageError(f"The column {name} cannot become a {kind!r}.")
    return known[kind]


def _column(values: list[object], field: Any, zone: tzinfo | None) -> Any:
    texts = _texts(values)
    if pa.types.is_string(field.type):
        return texts
    if pa.types.is_boolean(field.type):
        return _flags(texts, field)
    try:
        if pa.types.is_timestamp(field.type) and field.type.tz is not None:
            walls = pc.cast(texts, pa.timestamp(field.type.unit))
            # The hour that comes twice in autumn cannot be told apart; its first passage is taken.
            moments = pc.assume_timezone(walls, str(zone or UTC), ambiguous="earliest", nonexistent="earliest")
            return pc.cast(moments, field.type)
        return pc.cast(texts, field.type)
    except pa.ArrowInvalid as error:
        raise misfit(field.name, _first_misfit(values, field.type), str(field.type)) from error


def _texts(values: list[object]) -> Any:
    try:
        return pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([None if value is None else str(value) for value in values], pa.string())


def _flags(texts: Any, field: Any) -> Any:
    known = pc.is_in(texts, value_set=pa.array(["T", "F", None], pa.string()))
    if not pc.all(known).as_py() and len(texts):
        wrong = next(value for value in texts.to_pylist() if value not in ("T", "F", None))
        raise misfit(field.name, wrong, "bool")
    return pc.equal(texts, "T")


def _first_misfit(values: Sequence[object], kind: Any) -> object:
    for value in values:
        if value is None:
            continue
        try:
            pc.cast(pa.array([str(value)]), pa.timestamp("us") if pa.types.is_timestamp(kind) else kind)
        except pa.ArrowInvalid:
            return value
    return None
