"""Customer records: field names of the 2026.1 REST schema against the columns of `customer`."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import contact_roles, labels
from suitebridge.sandbox.netsuite.records.definitions.addresses import address_book
from suitebridge.sandbox.netsuite.records.definitions.countries import COUNTRIES
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
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

_UNPAID = """(SELECT COALESCE(SUM(x.foreignamountunpaid), 0) FROM "transaction" x
 WHERE x.entity = t.id AND x.type = 'CustInvc' AND x.posting = 'T'{more})"""
_UNUSED = """(SELECT COALESCE(SUM(l.foreignpaymentamountunused), 0) FROM "transaction" x
 JOIN transactionline l ON l."transaction" = x.id AND l.id IN (0, 1) WHERE x.entity = t.id AND x.type IN ({types}))"""
_UNBILLED = """(SELECT COALESCE(SUM(x.foreigntotal), 0) FROM "transaction" x
 WHERE x.entity = t.id AND x.type = 'SalesOrd' AND x.status IN ('B', 'D', 'E', 'F'))"""

_OPEN = _UNPAID.format(more="")
_CREDIT = _UNUSED.format(types="'CustPymt', 'CustCred'")
_DEPOSITS = _UNUSED.format(types="'CustDep'")

BALANCE = f"({_OPEN} - {_CREDIT})"
OVERDUE = _UNPAID.format(more=" AND x.duedate < :today")
PRIMARY_SUBSIDIARY = """(SELECT r.subsidiary FROM customersubsidiaryrelationship r
 WHERE r.entity = t.id AND r.isprimarysub = 'T' LIMIT 1)"""
OWN_SUBSIDIARY = {"read_only": False, "required": True, "feature": "oneworld"}
DEFAULT_ADDRESS = "(SELECT a.addrtext FROM entityaddress a WHERE a.nkey = t.defaultbillingaddress)"

_EXTRA = Place.EXTRA

CUSTOMER = RecordType(
    name="customer",
    table="customer",
    family=Family.ENTITY,
    code="CustJob",
    permission="LIST_CUSTJOB",
    permission_name="Lists -> Customers",
    created="datecreated",
    modified="lastmodifieddate",
    writable=True,
    owned=(
        Owned("customeraddressbook", "entity"),
        Owned("customersubsidiaryrelationship", "entity"),
        Owned("entity", "id"),
        contact_roles.OWNED,
    ),
    fields=(
        *EXTERNAL_ID,
        *texts("entityId", maximum=83, label="Customer ID"),
        *texts("altName", read_only=True),
        *flags("isPerson"),
        *texts("companyName", maximum=83),
        *texts("salutation", maximum=30),
        *texts("firstName middleName lastName", maximum=32),
        *texts("title", maximum=100),
        *texts("email", maximum=254),
        *texts("phone altPhone mobilePhone homePhone fax", maximum=32),
        *texts("url", maximum=255),
        *texts("comments"),
        *refs("parent", "customer"),
        *flags("isInactive"),
        *refs("category", "customerCategory"),
        *refs("entityStatus", "customerStatus"),
        *texts("searchStage", read_only=True),
        *refs("salesRep", "employee"),
        *refs("terms", "term"),
        *refs("priceLevel", "priceLevel"),
        *refs("currency", "currency"),
        *refs("receivablesAccount", "account"),
        *money("creditLimit"),
        *choices("creditHoldOverride", labels.CREDIT_HOLD, default="AUTO"),
        *texts("accountNumber resaleNumber", maximum=99),
        *flags("taxable", default="T"),
        *flags("isBudgetApproved giveAccess shipComplete"),
        *flags("duplicate", read_only=True),
        *choices("emailPreference", labels.EMAIL_PREFERENCE, default="DEFAULT"),
        *dates("firstOrderDate lastOrderDate firstSaleDate lastSaleDate", read_only=True),
        *moments("dateCreated lastModifiedDate", read_only=True),
        *computed("subsidiary", FieldKind.REF, PRIMARY_SUBSIDIARY, target="subsidiary", **OWN_SUBSIDIARY),
        *computed("balance", FieldKind.NUMBER, BALANCE, scale=2),
        *computed("overdueBalance", FieldKind.NUMBER, OVERDUE, scale=2),
        *computed("unbilledOrders", FieldKind.NUMBER, _UNBILLED, scale=2),
        *computed("depositBalance", FieldKind.NUMBER, _DEPOSITS, scale=2),
        *computed("defaultAddress", FieldKind.TEXT, DEFAULT_ADDRESS),
        *flags("autoName", Place.WRITE_ONLY),
        *flags("sendEmail", Place.WRITE_ONLY),
        *texts("password password2", Place.WRITE_ONLY),
        *texts("altEmail phoneticName printOnCheckAs vatRegNumber displaySymbol referrer keywords", _EXTRA),
        *texts("thirdPartyAcct thirdPartyZipcode contribPct clickStream lastPageVisited", _EXTRA),
        *flags("overrideCurrencyFormat taxExempt emailTransactions printTransactions faxTransactions", _EXTRA),
        *flags("groupInvoices syncPartnerTeams syncSalesTeams", _EXTRA),
        *dates("startDate endDate acquisitionDate openingBalanceDate", _EXTRA),
        *money("estimatedBudget openingBalance", _EXTRA),
        *numbers("defaultOrderPriority", _EXTRA),
        *integers("reminderDays", _EXTRA),
        *refs(
            "customForm accessRole billingSchedule buyingReason buyingTimeFrame campaignCategory image", None, _EXTRA
        ),
        *refs("leadSource prefCcProcessor salesGroup salesReadiness sourceWebSite territory taxItem", None, _EXTRA),
        *refs("drAccount fxAccount defaultBankAccount openingBalanceAccount", "account", _EXTRA),
        *refs("partner", "partner", _EXTRA),
        *refs("representingSubsidiary", "subsidiary", _EXTRA),
        *refs("shippingItem", "shipItem", _EXTRA),
        *choices("alcoholRecipientType", {"CONSUMER": "Consumer", "LICENSEE": "Licensee"}, _EXTRA),
        *choices("billingTransactionType", {"CashSale": "Cash Sale", "CustInvc": "Invoice"}, _EXTRA),
        *choices("globalSubscriptionStatus", labels.SUBSCRIPTION_STATUS, _EXTRA),
        *choices("language", labels.LANGUAGE, _EXTRA),
        *choices("monthlyClosing", labels.CLOSING_DAY, _EXTRA),
        *choices("negativeNumberFormat", labels.NEGATIVE_FORMAT, _EXTRA),
        *choices("numberFormat", labels.NUMBER_FORMAT, _EXTRA),
        *choices("shippingCarrier", labels.SHIPPING_CARRIER, _EXTRA),
        *choices("symbolPlacement", labels.SYMBOL_PLACEMENT, _EXTRA),
        *choices("thirdPartyCarrier", {"fedex": "FedEx", "ups": "UPS", "usps": "USPS"}, _EXTRA),
        *choices("thirdPartyCountry", COUNTRIES, _EXTRA),
    ),
    sublists=(
        address_book("customeraddressbook"),
        contact_roles.CONTACT_ROLES_LIST,
        Sublist(
            "currencyList",
            "customersubsidiaryrelationship",
            "entity",
            (
                *refs("currency=primarycurrency", "currency"),
                *money("balance depositBalance unbilledOrders"),
            ),
            path="CAST(l.primarycurrency AS TEXT)",
            where="l.isprimarysub = 'T' AND l.primarycurrency IS NOT NULL",
            order="l.primarycurrency",
            feature="multicurrency",
        ),
    ),
)
