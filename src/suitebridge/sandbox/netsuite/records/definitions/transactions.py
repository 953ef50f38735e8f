"""What the records of all transactions have in common: body fields, item lines, totals, addresses.

Stored amounts are signed as SuiteQL shows them; REST shows the amounts and quantities of a document positive, so each
type says by `sign` how its lines are turned.
"""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import labels
from suitebridge.sandbox.netsuite.records.definitions.addresses import address
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    Fields,
    choices,
    computed,
    dates,
    flags,
    integers,
    moments,
    money,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import (
    Family,
    FieldKind,
    Owned,
    Place,
    RecordType,
    Sublist,
)
from suitebridge.sandbox.netsuite.schema.statuses import TRANSACTION_TYPES

_EXTRA = Place.EXTRA
_MAIN = Place.MAIN_LINE

OWNED = (
    Owned("transactionline", "transaction"),
    Owned("transactionaccountingline", "transaction"),
    Owned("transactiontaxdetail", "transaction"),
    Owned("inventoryassignment", "transaction"),
    Owned("nexttransactionlink", "nextdoc"),
    Owned("nexttransactionlinelink", "nextdoc"),
)

BODY: Fields = (
    *EXTERNAL_ID,
    *texts("tranId", maximum=45),
    *texts("transactionNumber", read_only=True),
    *dates("tranDate", label="Date"),
    *texts("memo", maximum=999),
    *refs("currency", "currency"),
    *numbers("exchangeRate", scale=12),
    *refs("subsidiary", "subsidiary", _MAIN),
    *refs("department", "department", _MAIN),
    *refs("class", "classification", _MAIN),
    *refs("location", "location", _MAIN),
    *refs("createdFrom", "transaction", _MAIN, read_only=True),
    *moments("createdDate lastModifiedDate", read_only=True),
    *flags("voided=voided", read_only=True, filterable=True),
    *refs("customForm", None, _EXTRA),
    *texts("message", _EXTRA),
)
POSTING_PERIOD = refs("postingPeriod", "accountingPeriod")
APPROVAL = choices("approvalStatus", labels.APPROVAL_STATUS)


def status(code: str) -> Fields:
    """The read-only `status` of a transaction type; its letters are labelled as the type labels them."""
    return choices("status", TRANSACTION_TYPES[code].statuses, read_only=True)


def line_sum(condition: str, sign: int) -> str:
    """The sum of the document-currency amounts of the lines that meet the condition."""
    turned = "-" if sign < 0 else ""
    return f"""(SELECT {turned}COALESCE(SUM(l.foreignamount), 0) FROM transactionline l
 WHERE l."transaction" = t.id AND {condition})"""


def first_account(line: str) -> str:
    """The account that a line posts to in the first accounting book."""
    return f"""(SELECT a.account FROM transactionaccountingline a
 WHERE a."transaction" = {line} ORDER BY a.accountingbook LIMIT 1)"""


MAIN_ACCOUNT = first_account("t.id AND a.transactionline = 0")
CONTROL_ACCOUNT = first_account("t.id AND a.transactionline = 1")

_GOODS = "l.transactionlinetype IN ('ITEM', 'EXPENSE') AND l.mainline = 'F' AND l.taxline = 'F' AND l.iscogs IS NOT 'T'"
ITEM_LINES = (
    "l.transactionlinetype = 'ITEM' AND l.mainline = 'F' AND l.taxline = 'F' AND l.iscogs IS NOT 'T'"
    " AND l.kitmemberof IS NULL"
)


def totals(sign: int) -> Fields:
    """subtotal, taxTotal and total of a trade document."""
    return (
        *computed("subtotal", FieldKind.NUMBER, line_sum(_GOODS, sign), scale=2),
        *computed("taxTotal", FieldKind.NUMBER, line_sum("l.taxline = 'T'", sign), scale=2),
        *computed("total", FieldKind.NUMBER, "ABS(t.foreigntotal)", scale=2),
    )


def sales_totals(sign: int) -> Fields:
    """Totals of a document of the sales side: with discount, shipping and estimated profit."""
    return (
        *totals(sign),
        *computed("discountTotal", FieldKind.NUMBER, line_sum("l.transactionlinetype = 'DISCOUNT'", sign), scale=2),
        *computed(
            "shippingCost",
            FieldKind.NUMBER,
            line_sum("l.transactionlinetype = 'SHIPPING'", sign),
            scale=2,
            read_only=False,
        ),
        *computed(
            "totalCostEstimate",
            FieldKind.NUMBER,
            '(SELECT COALESCE(SUM(l.costestimate), 0) FROM transactionline l WHERE l."transaction" = t.id)',
            scale=2,
        ),
    )


_ADDRESS_TEXT = "(SELECT a.addrtext FROM {table} a WHERE a.nkey = t.{column})"
BILL_ADDRESS: Fields = (
    *computed(
        "billAddress",
        FieldKind.TEXT,
        _ADDRESS_TEXT.format(table="transactionbillingaddress", column="billingaddress"),
    ),
    *refs("billAddressList", None, Place.WRITE_ONLY),
)
SHIP_ADDRESS: Fields = (
    *computed(
        "shipAddress",
        FieldKind.TEXT,
        _ADDRESS_TEXT.format(table="transactionshippingaddress", column="shippingaddress"),
    ),
    *refs("shipAddressList", None, Place.WRITE_ONLY),
)
BILLING_ADDRESS = address("billingAddress", "transactionbillingaddress", "billingaddress")
SHIPPING_ADDRESS = address("shippingAddress", "transactionshippingaddress", "shippingaddress")

SALES_BODY: Fields = (
    *refs("entity", "entity", required=True, label="Customer"),
    *texts("otherRefNum", maximum=45),
    *refs("terms", "term"),
    *refs("salesRep=employee", "employee"),
    *texts("email", maximum=254),
    *flags("toBePrinted toBeEmailed"),
    *choices("source", None, read_only=True),
    *refs("nexus", "nexus"),
    *flags("taxRegOverride taxDetailsOverride taxPointDateOverride"),
    *dates("taxPointDate"),
    *computed(
        "discountItem",
        FieldKind.REF,
        """(SELECT l.item FROM transactionline l WHERE l."transaction" = t.id
 AND l.transactionlinetype = 'DISCOUNT' LIMIT 1)""",
        target="discountItem",
        read_only=False,
    ),
    *texts("discountRate", _EXTRA, maximum=40),
    *refs("shipMethod", "shipItem", _EXTRA),
    *dates("startDate endDate salesEffectiveDate", _EXTRA),
    *texts("fob fax couponCode vatRegNum linkedTrackingNumbers", _EXTRA),
    *flags("toBeFaxed excludeCommission isTaxable", _EXTRA),
    *refs("leadSource messageSel opportunity promoCode salesGroup paymentOption salesChannel", None, _EXTRA),
    *refs("partner", "partner", _EXTRA),
    *refs("job", "job", _EXTRA),
    *BILL_ADDRESS,
)

_TAX = """(SELECT d.{column} FROM transactiontaxdetail d
 WHERE d."transaction" = l."transaction" AND d.transactionline = l.id LIMIT 1)"""


def moved_fields(sign: int, *more: Fields) -> Fields:
    """The fields of item lines that move goods without pricing them."""
    return (
        *integers("line=id", read_only=True),
        *computed("lineUniqueKey", FieldKind.INTEGER, "l.uniquekey"),
        *refs("item", "item", required=True),
        *numbers("quantity", sign=sign),
        *computed("itemType", FieldKind.ENUM, "l.itemtype"),
        *texts("description=memo"),
        *refs("units=units", None),
        *refs("department", "department"),
        *refs("class", "classification"),
        *refs("location", "location"),
        *(field for group in more for field in group),
    )


def item_fields(sign: int, *more: Fields) -> Fields:
    """The fields that item lines of every trade document have."""
    return (
        *moved_fields(sign),
        *numbers("rate", scale=8),
        *money("amount=foreignamount", sign=sign),
        *computed("taxDetailsReference", FieldKind.TEXT, "CAST(l.uniquekey AS TEXT)"),
        *computed("taxCode", FieldKind.REF, _TAX.format(column="taxcode"), target="salesTaxItem", read_only=False),
        *computed("taxRate1", FieldKind.NUMBER, _TAX.format(column="taxrate"), scale=4),
        *computed("tax1Amt", FieldKind.NUMBER, _TAX.format(column="taxamount"), scale=2),
        *(field for group in more for field in group),
    )


LINE_CUSTOMER = computed(
    "customer",
    FieldKind.REF,
    """NULLIF(l.entity, (SELECT x.entity FROM "transaction" x WHERE x.id = l."transaction"))""",
    target="entity",
)
ORDER_LINE = computed(
    "orderLine",
    FieldKind.INTEGER,
    """(SELECT k.previousline FROM nexttransactionlinelink k
 WHERE k.nextdoc = l."transaction" AND k.nextline = l.id LIMIT 1)""",
    read_only=False,
)
SALES_LINE: Fields = (
    *refs("price", "priceLevel", labels={"-1": "Custom"}),
    *money("costEstimate"),
    *choices("costEstimateType", labels.COST_ESTIMATE, _EXTRA),
    *flags("isTaxable excludeFromRateRequest", _EXTRA),
)


def item_sublist(fields: Fields, *, writable: bool = False, mandatory: bool = False) -> Sublist:
    """The `item` sublist, keyed by `line`."""
    return Sublist(
        "item",
        "transactionline",
        "transaction",
        fields,
        key=("line",),
        path="CAST(l.id AS TEXT)",
        where=ITEM_LINES,
        order="l.linesequencenumber",
        writable=writable,
        mandatory=mandatory,
    )


TAX_DETAILS = Sublist(
    "taxDetails",
    "transactiontaxdetail",
    "transaction",
    (
        *computed(
            "taxDetailsReference",
            FieldKind.TEXT,
            """(SELECT CAST(k.uniquekey AS TEXT) FROM transactionline k
 WHERE k."transaction" = l."transaction" AND k.id = l.transactionline)""",
        ),
        *texts("lineType"),
        *refs("taxType", "taxType"),
        *refs("taxCode", "salesTaxItem"),
        *money("taxBasis netAmount=taxbasis taxAmount"),
        *numbers("taxRate"),
        *computed("grossAmount", FieldKind.NUMBER, "l.taxbasis + l.taxamount", scale=2),
    ),
    path="CAST(l.id AS TEXT)",
    order="l.id",
    feature="tax",
)


def apply_sublist(name: str = "apply", kinds: str = "") -> Sublist:
    """What a payment or credit settles: the documents before it that it is linked to, keyed by `doc` and `line`."""
    return Sublist(
        name,
        "nexttransactionlink",
        "nextdoc",
        (
            *refs("doc=previousdoc", "transaction"),
            *computed("line", FieldKind.INTEGER, "0"),
            *computed("apply", FieldKind.BOOL, "'T'", read_only=False),
            *money("amount=foreignamount"),
            *dates("applyDate=previousdate"),
            *computed("refNum", FieldKind.TEXT, _linked("tranid")),
            *computed("total", FieldKind.NUMBER, f"ABS({_linked('foreigntotal')})", scale=2),
            *computed(
                "due",
                FieldKind.NUMBER,
                f"COALESCE({_linked('foreignamountunpaid')}, 0) + l.foreignamount",
                scale=2,
            ),
            *computed(
                "currency",
                FieldKind.TEXT,
                '(SELECT c.name FROM currency c JOIN "transaction" x ON x.currency = c.id WHERE x.id = l.previousdoc)',
            ),
            *computed("type", FieldKind.TEXT, _type_name("l.previoustype")),
        ),
        key=("doc", "line"),
        path="'doc=' || l.previousdoc || ',line=0'",
        where=kinds,
        order="l.previousdoc",
        writable=True,
    )


def _linked(column: str) -> str:
    return f'(SELECT x.{column} FROM "transaction" x WHERE x.id = l.previousdoc)'


def _type_name(column: str) -> str:
    cases = " ".join(f"WHEN '{each.code}' THEN '{each.name}'" for each in TRANSACTION_TYPES.values())
    return f"CASE {column} {cases} ELSE {column} END"


def transaction(
    name: str,
    code: str,
    permission: str,
    fields: Fields,
    sublists: tuple[Sublist, ...] = (),
    **options: object,
) -> RecordType:
    """A transaction record type over the rows of `transaction` of that type code."""
    return RecordType(
        name=name,
        table="transaction",
        family=Family.TRANSACTION,
        code=code,
        where=f"t.type = '{code}'",
        permission=permission,
        permission_name=f"Transactions -> {TRANSACTION_TYPES[code].name}",
        created="createddate",
        modified="lastmodifieddate",
        owned=OWNED,
        fields=(*BODY, *status(code), *fields),
        sublists=sublists,
        **options,  # type: ignore[arg-type]
    )
