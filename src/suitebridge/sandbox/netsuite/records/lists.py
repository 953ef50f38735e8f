"""Lists, accounts and custom records: what is worked out for them, and the sublists they have."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.definitions import Family
from suitebridge.sandbox.netsuite.records.errors import missing_values, user_detail
from suitebridge.sandbox.netsuite.records.hierarchy import SEPARATOR, check_parent, full_name, rename_below
from suitebridge.sandbox.netsuite.records.rowvalues import columns
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.sublists import merge
from suitebridge.sandbox.netsuite.records.subrecords import write_address
from suitebridge.sandbox.netsuite.records.validation import Parsed, cleared, missing, missing_in_lines
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

_UNIQUE_BY_NAME = frozenset({"department", "classification", "location", "currency", "term", "pricelevel"})


def prepare(work: Work, bound: BoundType, parsed: Parsed, row: Row, current: Row | None) -> None:
    """Completes the columns of a list's record and collects the faults of the type."""
    labels = missing(bound.fields, parsed, work.caller) if current is None else cleared(bound.fields, parsed)
    if labels:
        work.faults.append(missing_values(labels))
        return
    if bound.name == "account":
        _account(work, bound, parsed, row, current)
    elif bound.table.column("fullname") is not None:
        _segment(work, bound, row, current)
    if current is None and bound.family is Family.CUSTOM and bound.table.column("owner") is not None:
        row.setdefault("owner", work.user())
        row["lastmodifiedby"] = work.user()
    if bound.table.name in _UNIQUE_BY_NAME:
        _unique(work, bound, row, current)
    if "uom" in parsed.sublists:
        _check_units(work, bound, parsed, current)


def _check_units(work: Work, bound: BoundType, parsed: Parsed, current: Row | None) -> None:
    sublist = bound.sublists["uom"]
    owner = None if current is None else current["id"]
    stored = {
        each["internalid"] for each in work.rows("SELECT internalid FROM unitstypeuom WHERE unitstype = ?", owner)
    }
    lines = parsed.sublists["uom"] or []
    new = [line for line in lines if line.body.get("internalid") not in stored]
    work.faults.extend(missing_in_lines(sublist, new, work.caller))
    for line in lines:
        if line not in new and (labels := cleared(sublist.fields, line.body)):
            work.faults.append(missing_values(labels, line.path))


def _segment(work: Work, bound: BoundType, row: Row, current: Row | None) -> None:
    before = current or {}
    if current is not None and not {"name", "parent"}.intersection(row):
        return
    parent = row.get("parent", before.get("parent"))
    if isinstance(before.get("id"), int):
        check_parent(work, bound, int(str(before["id"])), parent)
    row["fullname"] = full_name(work, bound, row.get("name", before.get("name")), parent)


def _account(work: Work, bound: BoundType, parsed: Parsed, row: Row, current: Row | None) -> None:
    before = current or {}
    if current is not None and not (parsed.sent("acctname") or {"acctnumber", "parent"}.intersection(row)):
        return
    name = parsed.get("acctname") or str(before.get("fullname", "")).rsplit(SEPARATOR, 1)[-1]
    number = row.get("acctnumber", before.get("acctnumber"))
    parent = row.get("parent", before.get("parent"))
    if isinstance(before.get("id"), int):
        check_parent(work, bound, int(str(before["id"])), parent)
    shown = f"{number} {name}" if number else str(name)
    above = work.value("SELECT displaynamewithhierarchy FROM account WHERE id = ?", parent)
    row["fullname"] = full_name(work, bound, name, parent)
    row["accountsearchdisplayname"] = row["accountsearchdisplaynamecopy"] = shown
    row["displaynamewithhierarchy"] = f"{above}{SEPARATOR}{shown}" if above else shown
    if number is None or number == before.get("acctnumber"):
        return
    if work.value("SELECT id FROM account WHERE acctnumber = ? LIMIT 1", number) is not None:
        work.faults.append(user_detail("The account number you have chosen is already used.", "acctNumber"))


def _unique(work: Work, bound: BoundType, row: Row, current: Row | None) -> None:
    column = "fullname" if bound.table.column("fullname") is not None else "name"
    wanted: Stored = row.get(column)
    if wanted is None or (current is not None and current.get(column) == wanted):
        return
    if work.value(f"SELECT id FROM {bound.table.name} WHERE {column} = ? LIMIT 1", wanted) is not None:
        work.faults.append(user_detail("A record with the same name already exists.", "name"))


def finish(work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None) -> bool:
    """Writes what stands beside the row; says whether anything of it changed."""
    if current is not None and "fullname" in row and row["fullname"] != current.get("fullname"):
        by_name = "name" if bound.table.column("name") is not None else None
        rename_below(work, bound, internal_id, str(row["fullname"]), by_name)
    moved = False
    for low, inside in parsed.subrecords.items():
        subrecord = bound.subrecords[low]
        column = subrecord.definition.column
        nkey = (current or {}).get(column)
        if inside is None:
            if nkey is not None:
                work.tx.update(bound.table.name, (internal_id,), {column: None})
                work.tx.delete(subrecord.table, (nkey,))
                moved = True
        else:
            number, written = write_address(work, subrecord, inside, nkey, internal_id)
            if nkey is None:
                work.tx.update(bound.table.name, (internal_id,), {column: number})
            moved = moved or written
    return _units(work, bound, internal_id, parsed) or moved


def _units(work: Work, bound: BoundType, internal_id: int, parsed: Parsed) -> bool:
    if "uom" not in parsed.sublists:
        return False
    sublist = bound.sublists["uom"]
    stored = [
        (each["internalid"],)
        for each in work.rows("SELECT internalid FROM unitstypeuom WHERE unitstype = ?", internal_id)
    ]
    plan = merge(parsed.sublists["uom"], stored, sublist.definition.key, "uom" in work.options.replace)
    for key in plan.removed:
        work.tx.delete("unitstypeuom", key)
    for line, key in plan.lines:
        sent = columns(sublist.fields, line.body.values)
        if "baseunit" in sent:
            sent["baseunit"] = sent["baseunit"] or "F"
        if key is not None:
            work.tx.update("unitstypeuom", key, sent)
        else:
            number = work.tx.next_id("unitstypeuom")
            work.tx.insert("unitstypeuom", {"internalid": number, "unitstype": internal_id, "baseunit": "F", **sent})
    return bool(plan.lines or plan.removed)
