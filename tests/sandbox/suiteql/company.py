# ruff: noqa: E501 - a query in a table reads best on one line
"""A company small enough to work out by hand: three customers, three subsidiaries, a few documents."""

from __future__ import annotations

ROWS: dict[str, list[dict[str, object]]] = {
    "dual": [{"dummy": "X"}],
    "subsidiary": [
        {"id": 1, "name": "Parent", "fullname": "Parent", "currency": 1},
        {"id": 2, "name": "East", "fullname": "Parent : East", "parent": 1, "currency": 1},
        {"id": 3, "name": "West", "fullname": "Parent : West", "parent": 1, "currency": 2},
    ],
    "currency": [
        {"id": 1, "name": "US Dollar", "symbol": "USD", "exchangerate": 10**12, "isbasecurrency": "T"},
        {"id": 2, "name": "Euro", "symbol": "EUR", "exchangerate": 125 * 10**10, "isbasecurrency": "F"},
    ],
    "currencyrate": [
        {"id": 1, "basecurrency": 1, "transactioncurrency": 2, "exchangerate": 11 * 10**11, "effectivedate": "2024-01-01"},
        {"id": 2, "basecurrency": 1, "transactioncurrency": 2, "exchangerate": 12 * 10**11, "effectivedate": "2024-02-01"},
    ],
    "location": [
        {"id": 1, "name": "Main", "fullname": "Main"},
        {"id": 2, "name": "Shelf", "fullname": "Main : Shelf", "parent": 1},
    ],
    "employee": [
        {"id": 50, "entityid": "Ann", "entitytitle": "Ann", "firstname": "Ann", "subsidiary": 1, "department": 4},
        {"id": 51, "entityid": "Bob", "entitytitle": "Bob", "firstname": "Bob", "subsidiary": 2, "supervisor": 50},
        {"id": 52, "entityid": "Cy", "entitytitle": "Cy", "firstname": "Cy", "subsidiary": 3, "birthdate": "1990-04-01"},
    ],
    "customer": [
        {"id": 1, "entityid": "C1", "companyname": "Acme", "firstname": "Zed", "isinactive": "T", "email": "a@example.com",
         "phone": "(415) 555-0100", "memo": "50% off", "creditlimit": 100050, "lastmodifieddate": "2024-01-05 10:11:12"},
        {"id": 2, "entityid": "C2", "companyname": "Beta", "isinactive": "F", "externalid": "B-2",
         "lastmodifieddate": "2024-02-05 00:00:00"},
        {"id": 3, "entityid": "C3", "companyname": "Cee", "firstname": "Ann", "isinactive": "F", "email": "c@x.org",
         "parent": 1, "lastmodifieddate": "2024-03-05 23:59:59"},
    ],
    "entity": [
        {"id": 1, "entityid": "C1", "entitytitle": "C1 Acme", "type": "CustJob"},
        {"id": 2, "entityid": "C2", "entitytitle": "C2 Beta", "type": "CustJob"},
        {"id": 3, "entityid": "C3", "entitytitle": "C3 Cee", "type": "CustJob"},
    ],
    "item": [
        {"id": 7, "itemid": "Bolt", "fullname": "Bolt", "displayname": "Bolt", "itemtype": "InvtPart", "averagecost": 12345678},
        {"id": 10, "itemid": "Nut", "fullname": "Nut", "displayname": "Nut", "itemtype": "InvtPart"},
    ],
    "accountingperiod": [
        {"id": 100, "periodname": "Jan 2024", "startdate": "2024-01-01", "enddate": "2024-01-31", "isyear": "F", "isquarter": "F"},
        {"id": 101, "periodname": "Feb 2024", "startdate": "2024-02-01", "enddate": "2024-02-29", "isyear": "F", "isquarter": "F"},
        {"id": 102, "periodname": "Mar 2024", "startdate": "2024-03-01", "enddate": "2024-03-31", "isyear": "F", "isquarter": "F"},
    ],
    "account": [
        {"id": 1, "acctnumber": "1000", "fullname": "Bank", "accttype": "Bank", "accountsearchdisplayname": "1000 Bank"},
        {"id": 2, "acctnumber": "4000", "fullname": "Sales", "accttype": "Income", "accountsearchdisplayname": "4000 Sales"},
    ],
    "transaction": [
        {"id": 1, "tranid": "SO1", "trandisplayname": "Sales Order #SO1", "type": "SalesOrd", "recordtype": "salesorder",
         "entity": 1, "foreigntotal": 1000, "trandate": "2024-01-15", "duedate": "2024-02-14", "status": "B",
         "posting": "F", "voided": "F", "currency": 1, "exchangerate": 10**12, "postingperiod": 100,
         "createddate": "2024-01-15 08:30:00", "lastmodifieddate": "2024-01-20 16:45:10", "approvalstatus": 2},
        {"id": 2, "tranid": "SO2", "trandisplayname": "Sales Order #SO2", "type": "SalesOrd", "recordtype": "salesorder",
         "foreigntotal": 2000, "trandate": "2024-01-16", "status": "A", "posting": "F", "voided": "F", "currency": 1,
         "exchangerate": 10**12, "postingperiod": 100, "createddate": "2024-01-16 09:00:00",
         "lastmodifieddate": "2024-01-16 09:00:00"},
        {"id": 3, "tranid": "INV3", "trandisplayname": "Invoice #INV3", "type": "CustInvc", "recordtype": "invoice",
         "entity": 2, "foreigntotal": 3000, "trandate": "2024-02-01", "status": "A", "posting": "T", "voided": "F",
         "currency": 2, "exchangerate": 125 * 10**10, "postingperiod": 101, "memo": "first \"quoted\" \\ line\n2",
         "createddate": "2024-02-01 23:30:00", "lastmodifieddate": "2024-02-02 00:00:00"},
    ],
    "transactionline": [
        {"uniquekey": 11, "transaction": 1, "id": 0, "mainline": "T", "taxline": "F", "subsidiary": 1, "location": 2,
         "foreignamount": 1000, "linesequencenumber": 0},
        {"uniquekey": 12, "transaction": 1, "id": 1, "mainline": "F", "taxline": "F", "item": 7, "subsidiary": 1,
         "quantity": -250000, "rate": 333333333, "foreignamount": -833, "memo": "m2", "linesequencenumber": 1,
         "class": 5},
        {"uniquekey": 13, "transaction": 1, "id": 2, "mainline": "F", "taxline": "F", "item": 10, "subsidiary": 1,
         "quantity": -100000, "rate": 167000000, "foreignamount": -167, "memo": "m1", "linesequencenumber": 2},
        {"uniquekey": 21, "transaction": 2, "id": 0, "mainline": "T", "taxline": "F", "subsidiary": 2,
         "foreignamount": 2000, "linesequencenumber": 0},
        {"uniquekey": 31, "transaction": 3, "id": 0, "mainline": "T", "taxline": "F", "subsidiary": 3,
         "foreignamount": 3000, "linesequencenumber": 0, "createdfrom": 1},
    ],
    "transactionaccountingline": [
        {"transaction": 3, "transactionline": 0, "accountingbook": 1, "account": 1, "debit": 3000, "amount": 3000,
         "posting": "T"},
        {"transaction": 3, "transactionline": 1, "accountingbook": 1, "account": 2, "credit": 1001, "amount": -1001,
         "posting": "T"},
        {"transaction": 3, "transactionline": 2, "accountingbook": 1, "account": 2, "credit": 1999, "amount": -1999,
         "posting": "T"},
    ],
    "consolidatedexchangerate": [
        {"id": 1, "accountingbook": 1, "postingperiod": 101, "fromsubsidiary": 3, "tosubsidiary": 1,
         "currentrate": 11 * 10**11, "averagerate": 105 * 10**10, "historicalrate": 10**12},
    ],
    "previoustransactionlink": [
        {"previousdoc": 1, "nextdoc": 3, "linktype": "OrdBill", "foreignamount": 1000},
    ],
    "systemnote": [
        {"id": 1, "date": "2024-01-01 01:02:03", "recordtypeid": -30, "recordid": 1, "field": "X", "type": 2},
    ],
}  # fmt: skip
