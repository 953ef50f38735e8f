"""The datasets of the sandbox's company: saved queries whose rows show what a person reads (article_0115100241)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.sandbox.netsuite.caller import Caller


@dataclass(frozen=True, slots=True)
class Dataset:
    """A saved query. `permission` and `feature` say who has it."""

    id: str
    name: str
    sql: str
    permission: str | None = None
    feature: str | None = None

    def seen_by(self, caller: Caller) -> bool:
        """Whether it exists for the caller."""
        return caller.has(self.feature) and caller.may(self.permission)


_ALL = (
    Dataset(
        "custdataset_sb_open_invoices",
        "Open Invoices",
        "SELECT t.tranid AS tranid, BUILTIN.DF(t.entity) AS entity, t.trandate AS trandate, t.duedate AS duedate,"
        " BUILTIN.DF(t.postingperiod) AS postingperiod, t.foreigntotal AS foreigntotal,"
        " t.foreignamountunpaid AS foreignamountunpaid FROM transaction t"
        " WHERE t.type = 'CustInvc' AND t.foreignamountunpaid > 0 ORDER BY t.duedate, t.id",
        permission="TRAN_CUSTINVC",
    ),
    Dataset(
        "custdataset_sb_sales_orders",
        "Sales Orders",
        "SELECT t.tranid AS tranid, BUILTIN.DF(t.entity) AS entity, t.trandate AS trandate,"
        " BUILTIN.DF(t.status) AS status, t.foreigntotal AS foreigntotal, t.memo AS memo FROM transaction t"
        " WHERE t.type = 'SalesOrd' ORDER BY t.trandate, t.id",
        permission="TRAN_SALESORD",
    ),
    Dataset(
        "custdataset_sb_customers",
        "Customers",
        "SELECT c.entityid AS entityid, c.companyname AS companyname, BUILTIN.DF(c.category) AS category,"
        " BUILTIN.DF(c.salesrep) AS salesrep, c.email AS email, c.isinactive AS isinactive FROM customer c"
        " ORDER BY c.entityid, c.id",
        permission="LIST_CUSTJOB",
    ),
    Dataset(
        "custdataset_sb_machines",
        "Machines",
        "SELECT m.name AS name, BUILTIN.DF(m.custrecord_sb_machine_customer) AS customer,"
        " BUILTIN.DF(m.custrecord_sb_machine_item) AS item, m.custrecord_sb_machine_installed AS installed"
        " FROM customrecord_sb_machine m ORDER BY m.name, m.id",
        permission="LIST_CUSTRECORDENTRY",
        feature="customrecords",
    ),
)

DATASETS: Mapping[str, Dataset] = {each.id: each for each in _ALL}
"""All datasets by id."""
