"""Customers, vendors, employees, contacts, partners, projects: names, subsidiaries, addresses (section_N3680777)."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.rowvalues import changed
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.sublists import Key, merge
from suitebridge.sandbox.netsuite.records.subrecords import write_address
from suitebridge.sandbox.netsuite.records.validation import Parsed, cleared, missing
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

RELATIONSHIPS = {
    "customer": "customersubsidiaryrelationship",
    "vendor": "vendorsubsidiaryrelationship",
}
BOOKS = {"customer": "customeraddressbook", "vendor": "vendoraddressbook"}
DUPLICATE = "This entity already exists."

_COMPANIES = frozenset({"customer", "vendor", "partner"})
_NAMING = frozenset({"entityid", "isperson", "companyname", "firstname", "middlename", "lastname"})


def prepare(work: Work, bound: BoundType, parsed: Parsed, row: Row, current: Row | None) -> None:
    """Completes the columns of an entity and collects the faults of the type."""
    table = bound.table.name
    if current is None:
        _require(work, bound, parsed, row)
        _default_currency(work, bound, parsed, row)
        if table == "customer":
            _default_status(work, row)
    whole = {**(current or {}), **row}
    if current is not None:
        _keep_required(work, bound, parsed, row)
    _names(bound, parsed, row, whole, current)
    _unique_name(work, row, current)
    if table == "customer" and "entitystatus" in row:
        _stage(work, row)
    if table == "job" and "parent" in row:
        row["customer"] = row["parent"]
    if current is not None:
        _keep_currency(work, table, row, current)


def _keep_required(work: Work, bound: BoundType, parsed: Parsed, row: Row) -> None:
    labels = [_title(bound, "entityId")] if "entityid" in row and row["entityid"] is None else []
    labels.extend(cleared(bound.fields, parsed))
    if labels:
        work.faults.append(missing_values(labels))


def _title(bound: BoundType, name: str) -> str:
    found = bound.find(name)
    return found.field.title if found is not None else name


def _require(work: Work, bound: BoundType, parsed: Parsed, row: Row) -> None:
    table = bound.table.name
    labels: list[str] = []
    if table in _COMPANIES:
        row.setdefault("isperson", "T" if not row.get("companyname") and row.get("lastname") else "F")
        row["isperson"] = row["isperson"] or "F"
        wanted = ("firstName", "lastName") if row["isperson"] == "T" else ("companyName",)
        labels = [_title(bound, name) for name in wanted if not row.get(name.lower())]
    elif table in ("employee", "contact") and not (row.get("lastname") or row.get("entityid")):
        labels = [_title(bound, "firstName"), _title(bound, "lastName")]
    if parsed.get("autoname") == "F" and not row.get("entityid"):
        labels.append(_title(bound, "entityId"))
    labels.extend(missing(bound.fields, parsed, work.caller))
    if labels:
        work.faults.append(missing_values(labels))


def _default_currency(work: Work, bound: BoundType, parsed: Parsed, row: Row) -> None:
    if bound.table.column("currency") is None or row.get("currency") is not None:
        return
    subsidiary = parsed.get("subsidiary")
    row["currency"] = work.value("SELECT currency FROM subsidiary WHERE id = ?", subsidiary) or work.value(
        "SELECT id FROM currency WHERE isbasecurrency = 'T' ORDER BY id LIMIT 1"
    )


def _default_status(work: Work, row: Row) -> None:
    if row.get("entitystatus") is None:
        row["entitystatus"] = work.value(
            "SELECT key FROM entitystatus WHERE entitytype = 'Customer' AND COALESCE(inactive, 'F') = 'F'"
            " ORDER BY probability DESC, key LIMIT 1"
        )
    row["searchstage"] = "Customer"


def _stage(work: Work, row: Row) -> None:
    stage = work.value("SELECT entitytype FROM entitystatus WHERE key = ?", row["entitystatus"])
    row["searchstage"] = stage or "Customer"


def display_name(whole: Mapping[str, Stored]) -> str | None:
    """What an entity is called where it has no id of its own choosing."""
    if whole.get("companyname") and whole.get("isperson") != "T":
        return str(whole["companyname"])
    parts = [str(whole[name]) for name in ("firstname", "middlename", "lastname") if whole.get(name)]
    return " ".join(parts) or (str(whole["companyname"]) if whole.get("companyname") else None)


def _names(bound: BoundType, parsed: Parsed, row: Row, whole: Row, current: Row | None) -> None:
    name = display_name(whole)
    if current is not None and all(row.get(each, current.get(each)) == current.get(each) for each in _NAMING):
        return
    if current is None and not row.get("entityid"):
        row["entityid"] = whole["entityid"] = name
    if bound.table.column("altname") is not None and name is not None and name != whole.get("altname"):
        row["altname"] = name
    if bound.table.column("entitytitle") is not None and whole.get("entityid"):
        title = str(whole["entityid"])
        if bound.table.name in ("customer", "vendor") and name is not None and name != title:
            title = f"{title} {name}"
        if title != whole.get("entitytitle"):
            row["entitytitle"] = title
    if bound.table.name == "partner" and current is None and not row.get("partnercode"):
        row["partnercode"] = str(row.get("entityid") or "")[:15] or None


def _unique_name(work: Work, row: Row, current: Row | None) -> None:
    wanted = row.get("entityid")
    if wanted is None or work.quirks["duplicate-name"] == "accept":
        return
    if current is not None and current.get("entityid") == wanted:
        return
    if work.value("SELECT id FROM entity WHERE entityid = ? LIMIT 1", wanted) is not None:
        work.faults.append(user_detail(DUPLICATE, "entityId"))


def _keep_currency(work: Work, table: str, row: Row, current: Row) -> None:
    if "currency" not in row or row["currency"] == current.get("currency") or table not in RELATIONSHIPS:
        return
    used = work.value('SELECT 1 FROM "transaction" WHERE entity = ? LIMIT 1', current["id"])
    if used is not None or row["currency"] is None:
        work.faults.append(invalid_value(row["currency"], "currency", "currency"))


def finish(work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None) -> bool:
    """Writes what stands beside the entity's row; says whether anything of it changed."""
    moved = _relationship(work, bound, internal_id, parsed, row, current)
    return _address_book(work, bound, internal_id, parsed, row, current) or moved


def _relationship(
    work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None
) -> bool:
    table = RELATIONSHIPS.get(bound.table.name)
    subsidiary = parsed.get("subsidiary")
    if table is None or subsidiary is None or not work.has_table(table):
        return False
    found = work.rows(f"SELECT id, subsidiary, isprimarysub FROM {table} WHERE entity = ?", internal_id)
    if any(each["subsidiary"] == subsidiary and each["isprimarysub"] == "T" for each in found):
        return False
    for each in found:
        if each["isprimarysub"] == "T":
            work.tx.update(table, (each["id"],), {"isprimarysub": "F", "lastmodifieddate": work.now})
    own = next((each for each in found if each["subsidiary"] == subsidiary), None)
    if own is not None:
        work.tx.update(table, (own["id"],), {"isprimarysub": "T", "lastmodifieddate": work.now})
        return True
    name = work.value("SELECT name FROM subsidiary WHERE id = ?", subsidiary)
    whole = {**(current or {}), **row}
    amounts = ("balance", "depositbalance", "unbilledorders") if bound.table.name == "customer" else ("balance",)
    work.tx.insert(
        table,
        {
            "id": work.tx.next_id(table),
            "name": f"{whole.get('entitytitle')} : {name}",
            "entity": internal_id,
            "subsidiary": subsidiary,
            "isprimarysub": "T",
            "primarycurrency": whole.get("currency"),
            **dict.fromkeys(amounts, 0),
            "lastmodifieddate": work.now,
        },
    )
    return True


def _address_book(
    work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None
) -> bool:
    table = BOOKS.get(bound.table.name)
    if table is None or "addressbook" not in parsed.sublists:
        return False
    sublist = bound.sublists["addressbook"]
    subrecord = sublist.subrecords[0]
    stored: dict[Key, Row] = {
        (each["internalid"],): each
        for each in work.rows(f"SELECT * FROM {table} WHERE entity = ? ORDER BY internalid", internal_id)
    }
    plan = merge(
        parsed.sublists["addressbook"], list(stored), sublist.definition.key, "addressbook" in work.options.replace
    )
    for key in plan.removed:
        work.tx.delete(table, key)
        work.tx.delete("entityaddress", (stored[key]["addressbookaddress"],))
        del stored[key]
    name = display_name({**(current or {}), **row})
    moved = bool(plan.removed)
    for line, key in plan.lines:
        old = stored.get(key) if key is not None else None
        nkey = old["addressbookaddress"] if old is not None else None
        inside = line.body.subrecords.get("addressbookaddress")
        if inside is not None or nkey is None:
            nkey, written = write_address(work, subrecord, inside or Parsed(), nkey, internal_id, name)
            moved = moved or written
        sent: Row = {
            column: line.body.values[column] or "F"
            for column in ("defaultbilling", "defaultshipping", "isresidential")
            if column in line.body.values
        }
        if "label" in line.body.values:
            sent["label"] = line.body.values["label"]
        if old is not None:
            difference = changed(sent, old)
            moved = moved or bool(difference)
            work.tx.update(table, (old["internalid"],), difference)
            old.update(difference)
        else:
            number = work.tx.next_id(table)
            whole: Row = {
                "internalid": number,
                "entity": internal_id,
                "addressbookaddress": nkey,
                "defaultbilling": "F",
                "defaultshipping": "F",
                "isresidential": "F",
                "label": work.value("SELECT addr1 FROM entityaddress WHERE nkey = ?", nkey),
                **sent,
            }
            work.tx.insert(table, whole)
            stored[(number,)] = old = whole
            moved = True
        for flag in ("defaultbilling", "defaultshipping"):
            if sent.get(flag) == "T":
                _only_default(work, table, stored, old, flag)
    _set_defaults(work, bound, internal_id, stored)
    return moved


def _only_default(work: Work, table: str, stored: Mapping[Key, Row], chosen: Row, flag: str) -> None:
    for each in stored.values():
        if each is not chosen and each[flag] == "T":
            each[flag] = "F"
            work.tx.update(table, (each["internalid"],), {flag: "F"})


def _set_defaults(work: Work, bound: BoundType, internal_id: int, stored: Mapping[Key, Row]) -> None:
    def default(flag: str) -> Stored:
        return next((each["addressbookaddress"] for each in stored.values() if each[flag] == "T"), None)

    work.tx.update(
        bound.table.name,
        (internal_id,),
        {
            "defaultbillingaddress": default("defaultbilling"),
            "defaultshippingaddress": default("defaultshipping"),
        },
    )


def next_number(work: Work, bound: BoundType) -> int | None:
    """The running number of an entity among those of its kind."""
    if bound.table.column("entitynumber") is None:
        return None
    last = work.number(f"SELECT entitynumber FROM {bound.table.name} ORDER BY id DESC LIMIT 1")
    return (last or 0) + 1
