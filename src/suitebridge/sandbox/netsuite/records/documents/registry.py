"""Which documents can be made: by create, and from which other ones (`!transform`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from suitebridge.sandbox.netsuite.records.binding import BoundType
from suitebridge.sandbox.netsuite.records.documents import (
    cash_sale,
    credit_memo,
    customer_payment,
    customer_refund,
    deposits,
    estimate,
    fulfillment,
    invoice,
    journal,
    purchasing,
    receipt,
    return_authorization,
    vendor_payment,
)
from suitebridge.sandbox.netsuite.records.errors import user_error
from suitebridge.sandbox.netsuite.records.validation import Parsed
from suitebridge.sandbox.netsuite.records.work import Work
from suitebridge.sandbox.netsuite.store import Row

Transform = Callable[[Work, BoundType, Row, Parsed], int]
"""Makes a document of the given type from a stored one; gives its internal id."""

Create = Callable[[Work, BoundType, Parsed], int]
"""Makes a document from a body alone; gives its internal id."""

TRANSFORMS: Mapping[tuple[str, str], Transform] = {
    ("salesOrder", "itemFulfillment"): fulfillment.from_order,
    ("salesOrder", "invoice"): invoice.from_order,
    ("salesOrder", "cashSale"): cash_sale.from_order,
    ("salesOrder", "returnAuthorization"): return_authorization.from_sale,
    ("estimate", "salesOrder"): estimate.to_order,
    ("estimate", "invoice"): invoice.from_estimate,
    ("estimate", "cashSale"): cash_sale.from_estimate,
    ("invoice", "customerPayment"): customer_payment.from_invoice,
    ("invoice", "creditMemo"): credit_memo.from_invoice,
    ("invoice", "returnAuthorization"): return_authorization.from_sale,
    ("cashSale", "returnAuthorization"): return_authorization.from_sale,
    ("returnAuthorization", "itemReceipt"): receipt.from_order,
    ("returnAuthorization", "creditMemo"): credit_memo.from_return,
    ("purchaseOrder", "itemReceipt"): receipt.from_order,
    ("purchaseOrder", "vendorBill"): purchasing.bill_order,
    ("vendorBill", "vendorPayment"): vendor_payment.from_bill,
    ("customerDeposit", "depositApplication"): deposits.apply_deposit,
    ("creditMemo", "customerRefund"): customer_refund.from_credit,
    ("customerPayment", "customerRefund"): customer_refund.from_credit,
}

CREATES: Mapping[str, Create] = {
    "cashSale": cash_sale.create,
    "creditMemo": credit_memo.create,
    "customerDeposit": deposits.create,
    "customerPayment": customer_payment.create,
    "customerRefund": customer_refund.create,
    "estimate": estimate.create,
    "invoice": invoice.create,
    "journalEntry": journal.create,
    "purchaseOrder": purchasing.order,
    "returnAuthorization": return_authorization.create,
    "vendorBill": purchasing.bill,
    "vendorCredit": purchasing.credit,
    "vendorPayment": vendor_payment.create,
}

NO_TRANSFORM = "A record of the type {source} cannot be transformed into the type {target}."
CREATED_FROM = "CREATEDFROM_REQD: a record of the type {target} can only be made from another transaction."


def transform_of(source: BoundType, target: BoundType) -> Transform:
    """What makes the one from the other. RecordRefused (400) where nothing does."""
    make = TRANSFORMS.get((source.name, target.name))
    if make is None:
        raise user_error(NO_TRANSFORM.format(source=source.name, target=target.name))
    return make


def create(work: Work, bound: BoundType, parsed: Parsed) -> int:
    """A new document from its body. RecordRefused with every fault there is, and for what needs another before it."""
    make = CREATES.get(bound.name)
    if make is None:
        raise user_error(CREATED_FROM.format(target=bound.name))
    return make(work, bound, parsed)
