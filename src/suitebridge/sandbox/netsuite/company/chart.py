"""The chart of accounts: about sixty accounts, and the roles by which documents find theirs."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.sandbox.netsuite.company.rows import Rows, shape
from suitebridge.sandbox.netsuite.posting import Account
from suitebridge.sandbox.netsuite.schema.accounting import ACCOUNT_TYPE_LABELS


@dataclass(frozen=True, slots=True)
class _Spec:
    role: str
    number: str | None
    name: str
    accttype: str
    parent: str | None = None
    summary: bool = False
    special: str | None = None
    inactive: bool = False


def _of(accttype: str, *entries: tuple[str, str | None, str]) -> list[_Spec]:
    return [_Spec(role, number, name, accttype) for role, number, name in entries]


_SPECS: tuple[_Spec, ...] = (
    _Spec("bank", "1000", "Operating Bank", "Bank"),
    _Spec("bank_eur", "1010", "Hausbank EUR", "Bank"),
    _Spec("bank_gbp", "1020", "Current Account GBP", "Bank"),
    _Spec("bank_cad", "1030", "Chequing CAD", "Bank"),
    _Spec("bank_jpy", "1040", "Main Bank JPY", "Bank"),
    _Spec("payroll_bank", "1050", "Payroll Bank", "Bank"),
    _Spec("petty_cash", "1060", "Petty Cash", "Bank"),
    _Spec("undeposited", "1090", "Undeposited Funds", "OthCurrAsset", special="UndepFunds"),
    _Spec("receivable", "1100", "Accounts Receivable", "AcctRec", special="AcctRec"),
    _Spec("receivable_other", "1110", "Employee Advances", "OthCurrAsset"),
    _Spec("inventory", "1200", "Inventory", "OthCurrAsset", summary=True),
    _Spec("stock", "1210", "Inventory Asset", "OthCurrAsset", parent="inventory", special="InvtAsset"),
    _Spec("transit", "1220", "Inventory in Transit", "OthCurrAsset", parent="inventory"),
    _Spec("input_tax", "1300", "Input Tax Receivable", "OthCurrAsset"),
    _Spec("prepaid", "1310", "Prepaid Expenses", "OthCurrAsset"),
    _Spec("deferred_cost", "1320", "Deferred Expense", "DeferExpense"),
    _Spec("equipment", "1500", "Machinery & Equipment", "FixedAsset"),
    _Spec("furniture", "1510", "Furniture and Fixtures", "FixedAsset"),
    _Spec("depreciated", "1590", "Accumulated Depreciation", "FixedAsset"),
    _Spec("goodwill", "1700", "Goodwill", "OthAsset"),
    _Spec("payable", "2000", "Accounts Payable", "AcctPay", special="AcctPay"),
    _Spec("accrued_purchases", "2010", "Inventory Received Not Billed", "OthCurrLiab", special="InvtRecNotBilled"),
    _Spec("card", "2050", "Corporate Card", "CredCard"),
    _Spec("deposits", "2100", "Customer Deposits", "OthCurrLiab", special="CustDep"),
    _Spec("tax", "2200", "Sales Taxes Payable", "OthCurrLiab", special="SalesTaxPay"),
    _Spec("tax_eu", "2210", "Umsatzsteuer", "OthCurrLiab"),
    _Spec("payroll_liability", "2300", "Payroll Liabilities", "OthCurrLiab"),
    _Spec("accrued", "2310", "Accrued Expenses", "OthCurrLiab"),
    _Spec("deferred_revenue", "2400", "Deferred Revenue", "DeferRevenue"),
    _Spec("loan", "2700", "Bank Loan", "LongTermLiab"),
    _Spec("capital", "3000", "Share Capital", "Equity"),
    _Spec("opening", "3100", "Opening Balance", "Equity", special="OpeningBalEquity"),
    _Spec("retained", "3200", "Retained Earnings", "Equity", special="RetEarnings"),
    _Spec("translation", "3300", "Cumulative Translation Adjustment", "Equity", special="CumulTransAdj"),
    _Spec("income", "4000", "Sales", "Income", summary=True),
    _Spec("goods_income", "4010", "Sales of Goods", "Income", parent="income"),
    _Spec("service_income", "4020", "Sales of Services", "Income", parent="income"),
    _Spec("other_charges", "4030", "Handling and Fees", "Income", parent="income"),
    _Spec("shipping_income", "4100", "Shipping Income", "Income"),
    _Spec("discounts", "4200", "Discounts Given", "Income"),
    _Spec("returns", "4300", "Returns and Allowances", "Income"),
    _Spec("cogs", "5000", "Cost of Goods Sold", "COGS", special="COGS"),
    _Spec("variance", "5100", "Purchase Price Variance", "COGS"),
    _Spec("write_off", "5200", "Stock Written Off", "COGS"),
    _Spec("subcontract", "5300", "Subcontracted Services", "COGS"),
    _Spec("wages", "6000", "Wages & Salaries", "Expense"),
    _Spec("social", "6010", "Social Security", "Expense"),
    _Spec("rent", "6100", "Rent", "Expense"),
    _Spec("utilities", "6110", "Utilities", "Expense"),
    _Spec("travel", "6200", "Travel – Lodging, “Meals” & Fares", "Expense"),
    _Spec("marketing", "6300", "Advertising", "Expense"),
    _Spec("freight", "6400", "Freight Out", "Expense"),
    _Spec("software", "6500", "Software Subscriptions", "Expense"),
    _Spec("insurance", "6510", "Insurance", "Expense"),
    _Spec("repairs", "6520", "Repairs and Maintenance", "Expense"),
    _Spec("legal", "6530", "Legal and Audit Fees", "Expense"),
    _Spec("depreciation", "6600", "Depreciation", "Expense"),
    _Spec("bank_fees", "6700", "Bank Charges", "Expense"),
    _Spec("interest_income", "7000", "Interest Income", "OthIncome"),
    _Spec("gain_loss", "7100", "Realized Gain/Loss", "OthExpense", special="RealizedGain"),
    _Spec("unrealized", "7110", "Unrealized Gain/Loss", "OthExpense", special="UnrERV"),
    _Spec("rounding", "7120", "Rounding Gain/Loss", "OthExpense", special="RoundingGain"),
    _Spec("old_income", "4900", "Sales (before 2021)", "Income", inactive=True),
    *_of(
        "NonPosting",
        ("sales_orders", None, "Sales Orders"),
        ("purchase_orders", None, "Purchase Orders"),
        ("return_authorizations", None, "Return Authorizations"),
        ("estimates", None, "Estimates"),
    ),
)

_BALANCE_SHEET = frozenset(
    {
        "Bank",
        "AcctRec",
        "UnbilledRec",
        "OthCurrAsset",
        "FixedAsset",
        "OthAsset",
        "DeferExpense",
        "AcctPay",
        "CredCard",
        "OthCurrLiab",
        "LongTermLiab",
        "DeferRevenue",
        "Equity",
    }
)
_DEBIT_SIDE = frozenset(
    {
        "Bank",
        "AcctRec",
        "UnbilledRec",
        "OthCurrAsset",
        "FixedAsset",
        "OthAsset",
        "DeferExpense",
        "COGS",
        "Expense",
        "OthExpense",
    }
)


def _internal_id(place: int) -> int:
    # The first accounts come with the account; later ones were added in three sittings.
    return place + 1 if place < 24 else place + 88 if place < 45 else place + 187


class Chart:
    """Accounts by role."""

    __slots__ = ("_accounts",)

    def __init__(self) -> None:
        self._accounts = {spec.role: Account(_internal_id(place), spec.accttype) for place, spec in enumerate(_SPECS)}

    def __getitem__(self, role: str) -> Account:
        return self._accounts[role]


_ACCOUNT = shape(
    "account",
    (
        "id",
        "parent",
        "acctnumber",
        "accttype",
        "accountsearchdisplayname",
        "accountsearchdisplaynamecopy",
        "fullname",
        "displaynamewithhierarchy",
        "description",
        "sspecacct",
        "cashflowrate",
        "generalrate",
        "currency",
        "subsidiary",
        "inventory",
        "isinactive",
        "issummary",
        "eliminate",
        "revalue",
        "lastmodifieddate",
    ),
    {"includechildren": "T", "reconcilewithmatching": "F"},
)
_TYPE = shape(
    "accounttype",
    (
        "id",
        "internalid",
        "balancesheet",
        "defaultcashflowratetype",
        "defaultgeneralratetype",
        "left",
        "longname",
        "seqnum",
    ),
    {"includeinrevaldefault": "F", "usercanchangerevaloption": "F", "eliminationalgo": "STANDARD"},
)
_BANK_CURRENCY = {"bank_eur": "EUR", "bank_gbp": "GBP", "bank_cad": "CAD", "bank_jpy": "JPY"}


def write_chart(chart: Chart, rows: Rows, currency_ids: dict[str, int], root: int, since: str) -> None:
    """Account types and accounts; `root` is the subsidiary they belong to, with all below it."""
    for number, (code, label) in enumerate(ACCOUNT_TYPE_LABELS.items(), start=1):
        sheet = code in _BALANCE_SHEET
        rate = "CURRENT" if sheet and code != "Equity" else "HISTORICAL" if code == "Equity" else "AVERAGE"
        rows["accounttype"].append(
            _TYPE(
                (
                    code,
                    number,
                    "T" if sheet else "F",
                    "HISTORICAL" if code == "Equity" else "AVERAGE",
                    rate,
                    "T" if code in _DEBIT_SIDE else "F",
                    label,
                    number * 10,
                )
            )
        )
    by_role = {spec.role: spec for spec in _SPECS}
    for place, spec in enumerate(_SPECS):
        account = chart[spec.role]
        parent = by_role[spec.parent] if spec.parent else None
        shown = f"{spec.number} {spec.name}" if spec.number else spec.name
        if parent is not None:
            full = f"{parent.name} : {spec.name}"
            hierarchy = f"{parent.number} {parent.name} : {shown}"
        else:
            full, hierarchy = spec.name, shown
        sheet = spec.accttype in _BALANCE_SHEET
        equity = spec.accttype == "Equity"
        rows["account"].append(
            _ACCOUNT(
                (
                    account.id,
                    chart[parent.role].id if parent else None,
                    spec.number,
                    spec.accttype,
                    shown,
                    shown,
                    full,
                    hierarchy,
                    f"{ACCOUNT_TYPE_LABELS[spec.accttype]}: {spec.name}" if place % 3 == 0 else None,
                    spec.special,
                    "HISTORICAL" if equity else "AVERAGE",
                    "HISTORICAL" if equity else "CURRENT" if sheet else "AVERAGE",
                    currency_ids[_BANK_CURRENCY[spec.role]] if spec.role in _BANK_CURRENCY else None,
                    str(root),
                    "T" if spec.role in ("stock", "transit") else "F",
                    "T" if spec.inactive else "F",
                    "T" if spec.summary else "F",
                    "F",
                    "T" if spec.accttype in ("Bank", "AcctRec", "AcctPay") else "F",
                    f"{since} 08:{place % 60:02d}:{place * 7 % 60:02d}",
                )
            )
        )
