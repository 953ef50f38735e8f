"""Money that moves between a company and its customers and vendors."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions.fields import (
    choices,
    computed,
    flags,
    money,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import FieldKind, Place
from suitebridge.sandbox.netsuite.records.definitions.sales import UNUSED, USED
from suitebridge.sandbox.netsuite.records.definitions.transactions import (
    CONTROL_ACCOUNT,
    MAIN_ACCOUNT,
    POSTING_PERIOD,
    apply_sublist,
    transaction,
)

_EXTRA = Place.EXTRA
_TOTAL = "ABS(t.foreigntotal)"
_CUSTOMER = refs("customer=entity", "customer", required=True, label="Customer")
_APPLIED = (
    *computed("applied", FieldKind.NUMBER, USED, scale=2),
    *computed("unapplied", FieldKind.NUMBER, UNUSED, scale=2),
)
_MONEY = (
    *computed("total", FieldKind.NUMBER, _TOTAL, scale=2),
    *computed("account", FieldKind.REF, MAIN_ACCOUNT, target="account", read_only=False),
    *refs("paymentMethod", "paymentMethod"),
    *texts("checkNumber", _EXTRA),
    *refs("paymentOption", None, _EXTRA),
)

CUSTOMER_PAYMENT = transaction(
    "customerPayment",
    "CustPymt",
    "TRAN_CUSTPYMT",
    (
        *_CUSTOMER,
        *POSTING_PERIOD,
        *_MONEY,
        *_APPLIED,
        *computed("payment", FieldKind.NUMBER, _TOTAL, scale=2, read_only=False, label="Payment Amount"),
        *computed("arAcct", FieldKind.REF, CONTROL_ACCOUNT, target="account", read_only=False),
        *choices("undepFunds", {"F": "Account", "T": "Undeposited Funds"}, _EXTRA),
        *flags("autoApply", Place.WRITE_ONLY),
        *flags("toBeEmailed"),
    ),
    (apply_sublist(kinds="l.previoustype = 'CustInvc'"),),
    writable=True,
)

CUSTOMER_DEPOSIT = transaction(
    "customerDeposit",
    "CustDep",
    "TRAN_CUSTDEP",
    (
        *_CUSTOMER,
        *POSTING_PERIOD,
        *_MONEY,
        *computed("payment", FieldKind.NUMBER, _TOTAL, scale=2, read_only=False),
        *computed("salesOrder", FieldKind.REF, "m.createdfrom", target="salesOrder", read_only=False),
        *choices("undepFunds", {"F": "Account", "T": "Undeposited Funds"}, _EXTRA),
    ),
    writable=True,
)

DEPOSIT_APPLICATION = transaction(
    "depositApplication",
    "DepAppl",
    "TRAN_DEPAPPL",
    (
        *_CUSTOMER,
        *POSTING_PERIOD,
        *computed("total", FieldKind.NUMBER, _TOTAL, scale=2),
        *_APPLIED,
        *computed("arAcct", FieldKind.REF, CONTROL_ACCOUNT, target="account"),
        *computed("deposit", FieldKind.REF, "m.createdfrom", target="customerDeposit"),
    ),
    (apply_sublist(kinds="l.previoustype = 'CustInvc'"),),
    writable=True,
)

CUSTOMER_REFUND = transaction(
    "customerRefund",
    "CustRfnd",
    "TRAN_CUSTRFND",
    (
        *_CUSTOMER,
        *POSTING_PERIOD,
        *_MONEY,
        *computed("arAcct", FieldKind.REF, CONTROL_ACCOUNT, target="account"),
        *flags("toBePrinted"),
    ),
    (
        apply_sublist(kinds="l.previoustype IN ('CustCred', 'CustPymt')"),
        apply_sublist("deposit", kinds="l.previoustype = 'CustDep'"),
    ),
    writable=True,
)

VENDOR_PAYMENT = transaction(
    "vendorPayment",
    "VendPymt",
    "TRAN_VENDPYMT",
    (
        *refs("entity", "entity", label="Vendor"),
        *POSTING_PERIOD,
        *_MONEY,
        *computed("apAcct", FieldKind.REF, CONTROL_ACCOUNT, target="account"),
        *money("balance", _EXTRA, read_only=True),
        *flags("toBePrinted"),
    ),
    (apply_sublist(kinds="l.previoustype = 'VendBill'"),),
    writable=True,
)

PAYMENT_TYPES = (CUSTOMER_PAYMENT, CUSTOMER_DEPOSIT, DEPOSIT_APPLICATION, CUSTOMER_REFUND, VENDOR_PAYMENT)
