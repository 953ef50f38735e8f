"""Transaction types and the letters of their statuses, as SuiteQL shows them through BUILTIN.DF.

A status is a bare letter that means something only together with the type, so labels are keyed "SalesOrd:B".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class TransactionType:
    """One type of transaction: SuiteQL's `type`, `recordtype` and `abbrevtype`, the name shown, and its letters."""

    code: str
    record_type: str
    name: str
    abbreviation: str
    statuses: Mapping[str, str]


def _type(code: str, record_type: str, name: str, abbreviation: str, **statuses: str) -> TransactionType:
    return TransactionType(code, record_type, name, abbreviation, MappingProxyType(statuses))


_UNDEFINED = {"Y": "Undefined"}

TRANSACTION_TYPES: Mapping[str, TransactionType] = MappingProxyType(
    {
        each.code: each
        for each in (
            _type(
                "Estimate",
                "estimate",
                "Estimate",
                "ESTIMATE",
                A="Open",
                B="Processed",
                C="Closed",
                V="Voided",
                X="Expired",
            ),
            _type(
                "Opprtnty",
                "opportunity",
                "Opportunity",
                "OPPTNTY",
                A="In Progress",
                B="Issued Estimate",
                C="Closed - Won",
                D="Closed - Lost",
            ),
            _type(
                "SalesOrd",
                "salesorder",
                "Sales Order",
                "SALESORD",
                A="Pending Approval",
                B="Pending Fulfillment",
                C="Cancelled",
                D="Partially Fulfilled",
                E="Pending Billing/Partially Fulfilled",
                F="Pending Billing",
                G="Billed",
                H="Closed",
                **_UNDEFINED,
            ),
            _type("ItemShip", "itemfulfillment", "Item Fulfillment", "ITEMSHIP", A="Picked", B="Packed", C="Shipped"),
            _type(
                "CustInvc",
                "invoice",
                "Invoice",
                "INV",
                A="Open",
                B="Paid In Full",
                D="Pending Approval",
                E="Rejected",
                V="Voided",
            ),
            _type(
                "CashSale",
                "cashsale",
                "Cash Sale",
                "CASHSALE",
                A="Unapproved Payment",
                B="Not Deposited",
                C="Deposited",
                V="Voided",
            ),
            _type(
                "CashRfnd",
                "cashrefund",
                "Cash Refund",
                "CASHRFND",
                V="Voided",
                **_UNDEFINED,
            ),
            _type(
                "CustPymt",
                "customerpayment",
                "Payment",
                "PYMT",
                A="Unapproved Payment",
                B="Not Deposited",
                C="Deposited",
                V="Voided",
            ),
            _type(
                "CustDep",
                "customerdeposit",
                "Customer Deposit",
                "CUSTDEP",
                A="Not Deposited",
                B="Deposited",
                C="Fully Applied",
                V="Voided",
            ),
            _type("DepAppl", "depositapplication", "Deposit Application", "DEPAPPL", V="Voided", **_UNDEFINED),
            _type("CustCred", "creditmemo", "Credit Memo", "CREDMEM", A="Open", B="Fully Applied", V="Voided"),
            _type("CustRfnd", "customerrefund", "Customer Refund", "CUSTRFND", V="Voided", **_UNDEFINED),
            _type(
                "RtnAuth",
                "returnauthorization",
                "Return Authorization",
                "RTNAUTH",
                A="Pending Approval",
                B="Pending Receipt",
                C="Cancelled",
                D="Partially Received",
                E="Pending Refund/Partially Received",
                F="Pending Refund",
                G="Refunded",
                H="Closed",
            ),
            _type("ItemRcpt", "itemreceipt", "Item Receipt", "ITEMRCPT", **_UNDEFINED),
            _type(
                "PurchOrd",
                "purchaseorder",
                "Purchase Order",
                "PURCHORD",
                A="Pending Supervisor Approval",
                B="Pending Receipt",
                C="Rejected by Supervisor",
                D="Partially Received",
                E="Pending Billing/Partially Received",
                F="Pending Bill",
                G="Fully Billed",
                H="Closed",
            ),
            _type(
                "VendBill",
                "vendorbill",
                "Bill",
                "BILL",
                A="Open",
                B="Paid In Full",
                C="Cancelled",
                D="Pending Approval",
                E="Rejected",
                F="Payment In-Transit",
                V="Voided",
            ),
            _type(
                "VendPymt",
                "vendorpayment",
                "Bill Payment",
                "BILLPMT",
                A="Pending Approval",
                B="In-Transit",
                C="Confirmed",
                D="Rejected",
                E="Declined",
                F="Approved",
                V="Voided",
                **_UNDEFINED,
            ),
            _type("VendCred", "vendorcredit", "Bill Credit", "BILLCRED", A="Open", B="Fully Applied", V="Voided"),
            _type(
                "Journal",
                "journalentry",
                "Journal",
                "GENJRNL",
                A="Pending Approval",
                B="Approved for Posting",
                V="Voided",
            ),
            _type("Deposit", "deposit", "Deposit", "DEPOSIT", **_UNDEFINED),
            _type("Check", "check", "Check", "CHECK", V="Voided", **_UNDEFINED),
            _type("InvAdjst", "inventoryadjustment", "Inventory Adjustment", "INVADJST", **_UNDEFINED),
            _type("InvTrnfr", "inventorytransfer", "Inventory Transfer", "INVTRNFR", **_UNDEFINED),
            _type(
                "TrnfrOrd",
                "transferorder",
                "Transfer Order",
                "TRNFRORD",
                A="Pending Approval",
                B="Pending Fulfillment",
                C="Rejected",
                D="Partially Fulfilled",
                E="Pending Receipt/Partially Fulfilled",
                F="Pending Receipt",
                G="Received",
                H="Closed",
            ),
            _type(
                "WorkOrd",
                "workorder",
                "Work Order",
                "WORKORD",
                A="Planned",
                B="Released",
                C="Cancelled",
                D="In Process",
                G="Built",
                H="Closed",
            ),
            _type("Build", "assemblybuild", "Assembly Build", "BUILD", **_UNDEFINED),
            _type("Unbuild", "assemblyunbuild", "Assembly Unbuild", "UNBUILD", **_UNDEFINED),
            _type(
                "RevArrng",
                "revenuearrangement",
                "Revenue Arrangement",
                "REVARRNG",
                A="Pending Approval",
                B="Approved",
                H="Closed",
                R="Rejected",
            ),
        )
    }
)
"""All types by SuiteQL's `type`."""

TYPE_PERMISSIONS: Mapping[str, str] = MappingProxyType(
    {
        code: f"TRAN_{code.upper()}"
        for code in (
            "Estimate",
            "SalesOrd",
            "ItemShip",
            "CustInvc",
            "CashSale",
            "CustPymt",
            "CustDep",
            "DepAppl",
            "CustCred",
            "CustRfnd",
            "RtnAuth",
            "PurchOrd",
            "ItemRcpt",
            "VendBill",
            "VendCred",
            "VendPymt",
            "Journal",
        )
    }
)
"""The permission that transactions of a type are seen with, beside the one of the table."""

TYPE_LABELS: Mapping[str, str] = MappingProxyType({each.code: each.name for each in TRANSACTION_TYPES.values()})
"""`transaction.type` as BUILTIN.DF shows it."""

STATUS_LABELS: Mapping[str, str] = MappingProxyType(
    {
        f"{each.code}:{letter}": f"{each.name} : {name}"
        for each in TRANSACTION_TYPES.values()
        for letter, name in each.statuses.items()
    }
)
"""`transaction.status` as BUILTIN.DF shows it, by type and letter: "SalesOrd:B"."""
