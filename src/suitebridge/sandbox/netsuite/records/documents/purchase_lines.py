"""Lines of a purchase or vendor credit as a body has them: goods with quantity and rate, expenses with an account."""

from __future__ import annotations

from msgspec.structs import replace

from suitebridge.sandbox.netsuite.posting import Header, Line, Posted, StockMove
from suitebridge.sandbox.netsuite.posting.money import divide, extend, to_unit
from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents.chart import chosen
from suitebridge.sandbox.netsuite.records.documents.stock import TABLE, available
from suitebridge.sandbox.netsuite.records.errors import invalid_value, missing_values, user_detail
from suitebridge.sandbox.netsuite.records.order_draft import MANDATORY, MAX_AMOUNT, TOO_LARGE
from suitebridge.sandbox.netsuite.records.order_lines import ItemFacts, item_facts, taxes
from suitebridge.sandbox.netsuite.records.shapes import Stored
from suitebridge.sandbox.netsuite.records.validation import Line as SentLine
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work

GOODS_GONE = "These goods are no longer in stock at this value."
_EXPENSES = frozenset(
    {"Expense", "OthExpense", "COGS", "OthCurrAsset", "FixedAsset", "OthAsset", "DeferExpense", "OthCurrLiab"}
)


def purchase_lines(work: Work, bound: BoundType, parsed: Parsed, header: Header) -> tuple[Line, ...]:
    """The lines, amounts positive; faults for what is missing, wrong or not for this subsidiary."""
    sent = parsed.sublists.get("item") or []
    ids = sorted({number for each in sent if isinstance(number := each.body.get("item"), int)})
    facts = item_facts(work, ids, header.subsidiary if work.has_table("subsidiary") else None)
    codes = taxes(work, {code for each in sent if isinstance(code := each.body.get("taxcode"), int)}, {})
    sign = bound.sublists["item"].by_name["quantity"].field.sign
    lines: list[Line] = []
    for each in sent:
        item = each.body.get("item")
        found = facts.get(item) if isinstance(item, int) else None
        if found is None:
            if "item" not in each.body.refused:
                work.faults.append(missing_values(["Item"], each.path))
            continue
        if not found.allowed:
            work.faults.append(invalid_value(item, "item", f"{each.path}.item"))
        line = _goods(work, each, found, header, sign, len(lines) + 1)
        if line is not None:
            code = each.body.get("taxcode")
            lines.append(replace(line, tax=codes.get(code)) if isinstance(code, int) else line)
    for each in parsed.sublists.get("expense") or ():
        line = _expense(work, bound, each, header, len(lines) + 1)
        if line is not None:
            lines.append(line)
    if not lines and not work.faults:
        work.faults.append(user_detail(MANDATORY, "item"))
    if any(abs(line.amount) > MAX_AMOUNT for line in lines):
        work.faults.append(user_detail(TOO_LARGE, "item"))
    return tuple(lines)


def _goods(work: Work, sent: SentLine, found: ItemFacts, header: Header, sign: int, number: int) -> Line | None:
    body = sent.body
    quantity, rate, amount = body.get("quantity"), body.get("rate"), body.get("amount")
    if not isinstance(quantity, int):
        if "quantity" not in body.refused:
            work.faults.append(missing_values(["Quantity"], sent.path))
        return None
    quantity *= sign
    if quantity <= 0:
        work.faults.append(invalid_value(quantity / 10**5, "quantity", f"{sent.path}.quantity"))
        return None
    if isinstance(amount, int):
        amount = to_unit(amount * sign, header.unit)
        if not isinstance(rate, int):
            rate = divide(amount * 10**11, quantity) if amount >= 0 else 0
    else:
        if not isinstance(rate, int):
            rate = work.number("SELECT COALESCE(cost, lastpurchaseprice) FROM item WHERE id = ?", found.item.id)
        if rate is None:
            work.faults.append(missing_values(["Amount"], sent.path))
            return None
        amount = extend(quantity, rate, header.unit)
    if amount < 0:
        work.faults.append(invalid_value(amount / 100, "amount", f"{sent.path}.amount"))
        return None
    text = body.get("description") or found.description
    return Line(
        number,
        found.item,
        quantity=quantity,
        rate=rate,
        amount=amount,
        department=_int(body.get("department")),
        class_=_int(body.get("class")),
        location=_int(body.get("location")),
        memo=None if text is None else str(text),
        closed=body.get("isclosed") == "T",
    )


def _expense(work: Work, bound: BoundType, sent: SentLine, header: Header, number: int) -> Line | None:
    body = sent.body
    amount = body.get("amount")
    labels = [
        label
        for name, label in (("account", "Account"), ("amount", "Amount"))
        if not body.has(name) and name not in body.refused
    ]
    if labels:
        work.faults.append(missing_values(labels, sent.path))
    account = None
    if body.has("account"):
        account = chosen(work, body.get("account"), _EXPENSES, f"{sent.path}.account")
    if account is None or not isinstance(amount, int):
        return None
    amount = to_unit(amount * bound.sublists["expense"].by_name["amount"].field.sign, header.unit)
    if amount <= 0:
        work.faults.append(invalid_value(amount / 100, "amount", f"{sent.path}.amount"))
        return None
    memo = body.get("memo")
    return Line(
        number,
        None,
        "EXPENSE",
        account,
        amount=amount,
        department=_int(body.get("department")),
        class_=_int(body.get("class")),
        location=_int(body.get("location")),
        memo=None if memo is None else str(memo),
    )


def with_goods(work: Work, header: Header, posted: Posted, direction: int) -> Posted:
    """The document with the stock moves of goods that come (1) or go (-1) with it, at its own prices."""
    lines = list(posted.lines)
    moves: list[StockMove] = []
    gone: dict[tuple[int, int], tuple[int, int]] = {}
    for place, line in enumerate(lines):
        item, source = line.item, line.source
        if item is None or source is None or not item.stocked or not line.quantity:
            continue
        location = source.location if source.location is not None else header.location
        if location is None:
            work.faults.append(missing_values(["Location"], "item"))
            break
        value = line.netamount or 0
        at = (item.id, location)
        if direction < 0:
            quantity, worth = gone.get(at, (0, 0))
            gone[at] = (quantity + line.quantity, worth + value)
        lines[place] = replace(line, inventory=True)
        moves.append(StockMove(item.id, location, line.quantity, value, line.id))
    for at, (quantity, value) in gone.items():
        if not leaves_sound(work, at, quantity, value):
            work.faults.append(user_detail(GOODS_GONE, "item"))
    work.refuse()
    return replace(posted, lines=tuple(lines), stock=tuple(moves))


def leaves_sound(work: Work, place: tuple[int, int], quantity: int, value: int) -> bool:
    """Whether goods can go (both negative) without stock below zero, or value without stock."""
    row = work.tx.get(TABLE, place) or {}
    left = (_int(row.get("onhandvaluemli")) or 0) + value
    on_hand = (_int(row.get("quantityonhand")) or 0) + quantity
    return available(work, place) + quantity >= 0 and left >= 0 and (on_hand > 0 or left == 0)


def _int(value: Stored) -> int | None:
    return value if isinstance(value, int) else None
