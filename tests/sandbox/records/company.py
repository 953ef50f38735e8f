"""A company of a few records, written straight into a store, for the tests of the record service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from suitebridge.sandbox.netsuite.caller import Caller
from suitebridge.sandbox.netsuite.clock import FixedClock
from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.records import RecordService
from suitebridge.sandbox.netsuite.schema import FEATURES, SCHEMA
from suitebridge.sandbox.netsuite.store import Store, company_time

BASE = "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1"
NOON = datetime(2026, 7, 1, 19, 0, tzinfo=UTC)  # noon of Los Angeles
STAMP = "2026-01-02 03:04:05"

ADMINISTRATOR = Caller("1234567_SB1", "tests", 3, 1, FEATURES)

_ACCOUNTS = (
    (1, "1000", "Bank", "Bank", None),
    (2, "1100", "Accounts Receivable", "AcctRec", "AcctRec"),
    (3, "1200", "Inventory Asset", "OthCurrAsset", "InvtAsset"),
    (4, "2200", "Sales Taxes Payable", "OthCurrLiab", "SalesTaxPay"),
    (5, "4000", "Sales", "Income", None),
    (6, "4100", "Shipping Income", "Income", None),
    (7, "4200", "Discounts Given", "Income", None),
    (8, "5000", "Cost of Goods Sold", "COGS", "COGS"),
    (9, "6000", "Freight", "Expense", None),
    (10, None, "Sales Orders", "NonPosting", None),
)


@dataclass(slots=True)
class Company:
    """A store, the service over it, and the clock it lives by."""

    store: Store
    service: RecordService
    clock: FixedClock

    def rows(self, sql: str, *bindings: object) -> list[tuple[object, ...]]:
        """The rows of a query, as stored."""
        with self.store.reading() as connection:
            return connection.execute(sql, bindings).fetchall()

    def value(self, sql: str, *bindings: object) -> object:
        """The first value of a query."""
        rows = self.rows(sql, *bindings)
        return rows[0][0] if rows else None

    def get(self, record_type: str, record: int | str, fields: str | None = None, expand: bool = False) -> dict:
        """A record as the administrator reads it."""
        return self.service.get(ADMINISTRATOR, record_type, str(record), fields, expand, False, BASE)

    def create(self, record_type: str, body: dict, **options: object) -> int:
        """A new record of the administrator's."""
        return self.service.create(ADMINISTRATOR, record_type, body, **options).internal_id

    def update(self, record_type: str, record: int | str, body: dict, **options: object) -> None:
        """A change of the administrator's."""
        self.service.update(ADMINISTRATOR, record_type, str(record), body, **options)

    def ids(self, record_type: str, q: str | None = None) -> list[int]:
        """All ids of a type that meet `q`."""
        return list(self.service.list(ADMINISTRATOR, record_type, q, None, None).ids)


def make_company(*quirks: str) -> Company:
    """The company, with the caller of choice to be given to each call."""
    clock = FixedClock(NOON)
    chosen = Quirks.parse(list(quirks))
    store = Store.create(None, SCHEMA, now=company_time(clock, chosen["zone"]))
    for table, rows in _rows():
        store.load(table, [tuple(row.get(column.name) for column in SCHEMA[table].columns) for row in rows])
    store.finish_load()
    return Company(store, RecordService(SCHEMA, store, chosen, clock), clock)


def _rows() -> list[tuple[str, list[dict[str, object]]]]:
    currencies = (
        (1, "US Dollar", "USD", 2, "T", 10**12),
        (4, "Euro", "EUR", 2, "F", 11 * 10**11),
        (5, "Yen", "JPY", 0, "F", 7 * 10**9),
    )
    stock = (("widget", 10), ("gadget", 0))
    return [
        (
            "currency",
            [
                {
                    "id": number,
                    "name": name,
                    "symbol": symbol,
                    "currencyprecision": precision,
                    "isbasecurrency": base,
                    "isinactive": "F",
                    "exchangerate": rate,
                }
                for number, name, symbol, precision, base, rate in currencies
            ],
        ),
        (
            "subsidiary",
            [
                {
                    "id": number,
                    "name": name,
                    "fullname": full,
                    "currency": currency,
                    "parent": parent,
                    "iselimination": "F",
                    "isinactive": "F",
                    "country": country,
                    "lastmodifieddate": STAMP,
                }
                for number, name, full, currency, parent, country in (
                    (1, "Parent", "Parent", 1, None, "US"),
                    (2, "Europe", "Parent : Europe", 4, 1, "DE"),
                    (3, "Other", "Other", 1, None, "US"),
                )
            ],
        ),
        (
            "account",
            [
                {
                    "id": number,
                    "acctnumber": acctnumber,
                    "accttype": kind,
                    "accountsearchdisplayname": f"{acctnumber or ''} {name}".strip(),
                    "fullname": name,
                    "displaynamewithhierarchy": f"{acctnumber or ''} {name}".strip(),
                    "sspecacct": special,
                    "isinactive": "F",
                    "issummary": "F",
                    "lastmodifieddate": STAMP,
                }
                for number, acctnumber, name, kind, special in _ACCOUNTS
            ],
        ),
        ("accountingbook", [{"id": 1, "name": "Primary", "isprimary": "T"}]),
        (
            "location",
            [
                {
                    "id": 1,
                    "name": "Warehouse",
                    "fullname": "Warehouse",
                    "subsidiary": "1",
                    "includechildren": "T",
                    "isinactive": "F",
                },
                {"id": 2, "name": "Far", "fullname": "Far", "subsidiary": "3", "isinactive": "F"},
            ],
        ),
        ("department", [{"id": 1, "name": "Sales", "fullname": "Sales", "isinactive": "F"}]),
        (
            "term",
            [
                {"id": 1, "name": "Net 30", "daysuntilnetdue": 30, "isinactive": "F"},
                {"id": 2, "name": "Net 90", "daysuntilnetdue": 90, "isinactive": "T"},
            ],
        ),
        (
            "pricelevel",
            [
                {"id": 1, "name": "Base Price", "isinactive": "F"},
                {"id": 2, "name": "Wholesale", "discountpct": -150_000, "isinactive": "F"},
            ],
        ),
        (
            "entitystatus",
            [
                {"key": 6, "name": "Lead-New", "entitytype": "Lead", "inactive": "F", "probability": 0},
                {
                    "key": 13,
                    "name": "Customer-Closed Won",
                    "entitytype": "Customer",
                    "inactive": "F",
                    "probability": 10**6,
                },
            ],
        ),
        ("taxtype", [{"id": 1, "name": "US_CA", "isinactive": "F"}]),
        ("salestaxitem", [{"id": 1, "itemid": "CA", "rate": 100_000, "taxaccount": 4, "isinactive": "F"}]),
        ("customlist_sb_segment", [{"id": 1, "name": "Industry", "isinactive": "F"}]),
        (
            "employee",
            [
                {
                    "id": 1,
                    "entityid": "Ada Admin",
                    "entitytitle": "Ada Admin",
                    "firstname": "Ada",
                    "lastname": "Admin",
                    "subsidiary": 1,
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
                    "subtype": subtype,
                    "isinactive": inactive,
                    "isfulfillable": "T" if kind == "InvtPart" else "F",
                    "incomeaccount": income,
                    "expenseaccount": 8,
                    "assetaccount": 3 if kind == "InvtPart" else None,
                    "subsidiary": "1",
                    "includechildren": "T",
                    "createddate": STAMP,
                    "lastmodifieddate": STAMP,
                }
                for number, name, kind, subtype, inactive, income in (
                    (10, "widget", "InvtPart", None, "F", 5),
                    (11, "gadget", "InvtPart", None, "F", 5),
                    (12, "repair", "Service", "Sale", "F", 5),
                    (13, "old", "InvtPart", None, "T", 5),
                    (14, "ten off", "Discount", None, "F", 7),
                    (15, "courier", "ShipItem", None, "F", 6),
                    (16, "elsewhere", "Service", "Sale", "F", 5),
                )
            ],
        ),
        (
            "itemsubsidiarymap",
            [{"item": item, "subsidiary": sub} for item in range(10, 16) for sub in (1, 2)]
            + [{"item": 16, "subsidiary": 3}],
        ),
        (
            "pricing",
            [
                {
                    "internalid": number,
                    "item": item,
                    "pricelevel": 1,
                    "currency": currency,
                    "quantity": quantity,
                    "unitprice": price,
                }
                for number, item, currency, quantity, price in (
                    (1, 10, 1, 0, 1_999_000_000),
                    (2, 10, 1, 1_000_000, 1_500_000_000),
                    (3, 11, 1, 0, 333_333_333),
                    (4, 12, 1, 0, 10_000_000_000),
                    (5, 10, 4, 0, 1_800_000_000),
                )
            ],
        ),
        (
            "inventoryitemlocations",
            [
                {
                    "item": 10 + place,
                    "location": 1,
                    "quantityonhand": amount * 10**5,
                    "quantityavailable": amount * 10**5,
                    "quantitycommitted": 0,
                    "quantitybackordered": 0,
                    "quantityonorder": 0,
                }
                for place, (_, amount) in enumerate(stock)
            ],
        ),
    ]
