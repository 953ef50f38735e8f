"""The shapes of the rows that a document is written as."""

from __future__ import annotations

from suitebridge.sandbox.netsuite.company.rows import shape
from suitebridge.sandbox.netsuite.posting import ENTRY_COLUMNS, LINE_COLUMNS

TRANSACTION = shape(
    "transaction",
    (
        "id",
        "externalid",
        "tranid",
        "transactionnumber",
        "trandisplayname",
        "type",
        "recordtype",
        "abbrevtype",
        "trandate",
        "postingperiod",
        "posting",
        "status",
        "approvalstatus",
        "entity",
        "currency",
        "exchangerate",
        "foreigntotal",
        "foreignamountpaid",
        "foreignamountunpaid",
        "duedate",
        "closedate",
        "terms",
        "otherrefnum",
        "memo",
        "voided",
        "billingaddress",
        "shippingaddress",
        "shipdate",
        "employee",
        "nexus",
        "source",
        "paymentmethod",
        "isreversal",
        "reversal",
        "reversaldate",
        "createdby",
        "createddate",
        "lastmodifiedby",
        "lastmodifieddate",
        "custbody_sb_channel",
        "custbody_sb_source_id",
        "custbody_sb_gift",
        "custbody_sb_promised",
        "custbody_sb_margin",
    ),
    {
        "shipcomplete": "F",
        "reversaldefer": "F",
        "intercoadj": "F",
        "isfinchrg": "F",
        "isbookspecific": "F",
        "taxregoverride": "F",
        "taxdetailsoverride": "F",
        "taxpointdateoverride": "F",
        "tobeprinted": "F",
        "tobeemailed": "F",
    },
)
LINE = shape(
    "transactionline",
    (
        "uniquekey",
        "transaction",
        *LINE_COLUMNS,
        "linelastmodifieddate",
        "expectedshipdate",
        "actualshipdate",
        "custcol_sb_line_ref",
        "custcol_sb_engraving",
        "commitinventory",
        "paymentmethod",
    ),
    {"blandedcost": "F", "commitmentfirm": "F"},
)
ENTRY = shape("transactionaccountingline", ("transaction", *ENTRY_COLUMNS, "lastmodifieddate", "glauditnumber"))
TAX_DETAIL = shape(
    "transactiontaxdetail",
    ("id", "transaction", "transactionline", "taxtype", "taxcode", "taxbasis", "taxrate", "taxamount", "linetype"),
)
LINK_NAMES = (
    "previousdoc",
    "nextdoc",
    "previoustype",
    "nexttype",
    "previousdate",
    "nextdate",
    "linktype",
    "foreignamount",
)
LINK = shape("nexttransactionlink", LINK_NAMES)
LINE_LINK = shape("nexttransactionlinelink", (*LINK_NAMES, "previousline", "nextline", "discount"))
NOTE = shape(
    "systemnote",
    ("id", "name", "date", "recordtypeid", "recordid", "field", "oldvalue", "newvalue", "type", "context", "role"),
)
