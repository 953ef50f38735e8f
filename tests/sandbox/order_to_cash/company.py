"""A company that buys, ships, bills and is paid: two subsidiaries, currencies and books, open and closed months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import FixedClock
from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.records import RecordRefused, RecordService
from suitebridge.sandbox.netsuite.schema import FEATURES, SCHEMA
from suitebridge.sandbox.netsuite.store import Store, company_time

BASE = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1"
NOON = datetime(2026, 7, 1, 19, 0, tzinfo=UTC)  # noon of Los Angeles
STAMP = "2026-01-02 03:04:05"
ADMINISTRATOR = Caller("1234567_SB1", "tests", 3, 1, FEATURES)

BANK, RECEIVABLE, STOCK, TAX, SALES, COGS, EXPENSE = 1, 2, 3, 4, 5, 8, 9
UNDEPOSITED, DEPOSITS, PAYABLE, ACCRUED, GAIN_LOSS, VARIANCE = 20, 21, 22, 23, 24, 25
WIDGET, GADGET, REPAIR, OLD, DISCOUNT, COURIER, CRATE = 10, 11, 12, 13, 14, 15, 16
US, EUROPE = 1, 2
DOLLAR, EURO = 1, 4

_ACCOUNTS = (
    (BANK, "1000", "Bank", "Bank", None),
    (RECEIVABLE, "1100", "Accounts Receivable", "AcctRec", "AcctRec"),
    (STOCK, "1200", "Inventory Asset", "OthCurrAsset", "InvtAsset"),
    (TAX, "2200", "Sales Taxes Payable", "OthCurrLiab", "SalesTaxPay"),
    (SALES, "4000", "Sales", "Income", None),
    (6, "4100", "Shipping Income", "Income", None),
    (7, "4200", "Discounts Given", "Income", None),
    (COGS, "5000", "Cost of Goods Sold", "COGS", "COGS"),
    (EXPENSE, "6000", "Freight", "Expense", None),
    (10, None, "Sales Orders", "NonPosting", None),
    (11, None, "Purchase Orders", "NonPosting", None),
    (12, None, "Return Authorizations", "NonPosting", None),
    (13, None, "Estimates", "NonPosting", None),
    (UNDEPOSITED, "1090", "Undeposited Funds", "OthCurrAsset", "UndepFunds"),
    (DEPOSITS, "2100", "Customer Deposits", "OthCurrLiab", "CustDep"),
    (PAYABLE, "2000", "Accounts Payable", "AcctPay", "AcctPay"),
    (ACCRUED, "2010", "Inventory Received Not Billed", "OthCurrLiab", "InvtRecNotBilled"),
    (GAIN_LOSS, "7100", "Realized Gain/Loss", "OthExpense", "RealizedGain"),
    (VARIANCE, "5100", "Purchase Price Variance", "COGS", None),
    (26, "5200", "Stock Written Off", "COGS", None),
)


@dataclass(slots=True)
class Company:
    """A store, the service over it, and the clock it lives by."""

    store: Store
    service: RecordService
    clock: FixedClock

    def rows(self, sql: str, *bindings: object) -> list[tuple]:
        """The rows of a query, as stored."""
        with self.store.reading() as connection:
            return connection.execute(sql, bindings).fetchall()

    def value(self, sql: str, *bindings: object) -> object:
        """The first value of a query."""
        rows = self.rows(sql, *bindings)
        return rows[0][0] if rows else None

    def get(self, record_type: str, record: int | str, expand: bool = False) -> dict:
        """A record as the administrator reads it."""
        return self.service.get(ADMINISTRATOR, record_type, str(record), None, expand, False, BASE)

    def create(self, record_type: str, body: dict, **options: object) -> int:
        """A new record of the administrator's."""
        return self.service.create(ADMINISTRATOR, record_type, body, **options).internal_id

    def update(self, record_type: str, record: int | str, body: dict, **options: object) -> None:
        """A change of the administrator's."""
        self.service.update(ADMINISTRATOR, record_type, str(record), body, **options)

    def delete(self, record_type: str, record: int | str) -> None:
        """A record goes."""
        self.service.delete(ADMINISTRATOR, record_type, str(record))

    def transform(
        self, record_type: str, record: int | str, target: str, body: dict | None = None, **options: object
    ) -> int:
        """A record made from another one."""
        return self.service.transform(
            ADMINISTRATOR, record_type, str(record), target, body or {}, **options
        ).internal_id

    def status(self, document: int) -> object:
        """The letter of a document."""
        return self.value('SELECT status FROM "transaction" WHERE id = ?', document)

    def entries(self, document: int, book: int = 1) -> dict[int, int]:
        """Amounts by account, zeros left out."""
        found = self.rows(
            'SELECT account, SUM(amount) FROM transactionaccountingline WHERE "transaction" = ? AND accountingbook = ?'
            " AND posting = 'T' GROUP BY account",
            document,
            book,
        )
        return {account: amount for account, amount in found if amount}

    def stock(self, item: int, location: int = 1) -> tuple:
        """On hand, available, committed, back-ordered, on order (whole pieces) and value."""
        found = self.rows(
            "SELECT quantityonhand, quantityavailable, quantitycommitted, quantitybackordered, quantityonorder,"
            " onhandvaluemli FROM inventoryitemlocations WHERE item = ? AND location = ?",
            item,
            location,
        )
        on_hand, available, committed, waiting, ordered, value = found[0]
        return (on_hand // 10**5, available // 10**5, committed // 10**5, waiting // 10**5, ordered // 10**5, value)

    def everything(self) -> dict[str, tuple]:
        """Counts and contents of all tables, to be compared before and after."""
        names = [table.name for table in SCHEMA.tables.values() if table.view_of is None]
        with self.store.reading() as connection:
            return {
                name: tuple(sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"').fetchall())))
                for name in names
            }

    def refused(self, call: str, *arguments: object, **options: object) -> list[tuple[str | None, str]]:
        """Path and text of every fault of a call that is refused, and leaves nothing behind."""
        before = self.everything()
        with pytest.raises(RecordRefused) as refusal:
            getattr(self, call)(*arguments, **options)
        assert refusal.value.status == 400
        assert self.everything() == before
        return [(each.path, each.detail) for each in refusal.value.details]


def make_company(*quirks: str) -> Company:
    """The company at noon of 1 July 2026; its months before May are closed, May is locked for receivables."""
    clock = FixedClock(NOON)
    chosen = Quirks.parse(list(quirks))
    store = Store.create(None, SCHEMA, now=company_time(clock, chosen["zone"]))
    for table, rows in _rows():
        store.load(table, [tuple(row.get(column.name) for column in SCHEMA[table].columns) for row in rows])
    store.finish_load()
    return Company(store, RecordService(SCHEMA, store, chosen, clock), clock)


def line(item: int, quantity: float = 1, **more: object) -> dict:
    """An item line."""
    return {"item": {"id": str(item)}, "quantity": quantity, **more}


def lines(*items: dict, **more: object) -> dict:
    """A body with item lines."""
    return {"item": {"items": list(items)}, **more}


def order_lines(*chosen: Sequence[int], **more: object) -> dict:
    """A body that names order lines and quantities."""
    return lines(*({"orderLine": number, "quantity": quantity} for number, quantity in chosen), **more)


def _named(number: int, name: str, **more: object) -> dict[str, object]:
    return {"id": number, "name": name, "fullname": name, "isinactive": "F", "lastmodifieddate": STAMP, **more}


def _rows() -> list[tuple[str, list[dict[str, object]]]]:
    months = [(f"2026-{month:02d}", 30 + (month in (1, 3, 5, 7, 8, 10, 12))) for month in range(1, 13)]
    periods: list[dict[str, object]] = [
        {
            "id": 100 + number,
            "periodname": month,
            "startdate": f"{month}-01",
            "enddate": f"{month}-{28 if number == 2 else days}",
            "isyear": "F",
            "isquarter": "F",
            "isadjust": "F",
            "isposting": "T",
            "isinactive": "F",
            "closed": "T" if number < 5 else "F",
            "alllocked": "T" if number < 5 else "F",
            "arlocked": "T" if number < 6 else "F",
            "aplocked": "T" if number < 5 else "F",
        }
        for number, (month, days) in enumerate(months, start=1)
    ]
    year = {**periods[0], "id": 90, "periodname": "2026", "enddate": "2026-12-31", "isyear": "T"}
    return [
        (
            "currency",
            [
                {
                    "id": number,
                    "name": name,
                    "symbol": name,
                    "currencyprecision": 2,
                    "isbasecurrency": base,
                    "isinactive": "F",
                    "exchangerate": rate,
                }
                for number, name, base, rate in ((DOLLAR, "USD", "T", 10**12), (EURO, "EUR", "F", 11 * 10**11))
            ],
        ),
        (
            "currencyrate",
            [
                {
                    "id": number,
                    "basecurrency": DOLLAR,
                    "transactioncurrency": EURO,
                    "exchangerate": rate,
                    "effectivedate": day,
                    "lastmodifieddate": STAMP,
                }
                for number, day, rate in (
                    (1, "2026-01-01", 11 * 10**11),
                    (2, "2026-07-02", 108 * 10**10),
                )
            ],
        ),
        (
            "subsidiary",
            [
                _named(US, "Parent", currency=DOLLAR, iselimination="F", country="US"),
                _named(EUROPE, "Europe", currency=EURO, iselimination="F", country="DE", parent=US),
            ],
        ),
        (
            "account",
            [
                {
                    "id": number,
                    "acctnumber": acctnumber,
                    "accttype": kind,
                    "accountsearchdisplayname": name,
                    "fullname": name,
                    "displaynamewithhierarchy": name,
                    "sspecacct": special,
                    "isinactive": "F",
                    "issummary": "F",
                    "lastmodifieddate": STAMP,
                }
                for number, acctnumber, name, kind, special in _ACCOUNTS
            ],
        ),
        (
            "accountingbook",
            [{"id": 1, "name": "Primary", "isprimary": "T"}, {"id": 2, "name": "Local", "isprimary": "F"}],
        ),
        ("accountingbooksubsidiaries", [{"accountingbook": 2, "subsidiary": US}]),
        ("accountingperiod", [year, *periods]),
        (
            "location",
            [
                _named(1, "Warehouse", subsidiary="1", includechildren="F"),
                _named(2, "Lager", subsidiary="2", includechildren="F"),
                _named(3, "Annex", subsidiary="1", includechildren="F"),
            ],
        ),
        ("department", [_named(1, "Sales")]),
        ("term", [{"id": 1, "name": "Net 30", "daysuntilnetdue": 30, "isinactive": "F"}]),
        ("pricelevel", [{"id": 1, "name": "Base Price", "isinactive": "F"}]),
        (
            "entitystatus",
            [{"key": 13, "name": "Closed Won", "entitytype": "Customer", "inactive": "F", "probability": 10**6}],
        ),
        ("taxtype", [{"id": 1, "name": "US_CA", "isinactive": "F"}]),
        ("salestaxitem", [{"id": 1, "itemid": "CA", "rate": 100_000, "taxaccount": TAX, "isinactive": "F"}]),
        (
            "employee",
            [
                {
                    "id": 1,
                    "entityid": "Ada Admin",
                    "entitytitle": "Ada Admin",
                    "subsidiary": US,
                    "isinactive": "F",
                    "datecreated": STAMP,
                    "lastmodifieddate": STAMP,
                }
            ],
        ),
        (
            "item",
            [
                {
                    "id": number,
                    "itemid": name,
                    "fullname": name,
                    "itemtype": kind,
                    "isinactive": "T" if number == OLD else "F",
                    "isfulfillable": "T" if kind == "InvtPart" or number == CRATE else "F",
                    "incomeaccount": income,
                    "expenseaccount": COGS if kind == "InvtPart" else EXPENSE,
                    "assetaccount": STOCK if kind == "InvtPart" else None,
                    "subsidiary": "1",
                    "includechildren": "T",
                    "createddate": STAMP,
                    "lastmodifieddate": STAMP,
                }
                for number, name, kind, income in (
                    (WIDGET, "widget", "InvtPart", SALES),
                    (GADGET, "gadget", "InvtPart", SALES),
                    (REPAIR, "repair", "Service", SALES),
                    (OLD, "old", "InvtPart", SALES),
                    (DISCOUNT, "ten off", "Discount", 7),
                    (COURIER, "courier", "ShipItem", 6),
                    (CRATE, "crate", "NonInvtPart", SALES),
                )
            ],
        ),
        ("itemsubsidiarymap", [{"item": item, "subsidiary": sub} for item in range(10, 17) for sub in (1, 2)]),
        (
            "pricing",
            [
                {
                    "internalid": number,
                    "item": item,
                    "pricelevel": 1,
                    "currency": currency,
                    "quantity": 0,
                    "unitprice": price * 10**6,
                }
                for number, (item, currency, price) in enumerate(
                    (
                        (WIDGET, DOLLAR, 10_000),
                        (GADGET, DOLLAR, 333),
                        (REPAIR, DOLLAR, 5_000),
                        (CRATE, DOLLAR, 700),
                        (WIDGET, EURO, 9_000),
                        (REPAIR, EURO, 4_500),
                    ),
                    start=1,
                )
            ],
        ),
        (
            "inventoryitemlocations",
            [
                {
                    "item": WIDGET,
                    "location": 1,
                    "quantityonhand": 10 * 10**5,
                    "quantityavailable": 10 * 10**5,
                    "quantitycommitted": 0,
                    "quantitybackordered": 0,
                    "quantityonorder": 0,
                    "averagecostmli": 6_000 * 10**6,
                    "onhandvaluemli": 60_000,
                }
            ],
        ),
    ]
