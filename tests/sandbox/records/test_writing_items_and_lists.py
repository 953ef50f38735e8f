from __future__ import annotations

from datetime import timedelta

import pytest

from suitebridge.sandbox.netsuite.records import RecordRefused

from .company import ADMINISTRATOR, BASE, Company


def price(level: int, value: float, quantity: float = 0, currency: int | None = None) -> dict:
    line = {"priceLevel": {"id": level}, "quantity": {"value": quantity}, "price": value}
    return line if currency is None else {**line, "currencyPage": {"id": currency}}


def test_an_item_gets_its_accounts_and_its_subsidiaries(company):
    made = company.create(
        "inventoryItem", {"itemId": "box", "displayName": "Box", "cost": 1.25, "salesDescription": "A box"}
    )
    document = company.get("inventoryItem", made)
    assert document["incomeAccount"]["id"] == "5"
    assert document["cogsAccount"]["id"] == "8"
    assert document["assetAccount"]["id"] == "3"
    assert (document["cost"], document["salesDescription"]) == (1.25, "A box")
    assert company.rows("SELECT itemtype, description, fullname, isfulfillable FROM item WHERE id = ?", made) == [
        ("InvtPart", "A box", "box", "T")
    ]
    assert company.rows("SELECT subsidiary FROM itemsubsidiarymap WHERE item = ? ORDER BY 1", made) == [(1,), (2,)]


@pytest.mark.parametrize(
    ("record_type", "itemtype", "subtype"),
    [
        ("nonInventorySaleItem", "NonInvtPart", "Sale"),
        ("nonInventoryResaleItem", "NonInvtPart", "Resale"),
        ("nonInventoryPurchaseItem", "NonInvtPart", "Purchase"),
        ("serviceSaleItem", "Service", "Sale"),
        ("otherChargeSaleItem", "OthCharge", "Sale"),
        ("assemblyItem", "Assembly", None),
        ("kitItem", "Kit", None),
        ("discountItem", "Discount", None),
        ("shipItem", "ShipItem", None),
    ],
)
def test_every_item_type_is_a_kind_of_row_of_item(company, record_type, itemtype, subtype):
    made = company.create(record_type, {"itemId": "thing"})
    assert company.rows("SELECT itemtype, subtype FROM item WHERE id = ?", made) == [(itemtype, subtype)]
    assert company.get(record_type, made)["itemId"] == "thing"
    other = "inventoryItem" if record_type != "inventoryItem" else "kitItem"
    with pytest.raises(RecordRefused) as refused:
        company.get(other, made)
    assert refused.value.status == 404


def test_an_item_name_is_taken_once_below_the_same_parent(company):
    with pytest.raises(RecordRefused) as refused:
        company.create("inventoryItem", {"itemId": "widget"})
    assert refused.value.details[0].detail.endswith("already exists.")
    child = company.create("inventoryItem", {"itemId": "widget", "parent": {"id": 11}})
    assert company.value("SELECT fullname FROM item WHERE id = ?", child) == "gadget : widget"


def test_renaming_an_item_renames_what_stands_below_it(company):
    child = company.create("inventoryItem", {"itemId": "small", "parent": 10})
    company.update("inventoryItem", 10, {"itemId": "wotsit"})
    assert company.value("SELECT fullname FROM item WHERE id = ?", child) == "wotsit : small"
    with pytest.raises(RecordRefused) as refused:
        company.update("inventoryItem", 10, {"parent": child})
    assert refused.value.details[0].path == "parent"


def test_prices_merge_by_currency_level_and_quantity(company):
    made = company.create("inventoryItem", {"itemId": "box", "price": {"items": [price(1, 10), price(1, 9, 5)]}})
    company.update("inventoryItem", made, {"price": {"items": [price(1, 8.5, 5), price(2, 7, currency=4)]}})
    rows = company.rows(
        "SELECT currency, pricelevel, quantity, unitprice FROM pricing WHERE item = ? ORDER BY 1, 2, 3", made
    )
    assert rows == [(1, 1, 0, 10 * 10**8), (1, 1, 5 * 10**5, 850_000_000), (4, 2, 0, 7 * 10**8)]
    assert company.rows("SELECT pricelevelname, quantity, price FROM itemprice WHERE item = ? ORDER BY 2", made) == [
        ("Base Price", 0, 10 * 10**8),
        ("Base Price", 5 * 10**5, 850_000_000),
    ]
    company.update("inventoryItem", made, {"price": {"items": [price(1, 11)]}}, replace=["price"])
    assert company.value("SELECT count(*) FROM pricing WHERE item = ?", made) == 1


def test_a_price_without_a_level_points_at_its_line(company):
    with pytest.raises(RecordRefused) as refused:
        company.create("inventoryItem", {"itemId": "box", "price": {"items": [{"price": 3}]}})
    assert refused.value.details[0].path == "price.items[0]"


def test_an_item_without_documents_is_deleted_with_its_prices(company):
    made = company.create("inventoryItem", {"itemId": "box", "price": {"items": [price(1, 10)]}})
    company.service.delete(ADMINISTRATOR, "inventoryItem", str(made))
    for table in ("pricing", "itemprice", "itemsubsidiarymap"):
        assert company.value(f"SELECT count(*) FROM {table} WHERE item = ?", made) == 0
    assert company.rows("SELECT recordtypeid, type, name FROM deletedrecord") == [(-10, "Inventory Item", "box")]


def test_a_custom_record_is_written_and_read_by_its_script_id(company):
    customer = company.create("customer", {"companyName": "Acme", "subsidiary": 1})
    made = company.create(
        "customrecord_sb_machine",
        {
            "name": "M-1",
            "externalId": "M1",
            "custrecord_sb_machine_customer": {"id": customer},
            "custrecord_sb_machine_item": {"id": 10},
            "custrecord_sb_machine_installed": "2026-02-03",
            "custrecord_sb_machine_hours": 12.5,
            "custrecord_sb_machine_active": True,
        },
    )
    document = company.get("CUSTOMRECORD_SB_MACHINE", "eid:M1")
    assert document["links"][0]["href"] == f"{BASE}/customrecord_sb_machine/{made}"
    assert document["custrecord_sb_machine_customer"]["refName"] == "Acme"
    assert document["custrecord_sb_machine_item"]["links"][0]["href"] == f"{BASE}/inventoryItem/10"
    assert (document["custrecord_sb_machine_hours"], document["custrecord_sb_machine_active"]) == (12.5, True)
    assert document["owner"]["id"] == document["lastModifiedBy"]["id"] == "1"
    company.clock.moment += timedelta(days=1)
    company.update("customrecord_sb_machine", made, {"custrecord_sb_machine_hours": 13})
    assert company.get("customrecord_sb_machine", made)["lastModified"] == "2026-07-02T19:00:00Z"
    assert company.ids("customrecord_sb_machine", "custrecord_sb_machine_hours EQUAL 13") == [made]
    company.service.delete(ADMINISTRATOR, "customrecord_sb_machine", str(made))
    assert company.rows("SELECT type, iscustomrecord FROM deletedrecord") == [("customrecord_sb_machine", "T")]


def test_a_segment_knows_its_full_name_and_those_below_follow(company):
    child = company.create("department", {"name": "Field", "parent": {"id": 1}})
    assert company.get("department", child)["fullName"] == "Sales : Field"
    company.update("department", 1, {"name": "Selling"})
    assert company.get("department", child)["fullName"] == "Selling : Field"


def test_an_account_is_shown_by_number_and_name(company):
    made = company.create("account", {"acctNumber": "6100", "acctName": "Rent", "acctType": {"id": "Expense"}})
    document = company.get("account", made)
    assert (document["acctName"], document["displayNameWithHierarchy"]) == ("Rent", "6100 Rent")
    child = company.create("account", {"acctNumber": "6110", "acctName": "Hall", "acctType": "Expense", "parent": made})
    assert company.get("account", child)["displayNameWithHierarchy"] == "6100 Rent : 6110 Hall"
    assert company.get("account", child)["acctName"] == "Hall"
    with pytest.raises(RecordRefused):
        company.create("account", {"acctNumber": "6100", "acctName": "Other", "acctType": "Expense"})


def test_units_are_lines_of_their_type(company):
    made = company.create("unitsType", {"name": "Length", "uom": {"items": [{"unitName": "m", "conversionRate": 1}]}})
    (line,) = company.get("unitsType", made, expand=True)["uom"]["items"]
    company.update(
        "unitsType",
        made,
        {
            "uom": {
                "items": [
                    {"internalId": line["internalId"], "pluralName": "metres"},
                    {"unitName": "km", "conversionRate": 1000},
                ]
            }
        },
    )
    lines = company.get("unitsType", made, expand=True)["uom"]["items"]
    assert [(each["unitName"], each.get("pluralName"), each["conversionRate"]) for each in lines] == [
        ("m", "metres", 1.0),
        ("km", None, 1000.0),
    ]


@pytest.mark.parametrize("record_type", ["subsidiary", "accountingPeriod", "accountingBook"])
def test_types_that_the_service_does_not_write_say_so(company: Company, record_type):
    with pytest.raises(RecordRefused) as refused:
        company.create(record_type, {"name": "x"})
    assert refused.value.details[0].code == "USER_ERROR"
    assert record_type in refused.value.details[0].detail


def test_a_list_entry_in_use_cannot_be_deleted(company):
    company.create("customer", {"companyName": "Acme", "subsidiary": 1, "terms": 1})
    with pytest.raises(RecordRefused):
        company.service.delete(ADMINISTRATOR, "term", "1")
    company.service.delete(ADMINISTRATOR, "term", "2")
    assert company.ids("term") == [1]
