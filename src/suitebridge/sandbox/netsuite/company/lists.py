"""The lists that records refer to: currencies, terms, price levels, categories, units, taxes, custom lists."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.sandbox.netsuite.company.chart import Chart
from suitebridge.sandbox.netsuite.company.exchange import Rates
from suitebridge.sandbox.netsuite.company.geography import (
    CURRENCIES,
    EXEMPT_CODE,
    NEXUSES,
    REVERSE_CHARGE_CODE,
    USD,
)
from suitebridge.sandbox.netsuite.company.organization import (
    write_books,
    write_locations,
    write_segments,
    write_subsidiaries,
)
from suitebridge.sandbox.netsuite.company.periods import Calendar
from suitebridge.sandbox.netsuite.company.rows import Rows, shape
from suitebridge.sandbox.netsuite.posting import Account, Tax
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES

PURCHASE_TAX_OFFSET = 20
"""What is added to a sales tax code's id to give the code for purchases."""

TERMS = (
    (1, "Net 15", 15, None, None),
    (2, "Net 30", 30, None, None),
    (3, "Net 60", 60, None, None),
    (4, "Due on receipt", 0, None, None),
    (5, "1% 10 Net 30", 30, 10_000, 10),
    (6, "2% 10 Net 30", 30, 20_000, 10),
    (8, "Net 45 EOM", 45, None, None),
)
PRICE_LEVELS = (
    (1, "Base Price", None),
    (2, "Wholesale", -150_000),
    (3, "Employee", -300_000),
    (5, "Online Price", -50_000),
)
PAYMENT_METHODS = (
    (1, "Cash", 1, "T"),
    (2, "Check", 2, "T"),
    (4, "MasterCard", 3, "F"),
    (5, "VISA", 3, "F"),
    (7, "ACH / SEPA", 4, "F"),
    (8, "PayPal", 5, "F"),
)
CUSTOMER_CATEGORIES = (
    (1, "Corporate"),
    (2, "Individual"),
    (3, "Reseller"),
    (4, "Government"),
    (6, "Education & Research"),
)
VENDOR_CATEGORIES = (
    (1, "Goods", "F"),
    (2, "Services", "F"),
    (3, "Tax agency", "T"),
    (4, "Utilities", "F"),
    (6, "Freight", "F"),
)
ENTITY_STATUSES = (
    (6, "Lead-Unqualified", "Lead", 0),
    (7, "Lead-Qualified", "Lead", 100_000),
    (8, "Prospect-In Discussion", "Prospect", 300_000),
    (10, "Prospect-Proposal", "Prospect", 600_000),
    (13, "Customer-Closed Won", "Customer", 1_000_000),
    (16, "Customer-Lost Customer", "Customer", 0),
)
SEGMENTS = ("Workshop", "Industry", "Education", "Public", "Trade", "Hobby")
RATINGS = ("A – preferred", "B", "C", "D – avoid")
BRANDS = ("Kestrel", "Falke", "Ironwood", "Blåtop", "Nagase", "O’Dell & Sons", "Vireo", "Generic")
CHANNELS = ("Web shop", "Field sales", "Phone", "EDI", "Marketplace")


def write_lists(
    rows: Rows, calendar: Calendar, rates: Rates, chart: Chart, agencies: Mapping[int, int], since: str
) -> None:
    """All small lists. `agencies` gives the vendor that is the tax agency of a nexus; `since` is their date."""
    write_subsidiaries(rows, since)
    write_segments(rows, since)
    write_locations(rows, since)
    write_books(rows, calendar, since)
    for currency in CURRENCIES:
        rows["currency"].append(
            _CURRENCY(
                (
                    currency.id,
                    currency.name,
                    currency.symbol,
                    currency.sign,
                    currency.precision,
                    rates.at(currency, USD, calendar.today),
                    "T" if currency is USD else "F",
                    f"{calendar.iso[calendar.today]} 03:05:10",
                )
            )
        )
    _write_sales_lists(rows, chart, since)
    _write_taxes(rows, chart, agencies)
    for kind in TRANSACTION_TYPES.values():
        for letter, name in kind.statuses.items():
            rows["transactionstatus"].append(_STATUS((letter, kind.code, name, f"{kind.name} : {name}")))
    for table, names in (
        ("customlist_sb_segment", SEGMENTS),
        ("customlist_sb_rating", RATINGS),
        ("customlist_sb_brand", BRANDS),
        ("customlist_sb_channel", CHANNELS),
    ):
        entry = shape(table, ("id", "name", "externalid"), {"isinactive": "F"})
        for number, name in enumerate(names, start=1):
            rows[table].append(entry((number, name, None)))
    for number, script, name in (
        (1, "customlist_sb_segment", "Customer Segment"),
        (2, "customlist_sb_rating", "Vendor Rating"),
        (3, "customlist_sb_brand", "Brand"),
        (4, "customlist_sb_channel", "Sales Channel"),
        (5, "customrecord_sb_machine", "Machine"),
    ):
        rows["customrecordtype"].append(_RECORD_TYPE((number, script, name)))


def sales_taxes(chart: Chart) -> dict[int, Tax]:
    """The tax codes of sales by id, those of no tax included."""
    codes = {each.id: Tax(each.id, each.id, each.percent, chart[each.account]) for each in NEXUSES}
    codes[EXEMPT_CODE] = Tax(EXEMPT_CODE, 1, 0, chart["tax"])
    codes[REVERSE_CHARGE_CODE] = Tax(REVERSE_CHARGE_CODE, 6, 0, chart["tax_eu"])
    return codes


def purchase_taxes(chart: Chart) -> dict[int, Tax]:
    """The tax codes of purchases by nexus: only where the tax comes back."""
    return {
        each.id: Tax(each.id + PURCHASE_TAX_OFFSET, each.id, each.percent, chart["input_tax"])
        for each in NEXUSES
        if each.reclaimable
    }


_CURRENCY = shape(
    "currency",
    (
        "id",
        "name",
        "symbol",
        "displaysymbol",
        "currencyprecision",
        "exchangerate",
        "isbasecurrency",
        "lastmodifieddate",
    ),
    {
        "symbolplacement": 1,
        "isinactive": "F",
        "includeinfxrateupdates": "T",
        "overridecurrencyformat": "F",
    },
)
_STATUS = shape("transactionstatus", ("id", "trantype", "name", "fullname"))
_RECORD_TYPE = shape("customrecordtype", ("internalid", "scriptid", "name"), {"isinactive": "F"})


def _write_sales_lists(rows: Rows, chart: Chart, since: str) -> None:
    term = shape(
        "term",
        ("id", "name", "daysuntilnetdue", "discountpercent", "daysuntilexpiry", "preferred"),
        {"datedriven": "F", "isinactive": "F"},
    )
    for number, name, days, percent, expiry in TERMS:
        rows["term"].append(term((number, name, days, percent, expiry, "T" if number == 2 else "F")))
    level = shape("pricelevel", ("id", "name", "discountpct", "isonline"), {"isinactive": "F"})
    for number, name, percent in PRICE_LEVELS:
        rows["pricelevel"].append(level((number, name, percent, "T" if number == 5 else "F")))
    method = shape("paymentmethod", ("id", "name", "methodtype", "undepfunds", "account"), {"isinactive": "F"})
    for number, name, kind, undeposited in PAYMENT_METHODS:
        account = None if undeposited == "T" else chart["bank"].id
        rows["paymentmethod"].append(method((number, name, kind, undeposited, account)))
    category = shape("customercategory", ("id", "name"), {"isinactive": "F"})
    for number, name in CUSTOMER_CATEGORIES:
        rows["customercategory"].append(category((number, name)))
    of_vendor = shape("vendorcategory", ("id", "name", "istaxagency", "lastmodifieddate"), {"isinactive": "F"})
    for number, name, agency in VENDOR_CATEGORIES:
        rows["vendorcategory"].append(of_vendor((number, name, agency, f"{since} 08:04:00")))
    status = shape("entitystatus", ("key", "name", "entitytype", "probability"), {"inactive": "F"})
    for number, name, kind, probability in ENTITY_STATUSES:
        rows["entitystatus"].append(status((number, name, kind, probability)))
    units = shape("unitstype", ("id", "name"), {"isinactive": "F"})
    unit = shape(
        "unitstypeuom",
        ("internalid", "unitstype", "unitname", "pluralname", "abbreviation", "conversionrate", "baseunit"),
    )
    for number, name in ((1, "Count"), (2, "Time"), (3, "Length")):
        rows["unitstype"].append(units((number, name)))
    for number, kind, name, plural, short, factor in (
        (1, 1, "Each", "Each", "ea", 10_000),
        (2, 1, "Dozen", "Dozens", "dz", 120_000),
        (3, 1, "Pallet", "Pallets", "plt", 4_800_000),
        (5, 2, "Hour", "Hours", "h", 10_000),
        (6, 2, "Day", "Days", "d", 80_000),
        (8, 3, "Metre", "Metres", "m", 10_000),
    ):
        base = "T" if factor == 10_000 else "F"
        rows["unitstypeuom"].append(unit((number, kind, name, plural, short, factor, base)))


def _write_taxes(rows: Rows, chart: Chart, agencies: Mapping[int, int]) -> None:
    nexus = shape("nexus", ("id", "country", "state", "description", "taxagency"))
    kind = shape("taxtype", ("id", "name", "country", "description"), {"isinactive": "F"})
    code = shape(
        "salestaxitem",
        ("id", "itemid", "description", "rate", "taxagency", "taxaccount"),
        {"isinactive": "F"},
    )

    def add(number: int, name: str, text: str, percent: int, agency: int | None, account: Account) -> None:
        rows["salestaxitem"].append(code((number, name, text, percent, agency, account.id)))

    for each in NEXUSES:
        agency = agencies.get(each.id)
        rows["nexus"].append(nexus((each.id, each.country, each.state, each.name, agency)))
        rows["taxtype"].append(
            kind((each.id, f"{each.country}_{each.state or 'VAT'}", each.country, f"Tax of {each.name}"))
        )
        add(each.id, each.code, f"Sales tax {each.name}", each.percent, agency, chart[each.account])
        if each.reclaimable:
            add(
                each.id + PURCHASE_TAX_OFFSET,
                f"{each.code}_P",
                f"Input tax {each.name}",
                each.percent,
                agency,
                chart["input_tax"],
            )
    add(EXEMPT_CODE, "EXEMPT", "Not taxable", 0, None, chart["tax"])
    add(REVERSE_CHARGE_CODE, "RC", "Reverse charge", 0, None, chart["tax_eu"])
