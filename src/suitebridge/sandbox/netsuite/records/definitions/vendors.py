"""Vendor records against the columns of `vendor`."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import contact_roles, labels
from suitebridge.sandbox.netsuite.records.definitions.addresses import address_book
from suitebridge.sandbox.netsuite.records.definitions.customers import DEFAULT_ADDRESS, OWN_SUBSIDIARY
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    choices,
    computed,
    dates,
    flags,
    moments,
    money,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import Family, FieldKind, Owned, Place, RecordType

_BALANCE = """((SELECT COALESCE(SUM(x.foreignamountunpaid), 0) FROM "transaction" x
 WHERE x.entity = t.id AND x.type = 'VendBill' AND x.posting = 'T')
 - (SELECT COALESCE(SUM(l.foreignpaymentamountunused), 0) FROM "transaction" x
 JOIN transactionline l ON l."transaction" = x.id AND l.id IN (0, 1)
 WHERE x.entity = t.id AND x.type IN ('VendPymt', 'VendCred')))"""
_UNBILLED = """(SELECT -COALESCE(SUM(x.foreigntotal), 0) FROM "transaction" x
 WHERE x.entity = t.id AND x.type = 'PurchOrd' AND x.status IN ('B', 'D', 'E', 'F'))"""
_SUBSIDIARY = """(SELECT r.subsidiary FROM vendorsubsidiaryrelationship r
 WHERE r.entity = t.id AND r.isprimarysub = 'T' LIMIT 1)"""

_EXTRA = Place.EXTRA

VENDOR = RecordType(
    name="vendor",
    table="vendor",
    family=Family.ENTITY,
    code="Vendor",
    permission="LIST_VENDOR",
    permission_name="Lists -> Vendors",
    created="datecreated",
    modified="lastmodifieddate",
    writable=True,
    owned=(
        Owned("vendoraddressbook", "entity"),
        Owned("vendorsubsidiaryrelationship", "entity"),
        Owned("entity", "id"),
        contact_roles.OWNED,
    ),
    fields=(
        *EXTERNAL_ID,
        *texts("entityId", maximum=83, label="Vendor ID"),
        *texts("altName", read_only=True),
        *flags("isPerson"),
        *texts("companyName legalName", maximum=83),
        *texts("salutation", maximum=30),
        *texts("firstName middleName lastName", maximum=32),
        *texts("title", maximum=100),
        *texts("email", maximum=254),
        *texts("phone altPhone fax", maximum=32),
        *texts("url", maximum=255),
        *texts("comments"),
        *flags("isInactive"),
        *refs("category", "vendorCategory"),
        *refs("terms", "term"),
        *refs("currency", "currency"),
        *refs("payablesAccount expenseAccount", "account"),
        *money("creditLimit"),
        *texts("accountNumber", maximum=99),
        *texts("printOnCheckAs", maximum=83),
        *choices("emailPreference", labels.EMAIL_PREFERENCE, default="DEFAULT"),
        *flags("giveAccess is1099Eligible isJobResourceVend"),
        *flags("duplicate", read_only=True),
        *moments("dateCreated lastModifiedDate", read_only=True),
        *computed("subsidiary", FieldKind.REF, _SUBSIDIARY, target="subsidiary", **OWN_SUBSIDIARY),
        *computed("balance", FieldKind.NUMBER, _BALANCE, scale=2),
        *computed("balancePrimary", FieldKind.NUMBER, _BALANCE, scale=2),
        *computed("unbilledOrders", FieldKind.NUMBER, _UNBILLED, scale=2),
        *computed("defaultAddress", FieldKind.TEXT, DEFAULT_ADDRESS),
        *flags("autoName sendEmail", Place.WRITE_ONLY),
        *texts("password password2", Place.WRITE_ONLY),
        *texts("altEmail phoneticName mobilePhone homePhone vatRegNumber taxIdNum bcn", _EXTRA),
        *flags("eligibleForCommission emailTransactions printTransactions faxTransactions isAccountant", _EXTRA),
        *money("laborCost openingBalance", _EXTRA),
        *dates("openingBalanceDate", _EXTRA),
        *refs("customForm image incoterm taxItem workCalendar", None, _EXTRA),
        *refs("openingBalanceAccount", "account", _EXTRA),
        *refs("representingSubsidiary", "subsidiary", _EXTRA),
        *choices("globalSubscriptionStatus", labels.SUBSCRIPTION_STATUS, _EXTRA),
        *choices("language", labels.LANGUAGE, _EXTRA),
    ),
    sublists=(address_book("vendoraddressbook"), contact_roles.CONTACT_ROLES_LIST),
)
