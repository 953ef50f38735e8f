"""Documents of a sale: estimate, sales order, fulfillment, invoice, cash sale, return, credit memo."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import labels
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    choices,
    computed,
    dates,
    flags,
    money,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import FieldKind, Place
from suitebridge.sandbox.netsuite.records.definitions.transactions import (
    APPROVAL,
    BILLING_ADDRESS,
    MAIN_ACCOUNT,
    ORDER_LINE,
    POSTING_PERIOD,
    SALES_BODY,
    SALES_LINE,
    SHIP_ADDRESS,
    SHIPPING_ADDRESS,
    TAX_DETAILS,
    apply_sublist,
    item_fields,
    item_sublist,
    moved_fields,
    sales_totals,
    transaction,
)

_EXTRA = Place.EXTRA
_SALE, _RETURN = -1, 1

_ORDER_FACTS = (
    *numbers("quantityBilled", read_only=True),
    *numbers("quantityFulfilled=quantityshiprecv", read_only=True),
)
_SHIPPING_BODY = (
    *dates("shipDate"),
    *flags("shipComplete"),
    *flags("shipIsResidential", _EXTRA),
    *texts("trackingNumbers", _EXTRA),
    *SHIP_ADDRESS,
)
_ADDRESSES = (BILLING_ADDRESS, SHIPPING_ADDRESS)

ESTIMATE = transaction(
    "estimate",
    "Estimate",
    "TRAN_ESTIMATE",
    (
        *SALES_BODY,
        *_SHIPPING_BODY,
        *sales_totals(_SALE),
        *dates("dueDate"),
        *dates("expectedCloseDate", _EXTRA),
        *numbers("probability", _EXTRA),
        *refs("entityStatus", "customerStatus", _EXTRA),
        *texts("title", _EXTRA),
    ),
    (item_sublist(item_fields(_SALE, SALES_LINE), writable=True, mandatory=True), TAX_DETAILS),
    subrecords=_ADDRESSES,
    writable=True,
)

ORDER_STATUS = {"A": "Pending Approval", "B": "Pending Fulfillment"}

SALES_ORDER = transaction(
    "salesOrder",
    "SalesOrd",
    "TRAN_SALESORD",
    (
        *SALES_BODY,
        *_SHIPPING_BODY,
        *sales_totals(_SALE),
        *computed(
            "orderStatus",
            FieldKind.ENUM,
            "CASE WHEN t.status IN ('A', 'B') THEN t.status END",
            labels=ORDER_STATUS,
            read_only=False,
        ),
        *dates("actualShipDate nextBill", _EXTRA),
        *money("handlingCost altShippingCost altHandlingCost", _EXTRA),
        *refs("billingSchedule intercoTransaction", None, _EXTRA),
        *choices("intercoStatus", {"1": "Pending", "2": "Paired", "3": "Rejected"}, _EXTRA),
        *choices(
            "handlingMode",
            {"MIMIC": "Mimic", "PROCESS": "Process", "SAVE_ONLY": "Save Only"},
            _EXTRA,
        ),
        *choices(
            "paymentOperation",
            {"AUTHORIZATION": "Authorization", "SALE": "Sale", "VOID": "Void"},
            _EXTRA,
        ),
        *texts("checkNumber payPalTranId inputReferenceCode outputAuthCode outputReferenceCode", _EXTRA),
        *flags("isMultiShipTo shippingCostOverridden", _EXTRA),
    ),
    (
        item_sublist(
            item_fields(
                _SALE,
                SALES_LINE,
                _ORDER_FACTS,
                numbers("quantityCommitted quantityBackOrdered quantityPicked quantityPacked", read_only=True),
                flags("isClosed"),
                choices("commitInventory", labels.COMMIT_INVENTORY),
                dates("expectedShipDate"),
                dates("requestedDate", _EXTRA),
                numbers("orderPriority", _EXTRA),
            ),
            writable=True,
            mandatory=True,
        ),
        TAX_DETAILS,
    ),
    subrecords=_ADDRESSES,
    writable=True,
)

ITEM_FULFILLMENT = transaction(
    "itemFulfillment",
    "ItemShip",
    "TRAN_ITEMSHIP",
    (
        *POSTING_PERIOD,
        *refs("entity", "entity"),
        *computed(
            "shipStatus",
            FieldKind.ENUM,
            "t.status",
            labels={"A": "Picked", "B": "Packed", "C": "Shipped"},
            read_only=False,
        ),
        *dates("pickedDate packedDate shippedDate", _EXTRA),
        *SHIP_ADDRESS,
    ),
    (
        item_sublist(
            (
                *moved_fields(_SALE, ORDER_LINE),
                *computed("itemReceive", FieldKind.BOOL, "'T'", read_only=False),
            ),
            writable=True,
        ),
    ),
    subrecords=(SHIPPING_ADDRESS,),
    writable=True,
)

INVOICE = transaction(
    "invoice",
    "CustInvc",
    "TRAN_CUSTINVC",
    (
        *SALES_BODY,
        *_SHIPPING_BODY,
        *sales_totals(_SALE),
        *POSTING_PERIOD,
        *APPROVAL,
        *dates("dueDate"),
        *dates("discountDate", _EXTRA),
        *flags("forInvoiceGrouping", _EXTRA, read_only=True),
        *money("discountAmount", _EXTRA),
        *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
        *money("amountPaid=foreignamountpaid amountRemaining=foreignamountunpaid", read_only=True),
        *computed("amountRemainingTotalBox", FieldKind.NUMBER, "t.foreignamountunpaid", scale=2),
    ),
    (item_sublist(item_fields(_SALE, SALES_LINE, ORDER_LINE), writable=True, mandatory=True), TAX_DETAILS),
    subrecords=_ADDRESSES,
    writable=True,
)

CASH_SALE = transaction(
    "cashSale",
    "CashSale",
    "TRAN_CASHSALE",
    (
        *SALES_BODY,
        *_SHIPPING_BODY,
        *sales_totals(_SALE),
        *POSTING_PERIOD,
        *refs("paymentMethod", "paymentMethod"),
        *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
        *choices("undepFunds", {"F": "Account", "T": "Undeposited Funds"}, _EXTRA),
    ),
    (item_sublist(item_fields(_SALE, SALES_LINE, ORDER_LINE), writable=True, mandatory=True), TAX_DETAILS),
    subrecords=_ADDRESSES,
    writable=True,
)

RETURN_AUTHORIZATION = transaction(
    "returnAuthorization",
    "RtnAuth",
    "TRAN_RTNAUTH",
    (
        *SALES_BODY,
        *sales_totals(_RETURN),
        *computed(
            "orderStatus",
            FieldKind.ENUM,
            "CASE WHEN t.status IN ('A', 'B') THEN t.status END",
            labels={"A": "Pending Approval", "B": "Pending Receipt"},
            read_only=False,
        ),
    ),
    (
        item_sublist(
            item_fields(
                _RETURN,
                SALES_LINE,
                ORDER_LINE,
                numbers("quantityBilled quantityReceived=quantityshiprecv", read_only=True),
                flags("isClosed"),
            ),
            writable=True,
            mandatory=True,
        ),
        TAX_DETAILS,
    ),
    subrecords=(BILLING_ADDRESS,),
    writable=True,
)

_LINKED = """(SELECT COALESCE(SUM(l.foreignpaymentamount{which}), 0) FROM transactionline l
 WHERE l."transaction" = t.id)"""
USED = _LINKED.format(which="used")
UNUSED = _LINKED.format(which="unused")

CREDIT_MEMO = transaction(
    "creditMemo",
    "CustCred",
    "TRAN_CUSTCRED",
    (
        *SALES_BODY,
        *sales_totals(_RETURN),
        *POSTING_PERIOD,
        *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
        *computed("applied", FieldKind.NUMBER, USED, scale=2),
        *computed("unapplied", FieldKind.NUMBER, UNUSED, scale=2),
        *computed("amountRemaining", FieldKind.NUMBER, UNUSED, scale=2),
        *computed("amountPaid", FieldKind.NUMBER, USED, scale=2),
    ),
    (
        item_sublist(item_fields(_RETURN, SALES_LINE, ORDER_LINE), writable=True, mandatory=True),
        apply_sublist(kinds="l.previoustype IN ('CustInvc', 'CustRfnd') AND l.foreignamount IS NOT NULL"),
        TAX_DETAILS,
    ),
    subrecords=(BILLING_ADDRESS,),
    writable=True,
)

SALES_TYPES = (
    ESTIMATE,
    SALES_ORDER,
    ITEM_FULFILLMENT,
    INVOICE,
    CASH_SALE,
    RETURN_AUTHORIZATION,
    CREDIT_MEMO,
)
