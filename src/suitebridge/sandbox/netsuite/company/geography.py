"""Where the company is: its subsidiaries, currencies, locations, and what is taxed where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CurrencySpec:
    """A currency; `dollars` is what one of it was worth at the start of the history, times 10**6."""

    id: int
    symbol: str
    name: str
    sign: str
    precision: int
    dollars: int

    @property
    def unit(self) -> int:
        """The smallest amount, in storage form (scale 2)."""
        return 1 if self.precision else 100


USD = CurrencySpec(1, "USD", "US Dollar", "$", 2, 1_000_000)
GBP = CurrencySpec(2, "GBP", "British Pound", "£", 2, 1_210_000)
CAD = CurrencySpec(3, "CAD", "Canadian Dollar", "CA$", 2, 738_000)
EUR = CurrencySpec(4, "EUR", "Euro", "€", 2, 1_067_000)
JPY = CurrencySpec(5, "JPY", "Japanese Yen", "¥", 0, 7_600)
CHF = CurrencySpec(7, "CHF", "Swiss Franc", "CHF", 2, 1_081_000)
AUD = CurrencySpec(8, "AUD", "Australian Dollar", "A$", 2, 680_000)
CURRENCIES = (USD, GBP, CAD, EUR, JPY, CHF, AUD)


@dataclass(frozen=True, slots=True)
class LocationSpec:
    """A place. Goods are kept where `stock` is true; `parent` is another location's id."""

    id: int
    name: str
    subsidiary: int
    addr1: str
    city: str
    state: str | None
    zip: str
    country: str
    parent: int | None = None
    stock: bool = True
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class SubsidiarySpec:
    """A subsidiary: its base currency, what it sells in, the account its money is in, and its share of sales."""

    id: int
    name: str
    legal_name: str
    country: str
    state: str | None
    currency: CurrencySpec
    parent: int | None
    prefix: str
    bank: str
    share: int
    address: tuple[str, str, str | None, str]
    foreign: tuple[CurrencySpec, ...] = ()
    elimination: bool = False


PARENT = 1
SUBSIDIARIES = (
    SubsidiarySpec(
        1,
        "Kestrel Machine Works",
        "Kestrel Machine Works, Inc.",
        "US",
        "NV",
        USD,
        None,
        "US",
        "bank",
        52,
        ("1450 Foundry Road", "Reno", "NV", "89502"),
        (EUR, CAD, AUD),
    ),
    SubsidiarySpec(
        2,
        "Kestrel Werkzeuge",
        "Kestrel Werkzeuge GmbH & Co. KG",
        "DE",
        None,
        EUR,
        1,
        "DE",
        "bank_eur",
        20,
        ("Süderstraße 118", "Hamburg", None, "20537"),
        (CHF, USD),
    ),
    SubsidiarySpec(
        3,
        "Kestrel Tools UK",
        "Kestrel Tools Ltd",
        "GB",
        None,
        GBP,
        1,
        "UK",
        "bank_gbp",
        12,
        ("Unit 7, Aire Valley Park", "Leeds", None, "LS9 0PS"),
        (EUR,),
    ),
    SubsidiarySpec(
        5,
        "Kestrel Canada",
        "Outillage Kestrel Canada Inc.",
        "CA",
        "ON",
        CAD,
        1,
        "CA",
        "bank_cad",
        10,
        ("88 Dufferin Street", "Toronto", "ON", "M6K 2A4"),
        (USD,),
    ),
    SubsidiarySpec(
        6,
        "Kestrel Japan",
        "ケストレル株式会社",
        "JP",
        None,
        JPY,
        1,
        "JP",
        "bank_jpy",
        6,
        ("本町4-2-12", "大阪市中央区", None, "541-0053"),
        (USD,),
    ),
    SubsidiarySpec(
        9,
        "Eliminations",
        "Eliminations",
        "US",
        None,
        USD,
        1,
        "EL",
        "bank",
        0,
        ("1450 Foundry Road", "Reno", "NV", "89502"),
        elimination=True,
    ),
)

LOCATIONS = (
    LocationSpec(1, "Reno", 1, "1450 Foundry Road", "Reno", "NV", "89502", "US"),
    LocationSpec(2, "Columbus", 1, "2200 Alum Creek Drive", "Columbus", "OH", "43207", "US"),
    LocationSpec(4, "Hamburg", 2, "Süderstraße 118", "Hamburg", None, "20537", "DE"),
    LocationSpec(5, "Leeds", 3, "Unit 7, Aire Valley Park", "Leeds", None, "LS9 0PS", "GB"),
    LocationSpec(7, "Toronto", 5, "88 Dufferin Street", "Toronto", "ON", "M6K 2A4", "CA"),
    LocationSpec(8, "Osaka", 6, "本町4-2-12", "大阪市中央区", None, "541-0053", "JP"),
    LocationSpec(11, "Returns", 1, "1450 Foundry Road, Dock B", "Reno", "NV", "89502", "US", parent=1, stock=False),
    LocationSpec(
        12, "Oakland (closed)", 1, "9 Clay Street", "Oakland", "CA", "94607", "US", stock=False, inactive=True
    ),
)


@dataclass(frozen=True, slots=True)
class NexusSpec:
    """A tax authority's area and its tax: percent (scale 4), and whether tax on purchases is paid back."""

    id: int
    country: str
    state: str | None
    name: str
    code: str
    percent: int
    agency: str
    reclaimable: bool
    account: str = "tax"


NEXUSES = (
    NexusSpec(1, "US", "CA", "California", "CA_STATE", 72_500, "California Dept. of Tax", False),
    NexusSpec(2, "US", "NY", "New York", "NY_STATE", 88_750, "New York State Sales Tax", False),
    NexusSpec(3, "US", "TX", "Texas", "TX_STATE", 82_500, "Texas Comptroller", False),
    NexusSpec(4, "US", "NV", "Nevada", "NV_STATE", 68_500, "Nevada Dept. of Taxation", False),
    NexusSpec(6, "DE", None, "Deutschland", "UST19", 190_000, "Finanzamt Hamburg", True, "tax_eu"),
    NexusSpec(7, "GB", None, "United Kingdom", "VAT20", 200_000, "HM Revenue & Customs", True),
    NexusSpec(9, "CA", "ON", "Ontario", "HST13", 130_000, "Canada Revenue Agency", True),
    NexusSpec(10, "JP", None, "日本", "JCT10", 100_000, "国税庁", True),
)

EXEMPT_CODE = 90
REVERSE_CHARGE_CODE = 91
