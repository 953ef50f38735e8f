"""Changing a document that is there: what says nothing about amounts can change, the rest stays as it was posted."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundSublist, BoundType, quoted
from suitebridge.sandbox.netsuite.records.definitions import Place
from suitebridge.sandbox.netsuite.records.documents import order_changes
from suitebridge.sandbox.netsuite.records.documents.numbering import named
from suitebridge.sandbox.netsuite.records.documents.periods import check_open
from suitebridge.sandbox.netsuite.records.errors import user_detail
from suitebridge.sandbox.netsuite.records.notes import note_changes
from suitebridge.sandbox.netsuite.records.rowvalues import changed, columns, extra
from suitebridge.sandbox.netsuite.records.validation import Line, Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

FIXED = "This field cannot be changed once the transaction is saved."
FIXED_LINES = "The lines of this transaction cannot be changed once it is saved."

_FIXED = frozenset(
    {"entity", "currency", "exchangerate", "trandate", "postingperiod", "approvalstatus", "subsidiary", "location"}
)
_DECIDED_ELSEWHERE = frozenset({"orderStatus"})
_OPEN_ON_LINES = frozenset({"memo", "department", "class"})
_IGNORED_ON_LINES = frozenset({"line", "orderline", "itemreceive", "apply"})


def update(work: Work, bound: BoundType, parsed: Parsed, current: Row) -> None:
    """Writes what the body changes. Faults for what cannot change; a closed period lets nothing change."""
    number = current["id"]
    assert isinstance(number, int)
    row = columns(bound.fields, parsed.values)
    if "tranid" in row:
        row.update(named(bound.definition.code, row["tranid"] or current["tranid"]))
    for each in bound.fields:
        if each.column in row and row[each.column] is None and each.field.default is not None:
            row[each.column] = each.field.default
    orders = order_changes.prepare(work, bound, parsed, current)
    _fixed_fields(work, bound, parsed, number)
    main = work.one('SELECT * FROM transactionline WHERE "transaction" = ? AND id = 0', number) or {}
    header_line = columns(bound.fields, parsed.values, Place.MAIN_LINE)
    lines = {} if orders is not None else _line_changes(work, bound, parsed, number)
    row["extra"] = extra(bound.fields, parsed.values, current["extra"])
    difference = changed(row, current)
    if "memo" in difference:
        header_line["memo"] = difference["memo"]
    moved = changed(header_line, main)
    if difference or moved or lines or orders is not None or work.faults:
        check_open(work, current)
    work.refuse()
    if difference:
        note_changes(work, bound, number, bound.fields, current, difference)
        work.tx.update(
            "transaction",
            (number,),
            {**difference, "lastmodifiedby": work.user(), "lastmodifieddate": work.now},
        )
    if moved:
        work.tx.update("transactionline", (number, 0), {**moved, "linelastmodifieddate": work.now})
    for line, changes in lines.items():
        work.tx.update("transactionline", (number, line), {**changes, "linelastmodifieddate": work.now})
    if orders is not None:
        order_changes.write(work, orders)


def _fixed_fields(work: Work, bound: BoundType, parsed: Parsed, number: int) -> None:
    """A fault for every field that was sent with another value than the stored one, and is not open to change."""
    sent = [
        each
        for each in bound.fields
        if each.name.lower() in parsed.values
        and not each.field.read_only
        and each.name not in _DECIDED_ELSEWHERE
        and (each.place is Place.COMPUTED or each.column in _FIXED)
    ]
    if not sent:
        return
    named_columns = ", ".join(f"{each.expression} AS c{place}" for place, each in enumerate(sent))
    stored = work.one(f"SELECT {named_columns} FROM {bound.source} WHERE t.id = ?", number) or {}
    for place, each in enumerate(sent):
        if parsed.values[each.name.lower()] != stored.get(f"c{place}"):
            work.faults.append(user_detail(FIXED, each.name))


def _line_changes(work: Work, bound: BoundType, parsed: Parsed, number: int) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for name, sent in parsed.sublists.items():
        sublist = bound.sublists[name]
        definition = sublist.definition
        if sent is None:
            work.faults.append(user_detail(FIXED_LINES, sublist.name))
            continue
        count = work.number(
            f"SELECT COUNT(*) FROM {quoted(sublist.table)} l WHERE l.{quoted(definition.parent)} = ?"
            f" AND ({definition.where or '1'})",
            number,
        )
        if name in work.options.replace and len(sent) != count:
            work.faults.append(user_detail(FIXED_LINES, sublist.name))
            continue
        for each in sent:
            key, changes = _changes(work, sublist, each, number)
            if key is not None and changes:
                found[key] = changes
    return found


def _changes(work: Work, sublist: BoundSublist, sent: Line, number: int) -> tuple[int | None, Row]:
    """The line that is meant and its new values; a fault for each value that cannot change."""
    definition = sublist.definition
    fields = [
        each
        for each in sublist.fields
        if each.name.lower() in sent.body.values
        and each.name.lower() not in _IGNORED_ON_LINES
        and each.place in (Place.ROW, Place.COMPUTED)
    ]
    key_field = sublist.by_name[definition.key[0].lower()] if definition.key else None
    key = sent.body.values.get(key_field.name.lower()) if key_field is not None else None
    if key_field is None or key is None:
        work.faults.append(user_detail(FIXED_LINES, sent.path))
        return None, {}
    named_columns = ", ".join(f"{each.expression} AS c{place}" for place, each in enumerate(fields)) or "1"
    stored = work.one(
        f"SELECT {named_columns} FROM {quoted(sublist.table)} l WHERE l.{quoted(definition.parent)} = ?"
        f" AND {key_field.expression} = ? AND ({definition.where or '1'})",
        number,
        key,
    )
    if stored is None:
        work.faults.append(user_detail(FIXED_LINES, sent.path))
        return None, {}
    result: Row = {}
    for place, each in enumerate(fields):
        value = sent.body.values[each.name.lower()]
        if value == stored[f"c{place}"]:
            continue
        own = sublist.table == "transactionline" and each.place is Place.ROW and each.column is not None
        if own and each.column is not None and (each.column in _OPEN_ON_LINES or each.column.startswith("custcol")):
            result[each.column] = value
        else:
            work.faults.append(user_detail(FIXED, f"{sent.path}.{each.name}"))
    return (key if isinstance(key, int) else None), result
