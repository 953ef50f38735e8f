"""Items: names, accounts, the subsidiaries that may use them, and their prices."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.errors import missing_values, user_detail
from suitebridge.sandbox.netsuite.records.hierarchy import check_parent, full_name, rename_below
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.sublists import Key, merge
from suitebridge.sandbox.netsuite.records.validation import Parsed, missing, missing_in_lines
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

DUPLICATE = "This entity already exists."

_STOCKED = frozenset({"InvtPart", "Assembly"})
_FULFILLABLE = frozenset({"InvtPart", "Assembly", "Kit"})


def prepare(work: Work, bound: BoundType, parsed: Parsed, row: Row, current: Row | None) -> None:
    """Completes the columns of an item and collects the faults of the type."""
    kind, _, subtype = bound.definition.code.partition("/")
    if current is None:
        labels = missing(bound.fields, parsed, work.caller)
        if labels:
            work.faults.append(missing_values(labels))
        row["itemtype"] = kind
        row["subtype"] = subtype or None
        _default_accounts(work, kind, subtype, row)
        if kind in _FULFILLABLE:
            row["isfulfillable"] = "T"
        if work.has_table("itemsubsidiarymap") and not row.get("subsidiary"):
            root = work.value("SELECT id FROM subsidiary WHERE parent IS NULL ORDER BY id LIMIT 1")
            row["subsidiary"] = None if root is None else str(root)
            row["includechildren"] = "T"
    elif "itemid" in row and row["itemid"] is None:
        work.faults.append(missing_values(["Item Name/Number"]))
    _name(work, bound, row, current)
    sublist = bound.sublists.get("price")
    if sublist is not None:
        lines = parsed.sublists.get("price") or ()
        base = work.value("SELECT id FROM currency WHERE isbasecurrency = 'T' ORDER BY id LIMIT 1")
        for line in lines:
            line.body.values.setdefault("currencypage", base)
            if line.body.values.get("quantity") is None:
                line.body.values["quantity"] = 0
        work.faults.extend(missing_in_lines(sublist, lines, work.caller))


def _default_accounts(work: Work, kind: str, subtype: str, row: Row) -> None:
    def first(accttype: str, special: str | None = None) -> Stored:
        usable = "isinactive = 'F' AND issummary = 'F'"
        if special is not None:
            found = work.value(f"SELECT id FROM account WHERE sspecacct = ? AND {usable} LIMIT 1", special)
            if found is not None:
                return found
        return work.value(
            f"SELECT id FROM account WHERE accttype = ? AND {usable} ORDER BY acctnumber, id LIMIT 1", accttype
        )

    if subtype != "Purchase" and kind not in ("Description", "Subtotal", "Payment") and not row.get("incomeaccount"):
        row["incomeaccount"] = first("Income")
    if kind in _STOCKED:
        if not row.get("expenseaccount"):
            row["expenseaccount"] = first("COGS", "COGS")
        if not row.get("assetaccount"):
            row["assetaccount"] = first("OthCurrAsset", "InvtAsset")
    elif subtype in ("Resale", "Purchase") and not row.get("expenseaccount"):
        row["expenseaccount"] = first("Expense")


def _name(work: Work, bound: BoundType, row: Row, current: Row | None) -> None:
    before = current or {}
    name = row.get("itemid", before.get("itemid"))
    parent = row.get("parent", before.get("parent"))
    if name is None:
        return
    if current is None or "itemid" in row or "parent" in row:
        if current is not None and isinstance(current["id"], int):
            check_parent(work, bound, current["id"], parent)
        row["fullname"] = full_name(work, bound, name, parent)
        if work.quirks["duplicate-name"] != "accept" and name != before.get("itemid"):
            same = work.value("SELECT id FROM item WHERE itemid = ? AND parent IS ? LIMIT 1", name, parent)
            if same is not None:
                work.faults.append(user_detail(DUPLICATE, "itemId"))


def finish(work: Work, bound: BoundType, internal_id: int, parsed: Parsed, row: Row, current: Row | None) -> bool:
    """Writes what stands beside the item's row; says whether anything of it changed."""
    if current is not None and "fullname" in row and row["fullname"] != current.get("fullname"):
        rename_below(work, bound, internal_id, str(row["fullname"]), "itemid")
    moved = False
    if work.has_table("itemsubsidiarymap") and (current is None or "subsidiary" in row or "includechildren" in row):
        whole = {**(current or {}), **row}
        moved = _map_subsidiaries(work, internal_id, whole.get("subsidiary"), whole.get("includechildren") == "T")
    return _prices(work, bound, internal_id, parsed) or moved


def _map_subsidiaries(work: Work, internal_id: int, listed: Stored, children: bool) -> bool:
    wanted = {int(part) for part in str(listed or "").split(",") if part.strip()}
    if children:
        waiting = list(wanted)
        while waiting:
            for each in work.rows("SELECT id FROM subsidiary WHERE parent = ?", waiting.pop()):
                number = each["id"]
                if isinstance(number, int) and number not in wanted:
                    wanted.add(number)
                    waiting.append(number)
    mapped = work.rows("SELECT subsidiary FROM itemsubsidiarymap WHERE item = ?", internal_id)
    have = {each["subsidiary"] for each in mapped}
    for gone in have - wanted:
        work.tx.delete("itemsubsidiarymap", (internal_id, gone))
    for new in sorted(wanted - have):  # pyright: ignore[reportArgumentType]
        work.tx.insert("itemsubsidiarymap", {"item": internal_id, "subsidiary": new})
    return have != wanted


def _prices(work: Work, bound: BoundType, internal_id: int, parsed: Parsed) -> bool:
    sublist = bound.sublists.get("price")
    if sublist is None or "price" not in parsed.sublists:
        return False
    stored: dict[Key, Row] = {
        (each["currency"], each["pricelevel"], each["quantity"] or 0): each
        for each in work.rows(
            "SELECT internalid, currency, pricelevel, quantity, unitprice FROM pricing WHERE item = ?", internal_id
        )
    }
    plan = merge(parsed.sublists["price"], list(stored), sublist.definition.key, "price" in work.options.replace)
    moved = bool(plan.removed)
    for key in plan.removed:
        work.tx.delete("pricing", (stored.pop(key)["internalid"],))
    for line, _ in plan.lines:
        values = line.body.values
        key = (values.get("currencypage"), values.get("pricelevel"), values.get("quantity") or 0)
        if key in stored:
            if "price" in values and values["price"] != stored[key]["unitprice"]:
                moved = True
                stored[key]["unitprice"] = values["price"]
                work.tx.update("pricing", (stored[key]["internalid"],), {"unitprice": values["price"]})
            continue
        moved = True
        number = work.tx.next_id("pricing")
        stored[key] = {"internalid": number, "unitprice": values.get("price")}
        work.tx.insert(
            "pricing",
            {
                "internalid": number,
                "item": internal_id,
                "currency": key[0],
                "pricelevel": key[1],
                "quantity": key[2],
                "unitprice": values.get("price"),
            },
        )
    if moved and work.has_table("itemprice"):
        _base_prices(work, internal_id)
    return moved


def _base_prices(work: Work, internal_id: int) -> None:
    """`itemprice` shows the prices in base currency."""
    work.tx.delete_where("itemprice", {"item": internal_id})
    prices = work.rows(
        "SELECT p.pricelevel, v.name, p.quantity, p.unitprice FROM pricing p"
        " JOIN currency c ON c.id = p.currency JOIN pricelevel v ON v.id = p.pricelevel"
        " WHERE p.item = ? AND c.isbasecurrency = 'T' ORDER BY p.pricelevel, p.quantity",
        internal_id,
    )
    for each in prices:
        work.tx.insert(
            "itemprice",
            {
                "internalid": work.tx.next_id("itemprice"),
                "item": internal_id,
                "pricelevel": each["pricelevel"],
                "pricelevelname": each["name"],
                "quantity": each["quantity"],
                "price": each["unitprice"],
                "isinactive": "F",
            },
        )
