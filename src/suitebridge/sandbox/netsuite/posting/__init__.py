"""Posting: a document's facts in; balanced accounting lines, status, amounts left, stock and commitments out.

Pure functions, one document type a file, without storage and without a clock. The generator of companies and the REST
records use the same ones, so what either makes adds up.
"""

from suitebridge.sandbox.netsuite.posting.balance import check_balanced
from suitebridge.sandbox.netsuite.posting.cash_sale import CashSale, post_cash_sale
from suitebridge.sandbox.netsuite.posting.columns import (
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    entry_values,
    line_values,
)
from suitebridge.sandbox.netsuite.posting.credit_memo import CreditMemo, post_credit_memo
from suitebridge.sandbox.netsuite.posting.customer_deposit import CustomerDeposit, post_customer_deposit
from suitebridge.sandbox.netsuite.posting.customer_payment import CustomerPayment, post_customer_payment
from suitebridge.sandbox.netsuite.posting.customer_refund import CustomerRefund, post_customer_refund
from suitebridge.sandbox.netsuite.posting.deposit_application import (
    DepositApplication,
    post_deposit_application,
)
from suitebridge.sandbox.netsuite.posting.errors import (
    IncompleteError,
    OverAppliedError,
    PostingError,
    UnbalancedError,
)
from suitebridge.sandbox.netsuite.posting.estimate import Estimate, post_estimate
from suitebridge.sandbox.netsuite.posting.invoice import Invoice, post_invoice
from suitebridge.sandbox.netsuite.posting.item_fulfillment import ItemFulfillment, post_item_fulfillment
from suitebridge.sandbox.netsuite.posting.item_receipt import ItemReceipt, post_item_receipt
from suitebridge.sandbox.netsuite.posting.journal_entry import JournalEntry, post_journal_entry
from suitebridge.sandbox.netsuite.posting.model import (
    Account,
    Application,
    Book,
    Commitment,
    Component,
    Entry,
    Header,
    Item,
    Line,
    Posted,
    PostedLine,
    StockMove,
    Tax,
    TaxDetail,
)
from suitebridge.sandbox.netsuite.posting.order_status import order_status
from suitebridge.sandbox.netsuite.posting.purchase_order import PurchaseOrder, post_purchase_order
from suitebridge.sandbox.netsuite.posting.return_authorization import (
    ReturnAuthorization,
    post_return_authorization,
)
from suitebridge.sandbox.netsuite.posting.sales_order import SalesOrder, post_sales_order
from suitebridge.sandbox.netsuite.posting.settlement import released, restate_paid, restate_used, voided
from suitebridge.sandbox.netsuite.posting.trade import document_total
from suitebridge.sandbox.netsuite.posting.vendor_bill import VendorBill, post_vendor_bill
from suitebridge.sandbox.netsuite.posting.vendor_credit import VendorCredit, post_vendor_credit
from suitebridge.sandbox.netsuite.posting.vendor_payment import VendorPayment, post_vendor_payment

__all__ = [
    "ENTRY_COLUMNS",
    "LINE_COLUMNS",
    "Account",
    "Application",
    "Book",
    "CashSale",
    "Commitment",
    "Component",
    "CreditMemo",
    "CustomerDeposit",
    "CustomerPayment",
    "CustomerRefund",
    "DepositApplication",
    "Entry",
    "Estimate",
    "Header",
    "IncompleteError",
    "Invoice",
    "Item",
    "ItemFulfillment",
    "ItemReceipt",
    "JournalEntry",
    "Line",
    "OverAppliedError",
    "Posted",
    "PostedLine",
    "PostingError",
    "PurchaseOrder",
    "ReturnAuthorization",
    "SalesOrder",
    "StockMove",
    "Tax",
    "TaxDetail",
    "UnbalancedError",
    "VendorBill",
    "VendorCredit",
    "VendorPayment",
    "check_balanced",
    "document_total",
    "entry_values",
    "line_values",
    "order_status",
    "post_cash_sale",
    "post_credit_memo",
    "post_customer_deposit",
    "post_customer_payment",
    "post_customer_refund",
    "post_deposit_application",
    "post_estimate",
    "post_invoice",
    "post_item_fulfillment",
    "post_item_receipt",
    "post_journal_entry",
    "post_purchase_order",
    "post_return_authorization",
    "post_sales_order",
    "post_vendor_bill",
    "post_vendor_credit",
    "post_vendor_payment",
    "released",
    "restate_paid",
    "restate_used",
    "voided",
]
