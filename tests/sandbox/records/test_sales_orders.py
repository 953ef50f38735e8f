from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.records import RecordRefused

from .company import ADMINISTRATOR, Company

ADDRESS = {"addr1": "1 Main St", "city": "Reno", "zip": "89501", "country": {"id": "US"}}


@pytest.fixture
def customer(company: Company) -> int:
    lines = [{"defaultBilling": True, "defaultShipping": True, "addressBookAddress": ADDRESS}, {"label": "Shop"}]
    body = {"companyName": "Acme", "subsidiary": 1, "terms": 1, "addressBook": {"items": lines}}
    return company.create("customer", body)


def item(number: int, quantity: float | None = 1, **more: object) -> dict:
    line = {"item": {"id": str(number)}, **more}
    return line if quantity is None else {**line, "quantity": quantity}


def order(customer: int, *lines: dict, **more: object) -> dict:
    return {"entity": {"id": customer}, "location": "1", "item": {"items": list(lines)}, **more}


def refusal(company: Company, body: dict) -> list[tuple[str, str | None, str]]:
    before = company.value('SELECT count(*) FROM "transaction"')
    with pytest.raises(RecordRefused) as refused:
        company.create("salesOrder", body)
    assert refused.value.status == 400
    assert company.value('SELECT count(*) FROM "transaction"') == before
    return [(each.code, each.path, each.detail) for each in refused.value.details]


def lines_of(company: Company, made: int) -> list[dict]:
    return company.get("salesOrder", made, expand=True)["item"]["items"]


def balances(company: Company, made: int) -> None:
    debit, credit = company.rows(
        "SELECT COALESCE(SUM(debit), 0), COALESCE(SUM(credit), 0) FROM transactionaccountingline"
        ' WHERE "transaction" = ?',
        made,
    )[0]
    assert debit == credit > 0


def test_an_order_is_priced_totalled_and_numbered(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2), item(12, 1.5)))
    document = company.get("salesOrder", made)
    assert document["subtotal"] == document["total"] == 189.98
    assert (document["tranId"], document["transactionNumber"]) == ("SO1001", "SALESORD1")
    assert document["tranDate"] == "2026-07-01"
    assert document["status"] == {"id": "A", "refName": "Pending Approval"}
    assert document["orderStatus"]["id"] == "A"
    assert document["terms"]["refName"] == "Net 30"
    assert document["subsidiary"]["id"] == "1"
    assert document["exchangeRate"] == 1.0
    second = company.create("salesOrder", order(customer, item(12)))
    assert company.get("salesOrder", second)["tranId"] == "SO1002"


def test_stored_signs_are_those_of_suiteql_and_nothing_posts(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2)))
    rows = company.rows(
        'SELECT id, mainline, quantity, foreignamount, netamount FROM transactionline WHERE "transaction" = ?', made
    )
    assert rows == [(0, "T", None, 3998, 3998), (1, "F", -200_000, -3998, -3998)]
    assert company.rows(
        "SELECT transactionline, account, debit, credit, posting FROM transactionaccountingline"
        ' WHERE "transaction" = ? ORDER BY 1',
        made,
    ) == [(0, 10, 3998, None, "F"), (1, 5, None, 3998, "F")]
    assert company.rows('SELECT type, recordtype, posting, foreigntotal, status FROM "transaction"') == [
        ("SalesOrd", "salesorder", "F", 3998, "A")
    ]


@pytest.mark.parametrize(
    ("line", "rate", "amount", "level"),
    [
        (item(10, 2), 19.99, 39.98, "1"),
        (item(10, 10), 15.0, 150.0, "1"),
        (item(11, 3), 3.33333333, 10.0, "1"),
        (item(10, 2, price={"id": "2"}), 16.9915, 33.98, "2"),
        (item(10, 2, rate=7.5), 7.5, 15.0, "-1"),
        (item(10, 2, price={"id": "-1"}, rate="7.5"), 7.5, 15.0, "-1"),
        (item(10, 3, amount=10), 3.33333333, 10.0, "-1"),
        (item(10, 3, rate=2, amount=10), 2.0, 10.0, "-1"),
        (item(10, 3, rate=0.005), 0.005, 0.02, "-1"),
        (item(12, 0.33333), 100.0, 33.33, "1"),
    ],
)
def test_rate_and_amount_of_a_line(company, customer, line, rate, amount, level):
    made = company.create("salesOrder", order(customer, line))
    (read,) = lines_of(company, made)
    assert (read["rate"], read["amount"], read["price"]["id"]) == (rate, amount, level)


def test_tax_shipping_and_discount_make_up_the_total(company, customer):
    body = order(
        customer,
        item(10, 2, taxCode={"id": "1"}),
        item(12, 1, taxCode=1),
        shippingCost=9.9,
        shipMethod={"id": 15},
        discountItem={"id": "14"},
        discountRate="-10%",
    )
    made = company.create("salesOrder", body)
    document = company.get("salesOrder", made, expand=True)
    assert document["subtotal"] == 139.98
    assert document["discountTotal"] == -14.0
    assert document["discountItem"]["id"] == "14"
    assert document["shippingCost"] == 9.9
    assert document["taxTotal"] == 12.6
    assert document["total"] == 148.48
    assert [each["tax1Amt"] for each in document["item"]["items"]] == [4.0, 10.0]
    assert [each["taxAmount"] for each in document["taxDetails"]["items"]] == [4.0, 10.0, -1.4]
    balances(company, made)


def test_a_discount_can_be_an_amount_and_a_line_of_its_own(company, customer):
    made = company.create("salesOrder", order(customer, item(12), discountItem=14, discountRate=-5))
    assert company.get("salesOrder", made)["total"] == 95.0
    made = company.create("salesOrder", order(customer, item(12), item(14, None, rate=-20)))
    assert company.get("salesOrder", made)["total"] == 80.0
    assert [each["amount"] for each in lines_of(company, made)] == [100.0, -20.0]


def test_an_approved_order_commits_what_there_is_and_back_orders_the_rest(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 8), item(10, 4), item(12), orderStatus="B"))
    read = lines_of(company, made)
    assert [(each.get("quantityCommitted"), each.get("quantityBackOrdered")) for each in read] == [
        (8.0, 0.0),
        (2.0, 2.0),
        (None, None),
    ]
    stock = (
        "SELECT quantityavailable, quantitycommitted, quantitybackordered FROM inventoryitemlocations WHERE item = 10"
    )
    assert company.rows(stock) == [(0, 10 * 10**5, 2 * 10**5)]
    company.service.delete(ADMINISTRATOR, "salesOrder", str(made))
    assert company.rows(stock) == [(10 * 10**5, 0, 0)]


def test_approving_later_commits_then_and_going_back_sets_free(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 4)))
    stock = "SELECT quantityavailable FROM inventoryitemlocations WHERE item = 10"
    assert company.value(stock) == 10 * 10**5
    company.update("salesOrder", made, {"orderStatus": {"id": "B"}})
    assert company.get("salesOrder", made)["status"]["id"] == "B"
    assert company.value(stock) == 6 * 10**5
    company.update("salesOrder", made, {"orderStatus": "A"})
    assert company.get("salesOrder", made)["status"]["id"] == "A"
    assert company.value(stock) == 10 * 10**5


def test_an_order_of_services_waits_for_billing_once_approved(company, customer):
    made = company.create("salesOrder", order(customer, item(12), orderStatus="B"))
    assert company.get("salesOrder", made)["status"]["id"] == "F"


def test_order_status_is_a_or_b_alone(company, customer):
    assert refusal(company, order(customer, item(12), orderStatus="G"))[0][1] == "orderStatus"


def test_addresses_are_copied_from_the_customer_or_taken_as_sent(company, customer):
    book = company.get("customer", customer, expand=True)["addressBook"]["items"]
    made = company.create(
        "salesOrder",
        order(
            customer,
            item(12),
            shippingAddress={"addr1": "2 Side St", "country": "DE"},
            billAddressList={"id": book[0]["id"]},
        ),
    )
    document = company.get("salesOrder", made, expand=True)
    assert document["billingAddress"]["city"] == "Reno"
    assert document["shippingAddress"]["country"]["refName"] == "Germany"
    assert "2 Side St" in document["shipAddress"]
    company.update(
        "customer",
        customer,
        {"addressBook": {"items": [{"id": book[0]["id"], "addressBookAddress": {"city": "Elko"}}]}},
    )
    assert company.get("salesOrder", made, expand=True)["billingAddress"]["city"] == "Reno"
    company.update("salesOrder", made, {"billingAddress": {"city": "Ely"}})
    assert company.get("salesOrder", made, expand=True)["billingAddress"]["city"] == "Ely"
    assert company.value("SELECT count(*) FROM transactionbillingaddress") == 1


def test_a_wrong_item_points_at_its_line(company, customer):
    text = "Error while accessing resource: You have entered an Invalid Field Value 9999 for the following field: item"
    assert refusal(company, order(customer, item(9999))) == [("INVALID_CONTENT", "item.items[0].item", text)]
    assert refusal(company, order(customer, item(10), item(9999))) == [("INVALID_CONTENT", "item.items[1].item", text)]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"item": {"items": [item(13)]}}, "item.items[0].item"),
        ({"item": {"items": [item(16)]}}, "item.items[0].item"),
        ({"item": {"items": [item(10, "many")]}}, "item.items[0].quantity"),
        ({"item": {"items": [item(10, None)]}}, "item.items[0]"),
        ({"item": {"items": [{"quantity": 1}]}}, "item.items[0]"),
        ({"item": {"items": [item(10, 1, price=99)]}}, "item.items[0].price"),
        ({"item": {"items": [item(10, 1, taxCode=99)]}}, "item.items[0].taxCode"),
        ({"item": {"items": []}}, "item"),
        ({"item": None}, "item"),
        ({"entity": None}, None),
        ({"entity": {"id": 1}}, "entity"),
        ({"entity": {"id": 9999}}, "entity"),
        ({"currency": {"id": 4}}, "currency"),
        ({"subsidiary": {"id": 3}}, "subsidiary"),
        ({"location": {"id": 2}}, "location"),
        ({"terms": {"id": 2}}, "terms"),
        ({"billAddressList": 99}, "billAddressList"),
        ({"discountItem": 14, "discountRate": "lots"}, "discountRate"),
    ],
)
def test_what_does_not_fit_is_refused_where_it_stands(company, customer, change, path):
    found = refusal(company, {**order(customer, item(12)), **change})
    assert path in [each[1] for each in found]


def test_an_item_without_a_price_asks_for_an_amount(company, customer):
    item_id = company.create("serviceSaleItem", {"itemId": "unpriced"})
    assert "Amount" in refusal(company, order(customer, item(item_id)))[0][2]
    made = company.create("salesOrder", order(customer, item(item_id, 1, rate=3)))
    assert company.get("salesOrder", made)["total"] == 3.0


@pytest.mark.parametrize(
    "change",
    [
        {"item": {"items": [item(12, 9e12, rate=9e9)]}},
        {"item": {"items": [item(12, 1, rate=1, costEstimate=9e16)]}},
        {"shippingCost": 9e16},
        {"discountItem": 14, "discountRate": -9e16},
    ],
)
def test_an_amount_that_cannot_be_counted_is_a_user_error(company, customer, change):
    assert refusal(company, {**order(customer, item(12)), **change})[0][0] == "USER_ERROR"


def test_faults_of_header_and_lines_come_together(company, customer):
    found = refusal(company, order(customer, item(9999), item(10, "x"), terms=77, currency=4))
    assert {each[1] for each in found} >= {"terms", "currency", "item.items[0].item", "item.items[1].quantity"}


def test_an_inactive_customer_takes_no_new_orders_but_keeps_the_old_ones(company, customer):
    made = company.create("salesOrder", order(customer, item(12)))
    company.update("customer", customer, {"isInactive": True})
    assert refusal(company, order(customer, item(12)))[0][1] == "entity"
    company.update("salesOrder", made, {"entity": {"id": customer}, "memo": "still here"})
    assert company.get("salesOrder", made)["memo"] == "still here"


def test_a_foreign_order_takes_the_rate_of_its_day_or_the_one_sent(company):
    for day, rate in (("2026-01-01", 1.2), ("2026-06-01", 1.25)):
        company.create(
            "currencyRate", {"baseCurrency": 1, "transactionCurrency": 4, "exchangeRate": rate, "effectiveDate": day}
        )
    euro = company.create("customer", {"companyName": "Euro", "subsidiary": 1, "currency": 4})
    made = company.create("salesOrder", order(euro, item(10, 2), tranDate="2026-03-01"))
    assert company.get("salesOrder", made)["exchangeRate"] == 1.2
    assert company.get("salesOrder", made)["total"] == 36.0
    assert (
        company.value(
            'SELECT debit FROM transactionaccountingline WHERE "transaction" = ? AND transactionline = 0', made
        )
        == 4320
    )
    made = company.create("salesOrder", order(euro, item(10, 2), exchangeRate=1.3))
    assert company.get("salesOrder", made)["exchangeRate"] == 1.3
    later = company.create("salesOrder", order(euro, item(10, 2)))
    assert company.get("salesOrder", later)["exchangeRate"] == 1.25


def test_amounts_of_a_currency_without_cents_are_whole(company):
    yen = company.create("customer", {"companyName": "Yen", "subsidiary": 1, "currency": 5})
    made = company.create("salesOrder", order(yen, item(12, 3, rate=33.4)))
    assert company.get("salesOrder", made)["total"] == 100.0


def test_a_line_is_changed_by_its_number_and_lines_without_one_are_added(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2), item(12)))
    keys = [each["lineUniqueKey"] for each in lines_of(company, made)]
    company.update("salesOrder", made, {"item": {"items": [{"line": 2, "quantity": 3}, item(11, 3)]}})
    read = lines_of(company, made)
    assert [(each["line"], each["quantity"], each["amount"]) for each in read] == [
        (1, 2.0, 39.98),
        (2, 3.0, 300.0),
        (3, 3.0, 10.0),
    ]
    assert [each["lineUniqueKey"] for each in read][:2] == keys
    assert company.get("salesOrder", made)["total"] == 349.98
    balances(company, made)


def test_replace_removes_every_line_that_is_not_in_the_body(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2), item(12), item(11, 3)))
    company.update("salesOrder", made, {"item": {"items": [{"line": 2}, item(10, 1)]}}, replace=["item"])
    assert [(each["line"], each["item"]["id"]) for each in lines_of(company, made)] == [(2, "12"), (4, "10")]
    assert company.get("salesOrder", made)["total"] == 119.99


@pytest.mark.parametrize("emptied", [None, {"items": []}, {"items": None}])
def test_the_lines_of_an_order_cannot_all_be_removed(company, customer, emptied):
    made = company.create("salesOrder", order(customer, item(10)))
    with pytest.raises(RecordRefused) as refused:
        company.update("salesOrder", made, {"item": emptied}, replace=["item"])
    assert refused.value.details[0].code == "USER_ERROR"
    assert len(lines_of(company, made)) == 1


def test_closing_every_line_closes_the_order(company, customer):
    made = company.create("salesOrder", order(customer, item(10), item(12), orderStatus="B"))
    lines = [{"line": n, "isClosed": True} for n in (1, 2)]
    company.update("salesOrder", made, {"item": {"items": lines[:1]}})
    assert company.get("salesOrder", made)["status"]["id"] != "H"
    company.update("salesOrder", made, {"item": {"items": lines}})
    assert company.get("salesOrder", made)["status"]["id"] == "H"
    assert company.value("SELECT quantitycommitted FROM inventoryitemlocations WHERE item = 10") == 0


def test_a_change_of_lines_alone_moves_their_date_and_not_the_headers(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2), item(12)))
    company.clock.moment += timedelta(hours=2)
    company.update("salesOrder", made, {"item": {"items": [{"line": 1, "description": "blue"}]}})
    assert company.get("salesOrder", made)["lastModifiedDate"] == "2026-07-01T19:00:00Z"
    dates = company.rows('SELECT id, linelastmodifieddate FROM transactionline WHERE "transaction" = ?', made)
    assert dates == [(0, "2026-07-01 12:00:00"), (1, "2026-07-01 14:00:00"), (2, "2026-07-01 12:00:00")]
    company.update("salesOrder", made, {"memo": "now"})
    assert company.get("salesOrder", made)["lastModifiedDate"] == "2026-07-01T21:00:00Z"


def test_null_clears_the_memo_on_header_and_main_line(company, customer):
    made = company.create("salesOrder", order(customer, item(12), memo="x"))
    company.update("salesOrder", made, {"memo": None})
    assert "memo" not in company.get("salesOrder", made)
    assert company.rows('SELECT memo FROM transactionline WHERE "transaction" = ? AND id = 0', made) == [(None,)]


def test_the_subsidiary_of_a_saved_order_cannot_be_changed(company, customer):
    made = company.create("salesOrder", order(customer, item(12)))
    with pytest.raises(RecordRefused) as refused:
        company.update("salesOrder", made, {"subsidiary": {"id": 2}})
    assert refused.value.details[0].path == "subsidiary"


def test_custom_fields_and_fields_without_columns_are_kept(company, customer):
    body = order(
        customer,
        item(12, 1, custcol_sb_engraving="Ann", orderPriority=2.5),
        custbody_sb_source_id="W1",
        custbody_sb_margin=12.25,
        otherRefNum="PO 7",
        startDate="2026-08-01",
    )
    made = company.create("salesOrder", body)
    document = company.get("salesOrder", made, expand=True)
    assert (document["custbody_sb_source_id"], document["custbody_sb_margin"]) == ("W1", 12.25)
    assert (document["otherRefNum"], document["startDate"]) == ("PO 7", "2026-08-01")
    line = document["item"]["items"][0]
    assert (line["custcol_sb_engraving"], line["orderPriority"]) == ("Ann", 2.5)
    assert company.value('SELECT custbody_sb_margin FROM "transaction" WHERE id = ?', made) == 122_500


def test_an_order_is_upserted_by_its_external_id(company, customer):
    first = company.service.upsert(ADMINISTRATOR, "salesOrder", "web-1", order(customer, item(12)))
    second = company.service.upsert(ADMINISTRATOR, "salesOrder", "web-1", {"memo": "again"})
    assert (first.created, second.created) == (True, False)
    assert len(company.ids("salesOrder")) == 1
    assert refusal(company, order(customer, item(12), externalId="web-1"))[0][2].endswith("already exists.")


def test_a_deleted_order_takes_its_rows_with_it_and_its_lines_leave_no_trace(company, customer):
    made = company.create("salesOrder", order(customer, item(10), item(12, 1, taxCode=1), orderStatus="B"))
    unbilled = "SELECT unbilledorders FROM customersubsidiaryrelationship WHERE entity = ?"
    assert company.value(unbilled, customer) == 11_999
    company.service.delete(ADMINISTRATOR, "salesOrder", str(made))
    for table in (
        '"transaction"',
        "transactionline",
        "transactionaccountingline",
        "transactiontaxdetail",
        "transactionbillingaddress",
        "transactionshippingaddress",
    ):
        assert company.value(f"SELECT count(*) FROM {table}") == 0
    assert company.rows("SELECT recordtypeid, type, name FROM deletedrecord") == [
        (-30, "Sales Order", "Sales Order #SO1001")
    ]
    assert company.value(unbilled, customer) == 0


def test_a_customer_with_orders_cannot_be_deleted_nor_an_item_on_them(company, customer):
    company.create("salesOrder", order(customer, item(12)))
    for record_type, record in (("customer", customer), ("serviceSaleItem", 12)):
        with pytest.raises(RecordRefused):
            company.service.delete(ADMINISTRATOR, record_type, str(record))


lines = st.lists(
    st.builds(
        item,
        st.sampled_from([10, 11, 12]),
        st.decimals("0.00001", "9999", places=5),
        rate=st.decimals("0", "99999", places=8),
        taxCode=st.sampled_from([None, 1]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, st.decimals("0", "500", places=2), st.sampled_from([None, "-7.5%", "-3.33"]))
def test_whatever_is_ordered_the_parts_make_up_the_total(company, lines, shipping, discount):
    customer = (company.ids("customer") or [None])[0] or company.create(
        "customer", {"companyName": "Acme", "subsidiary": 1}
    )
    more = {"discountItem": 14, "discountRate": discount} if discount else {}
    made = company.create("salesOrder", order(customer, *lines, shippingCost=shipping, **more))
    (total,) = company.rows('SELECT foreigntotal FROM "transaction" WHERE id = ?', made)[0]
    parts = company.value(
        "SELECT -SUM(foreignamount) FROM transactionline WHERE \"transaction\" = ? AND mainline = 'F'", made
    )
    assert total == parts
    sums = company.rows(
        'SELECT SUM(debit), SUM(credit) FROM transactionaccountingline WHERE "transaction" = ?',
        made,
    )[0]
    assert sums[0] == sums[1]
    for line, sent in zip(lines_of(company, made), lines, strict=True):
        exact = sent["quantity"] * sent["rate"]
        assert abs(exact - line_amount(line)) <= type(exact)("0.005")


def line_amount(line: dict):
    from decimal import Decimal

    return Decimal(repr(line["amount"])) if isinstance(line["amount"], float) else Decimal(line["amount"])


def test_a_line_keeps_an_item_that_has_become_inactive_but_no_other_takes_it(company, customer):
    made = company.create("salesOrder", order(customer, item(10, 2), item(12)))
    company.update("inventoryItem", 10, {"isInactive": True})
    company.update("salesOrder", made, {"item": {"items": [{"line": 1, "item": 10, "quantity": 3}]}})
    assert lines_of(company, made)[0]["quantity"] == 3.0
    for change in ({"line": 2, "item": 10}, item(10, 1)):
        with pytest.raises(RecordRefused) as refused:
            company.update("salesOrder", made, {"item": {"items": [change]}})
        assert [each.path for each in refused.value.details] == ["item.items[0].item"]


def test_the_number_of_a_deleted_order_is_not_given_again(company, customer):
    made = company.create("salesOrder", order(customer, item(12)))
    company.service.delete(ADMINISTRATOR, "salesOrder", str(made))
    again = company.create("salesOrder", order(customer, item(12)))
    assert company.get("salesOrder", again)["tranId"] == "SO1002"


def test_orders_written_at_the_same_time_share_no_number_and_no_stock(company, customer):
    with ThreadPoolExecutor(8) as pool:
        made = list(
            pool.map(
                lambda _: company.create("salesOrder", order(customer, item(10, 1), orderStatus="B")),
                range(24),
            )
        )
    numbers = {company.get("salesOrder", each, fields="tranId")["tranId"] for each in made}
    assert len(numbers) == 24
    committed = sum(lines_of(company, each)[0]["quantityCommitted"] for each in made)
    back_ordered = sum(lines_of(company, each)[0]["quantityBackOrdered"] for each in made)
    assert (committed, back_ordered) == (10.0, 14.0)
