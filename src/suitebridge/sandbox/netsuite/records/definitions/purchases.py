"""Documents of a purchase, receipts of both sides, and journal entries."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.fields import (
    choices,
    computed,
    dates,
    flags,
    integers,
    money,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import FieldKind, Place, Sublist
from suitebridge.sandbox.netsuite.records.definitions.sales import UNUSED, USED
from suitebridge.sandbox.netsuite.records.definitions.transactions import (
    APPROVAL,
    BILL_ADDRESS,
    BILLING_ADDRESS,
    LINE_CUSTOMER,
    MAIN_ACCOUNT,
    ORDER_LINE,
    POSTING_PERIOD,
    SHIP_ADDRESS,
    SHIPPING_ADDRESS,
    TAX_DETAILS,
    apply_sublist,
    first_account,
    item_fields,
    item_sublist,
    moved_fields,
    totals,
    transaction,
)

_EXTRA = Place.EXTRA
_PURCHASE, _CREDIT = 1, -1
_LINE_ACCOUNT = first_account('l."transaction" AND a.transactionline = l.id')
_VENDOR = refs("entity", "entity", required=True, label="Vendor")
_BODY = (
    *_VENDOR,
    *refs("terms", "term"),
    *refs("nexus", "nexus"),
    *flags("taxRegOverride taxDetailsOverride"),
    *dates("taxPointDate dueDate"),
    *BILL_ADDRESS,
)


def _expenses(sign: int) -> Sublist:
    return Sublist(
        "expense",
        "transactionline",
        "transaction",
        (
            *integers("line=id", read_only=True),
            *computed(
                "account",
                FieldKind.REF,
                f"COALESCE(l.expenseaccount, {_LINE_ACCOUNT})",
                target="account",
                read_only=False,
            ),
            *money("amount=foreignamount", sign=sign),
            *texts("memo"),
            *refs("department", "department"),
            *refs("class", "classification"),
            *refs("location", "location"),
            *LINE_CUSTOMER,
            *flags("isBillable"),
        ),
        key=("line",),
        path="CAST(l.id AS TEXT)",
        where="l.transactionlinetype = 'EXPENSE' AND l.mainline = 'F' AND l.taxline = 'F'",
        order="l.linesequencenumber",
        writable=True,
    )


PURCHASE_ORDER = transaction(
    "purchaseOrder",
    "PurchOrd",
    "TRAN_PURCHORD",
    (
        *_BODY,
        *totals(_PURCHASE),
        *APPROVAL,
        *texts("otherRefNum", maximum=45),
        *refs("employee", "employee"),
        *texts("email", maximum=254),
        *flags("toBePrinted toBeEmailed"),
        *dates("shipDate"),
        *computed(
            "orderStatus",
            FieldKind.ENUM,
            "t.status",
            labels={
                "A": "Pending Supervisor Approval",
                "B": "Pending Receipt",
                "C": "Rejected by Supervisor",
                "D": "Partially Received",
                "E": "Pending Billing/Partially Received",
                "F": "Pending Bill",
                "G": "Fully Billed",
                "H": "Closed",
            },
            read_only=False,
        ),
        *refs("shipTo", "entity", _EXTRA),
        *refs("incoterm", None, _EXTRA),
        *texts("fob vatRegNum", _EXTRA),
        *SHIP_ADDRESS,
    ),
    (
        item_sublist(
            item_fields(
                _PURCHASE,
                numbers("quantityBilled quantityReceived=quantityshiprecv", read_only=True),
                flags("isClosed isBillable matchBillToReceipt"),
                dates("expectedReceiptDate"),
                LINE_CUSTOMER,
            ),
            writable=True,
        ),
        _expenses(_PURCHASE),
        TAX_DETAILS,
    ),
    subrecords=(BILLING_ADDRESS, SHIPPING_ADDRESS),
    writable=True,
)

VENDOR_BILL = transaction(
    "vendorBill",
    "VendBill",
    "TRAN_VENDBILL",
    (
        *_BODY,
        *totals(_PURCHASE),
        *APPROVAL,
        *POSTING_PERIOD,
        *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
        *computed("userTotal", FieldKind.NUMBER, "ABS(t.foreigntotal)", scale=2),
        *money("amountPaid=foreignamountpaid amountRemaining=foreignamountunpaid", read_only=True),
        *dates("discountDate", _EXTRA),
        *money("discountAmount", _EXTRA),
        *flags("paymentHold", _EXTRA),
    ),
    (
        item_sublist(item_fields(_PURCHASE, ORDER_LINE, flags("isBillable")), writable=True),
        _expenses(_PURCHASE),
        TAX_DETAILS,
    ),
    subrecords=(BILLING_ADDRESS,),
    writable=True,
)

VENDOR_CREDIT = transaction(
    "vendorCredit",
    "VendCred",
    "TRAN_VENDCRED",
    (
        *_BODY,
        *totals(_CREDIT),
        *POSTING_PERIOD,
        *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
        *computed("userTotal", FieldKind.NUMBER, "ABS(t.foreigntotal)", scale=2),
        *computed("applied", FieldKind.NUMBER, USED, scale=2),
        *computed("unApplied", FieldKind.NUMBER, UNUSED, scale=2),
    ),
    (
        item_sublist(item_fields(_CREDIT, ORDER_LINE), writable=True),
        _expenses(_CREDIT),
        apply_sublist(kinds="l.previoustype = 'VendBill' AND l.foreignamount IS NOT NULL"),
        TAX_DETAILS,
    ),
    subrecords=(BILLING_ADDRESS,),
    writable=True,
)

ITEM_RECEIPT = transaction(
    "itemReceipt",
    "ItemRcpt",
    "TRAN_ITEMRCPT",
    (*refs("entity", "entity"), *POSTING_PERIOD),
    (
        item_sublist(
            (
                *moved_fields(_PURCHASE, ORDER_LINE),
                *computed("itemReceive", FieldKind.BOOL, "'T'", read_only=False),
                *flags("restock", Place.WRITE_ONLY),
            ),
            writable=True,
        ),
    ),
    writable=True,
)

JOURNAL_ENTRY = transaction(
    "journalEntry",
    "Journal",
    "TRAN_JOURNAL",
    (
        *POSTING_PERIOD,
        *computed("approved", FieldKind.BOOL, "CASE t.status WHEN 'B' THEN 'T' ELSE 'F' END", read_only=False),
        *dates("reversalDate"),
        *flags("reversalDefer isBookSpecific"),
        *refs("reversalEntry=reversal", "transaction", read_only=True),
        *choices("approvalStatus", {"1": "Pending Approval", "2": "Approved", "3": "Rejected"}),
    ),
    (
        Sublist(
            "line",
            "transactionline",
            "transaction",
            (
                *integers("line=id", read_only=True),
                *computed("account", FieldKind.REF, _LINE_ACCOUNT, target="account", read_only=False),
                *computed(
                    "debit",
                    FieldKind.NUMBER,
                    "CASE WHEN l.foreignamount >= 0 THEN l.foreignamount END",
                    scale=2,
                    read_only=False,
                ),
                *computed(
                    "credit",
                    FieldKind.NUMBER,
                    "CASE WHEN l.foreignamount < 0 THEN -l.foreignamount END",
                    scale=2,
                    read_only=False,
                ),
                *texts("memo"),
                *refs("entity", "entity"),
                *refs("department", "department"),
                *refs("class", "classification"),
                *refs("location", "location"),
                *flags("eliminate"),
            ),
            key=("line",),
            path="CAST(l.id AS TEXT)",
            order="l.linesequencenumber",
            writable=True,
        ),
    ),
    writable=True,
)

PURCHASE_TYPES = (PURCHASE_ORDER, VENDOR_BILL, VENDOR_CREDIT, ITEM_RECEIPT, JOURNAL_ENTRY)
