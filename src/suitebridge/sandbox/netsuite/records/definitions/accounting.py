"""The general ledger's frame: accounts, periods, books, calendars, currencies."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.records.definitions import labels
from suitebridge.sandbox.netsuite.records.definitions.fields import (
    EXTERNAL_ID,
    choices,
    computed,
    dates,
    flags,
    moments,
    multis,
    numbers,
    refs,
    texts,
)
from suitebridge.sandbox.netsuite.records.definitions.model import Family, FieldKind, RecordType
from suitebridge.sandbox.netsuite.schema.accounting import ACCOUNT_TYPE_LABELS

_ACCOUNT_NAME = """CASE WHEN t.parent IS NULL THEN t.fullname ELSE
 substr(t.fullname, length((SELECT p.fullname FROM account p WHERE p.id = t.parent)) + 4) END"""

ACCOUNT = RecordType(
    name="account",
    table="account",
    family=Family.LIST,
    permission="LIST_ACCOUNT",
    permission_name="Lists -> Accounts",
    modified="lastmodifieddate",
    writable=True,
    fields=(
        *EXTERNAL_ID,
        *texts("acctNumber", maximum=60),
        *computed("acctName", FieldKind.TEXT, _ACCOUNT_NAME, read_only=False, required=True, label="Name"),
        *choices("acctType=accttype", ACCOUNT_TYPE_LABELS, required=True, label="Type"),
        *texts("displayNameWithHierarchy", read_only=True),
        *texts("description", maximum=999),
        *refs("parent deferralAcct", "account"),
        *choices("cashFlowRate generalRate", labels.CONSOLIDATED_RATE),
        *refs("currency", "currency"),
        *refs("class", "classification"),
        *refs("department", "department"),
        *refs("location", "location"),
        *multis("subsidiary", "subsidiary"),
        *flags("includeChildren inventory isInactive eliminate revalue"),
        *flags("isSummary=issummary reconcileWithMatching"),
        *texts("sSpecAcct=sspecacct", read_only=True),
        *moments("lastModifiedDate", read_only=True),
    ),
)

ACCOUNTING_PERIOD = RecordType(
    name="accountingPeriod",
    table="accountingperiod",
    family=Family.LIST,
    permission="ADMI_PERIODS",
    permission_name="Setup -> Manage Accounting Periods",
    modified="lastmodifieddate",
    fields=(
        *texts("periodName"),
        *dates("startDate endDate"),
        *refs("parent", "accountingPeriod"),
        *flags("isYear isQuarter isAdjust isPosting isInactive closed"),
        *moments("closedOnDate"),
        *flags("allLocked arLocked apLocked allowNonGLChanges"),
        *moments("lastModifiedDate", read_only=True),
    ),
)

ACCOUNTING_BOOK = RecordType(
    name="accountingBook",
    table="accountingbook",
    family=Family.LIST,
    permission=None,
    permission_name="Setup -> Accounting Book",
    modified="lastmodifieddate",
    fields=(
        *EXTERNAL_ID,
        *texts("name"),
        *refs("baseBook", "accountingBook"),
        *refs("effectivePeriod", "accountingPeriod"),
        *flags("isPrimary isAdjustmentOnly isConsolidated contingentRevenueHandling twoStepRevenueAllocation"),
        *texts("unbilledReceivableGrouping"),
        *moments("lastModifiedDate", read_only=True),
    ),
)

FISCAL_CALENDAR = RecordType(
    name="fiscalCalendar",
    table="fiscalcalendar",
    family=Family.LIST,
    permission=None,
    permission_name="Setup -> Fiscal Calendars",
    fields=(*EXTERNAL_ID, *texts("name fiscalMonth"), *flags("isDefault")),
)

CURRENCY = RecordType(
    name="currency",
    table="currency",
    family=Family.LIST,
    permission="LIST_CURRENCY",
    permission_name="Lists -> Currency",
    modified="lastmodifieddate",
    writable=True,
    fields=(
        *EXTERNAL_ID,
        *texts("name", maximum=60, required=True),
        *texts("symbol", maximum=3, required=True),
        *texts("displaySymbol", maximum=8),
        *choices("symbolPlacement", labels.SYMBOL_PLACEMENT),
        *choices("currencyPrecision", {"0": "0", "2": "2"}, default=2),
        *numbers("exchangeRate", scale=12, required=True),
        *flags("isBaseCurrency", read_only=True, default="F"),
        *flags("isInactive includeInFxRateUpdates overrideCurrencyFormat"),
        *moments("lastModifiedDate", read_only=True),
    ),
)

CURRENCY_RATE = RecordType(
    name="currencyRate",
    table="currencyrate",
    family=Family.LIST,
    permission="LIST_CURRENCY",
    permission_name="Lists -> Currency",
    modified="lastmodifieddate",
    writable=True,
    fields=(
        *refs("baseCurrency transactionCurrency", "currency", required=True),
        *numbers("exchangeRate", scale=12, required=True),
        *dates("effectiveDate", required=True),
        *moments("lastModifiedDate", read_only=True),
    ),
)

CONSOLIDATED_RATE = RecordType(
    name="consolidatedExchangeRate",
    table="consolidatedexchangerate",
    family=Family.LIST,
    permission="LIST_CURRENCY",
    permission_name="Lists -> Currency",
    fields=(
        *EXTERNAL_ID,
        *refs("accountingBook", "accountingBook"),
        *refs("postingPeriod", "accountingPeriod"),
        *refs("fromSubsidiary toSubsidiary", "subsidiary"),
        *refs("fromCurrency toCurrency", "currency"),
        *numbers("currentRate averageRate historicalRate", scale=12),
        *flags("isDerived isPeriodClosed"),
    ),
)

ACCOUNTING_TYPES = (
    ACCOUNT,
    ACCOUNTING_PERIOD,
    ACCOUNTING_BOOK,
    FISCAL_CALENDAR,
    CURRENCY,
    CURRENCY_RATE,
    CONSOLIDATED_RATE,
)
