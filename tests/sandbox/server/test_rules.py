"""The server's rules that need no socket: pool, pages, routes, latency, faults, features, error bodies."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.quirks import Quirks
from suitebridge.sandbox.netsuite.schema import FEATURES
from suitebridge.sandbox.netsuite.server import pages
from suitebridge.sandbox.netsuite.server.errors import Refused, refused, rest_error, restlet_error, unexpected
from suitebridge.sandbox.netsuite.server.faults import FaultOrder, Faults
from suitebridge.sandbox.netsuite.server.governance import Pool, PoolFull
from suitebridge.sandbox.netsuite.server.latency import NONE, TYPICAL, ProfileError, profile_named
from suitebridge.sandbox.netsuite.server.lines import lines_of
from suitebridge.sandbox.netsuite.server.routes import route, service_of
from suitebridge.sandbox.netsuite.server.settings import SettingError, features_of

# Pool


def test_a_full_pool_rejects_and_a_slot_given_back_serves_again() -> None:
    pool = Pool(2)
    first = pool.enter("a")
    pool.enter("b")
    with pytest.raises(PoolFull):
        pool.enter("c")
    pool.leave(first)
    assert pool.enter("c") is None
    assert (pool.rejected, pool.highest, pool.in_use) == (1, 2, 2)


def test_an_integration_with_a_share_uses_only_its_share() -> None:
    pool = Pool(5, {"shop": 2})
    pool.enter("shop")
    pool.enter("shop")
    with pytest.raises(PoolFull):
        pool.enter("shop")
    for _ in range(3):
        pool.enter("other")
    with pytest.raises(PoolFull):
        pool.enter("other")


def test_at_least_one_slot_stays_unallocated() -> None:
    with pytest.raises(ValueError, match="unallocated"):
        Pool(5, {"a": 3, "b": 2})
    assert Pool(5, {"a": 4}).unallocated == 1


def test_governance_limits_have_three_forms() -> None:
    pool = Pool(5, {"shop": 2})
    assert pool.limits_for("shop") == {
        "accountConcurrencyLimit": 5,
        "accountUnallocatedConcurrencyLimit": 3,
        "integrationConcurrencyLimit": 2,
        "integrationLimitType": "integrationSpecific",
    }
    assert pool.limits_for("other") == {
        "accountConcurrencyLimit": 5,
        "accountUnallocatedConcurrencyLimit": 3,
        "integrationLimitType": "accountLimit",
    }
    pool.internal = frozenset({"oracle"})
    assert pool.limits_for("oracle")["integrationLimitType"] == "internal"
    assert "integrationConcurrencyLimit" not in pool.limits_for("oracle")


@given(st.lists(st.sampled_from(["a", "b", "shop", "leave"]), max_size=60))
def test_no_order_of_calls_exceeds_the_limits(steps: list[str]) -> None:
    pool = Pool(4, {"shop": 2})
    held: list[str | None] = []
    for step in steps:
        if step == "leave":
            if held:
                pool.leave(held.pop(0))
            continue
        try:
            held.append(pool.enter(step))
        except PoolFull:
            pass
    assert pool.in_use == len(held)
    assert held.count("shop") <= 2
    assert held.count(None) <= 2


# Pages


@pytest.mark.parametrize(
    ("parameters", "place"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"limit": "10", "offset": "15"}, "offset"),
    ],
    ids=str,
)
def test_a_page_that_cannot_be_is_refused_by_its_parameter(parameters: dict[str, str], place: str) -> None:
    with pytest.raises(Refused) as caught:
        pages.window(parameters, Quirks())
    assert (caught.value.status, caught.value.details[0].code) == (400, "INVALID_PARAMETER")
    assert caught.value.details[0].query_parameter == place


def test_a_large_limit_is_clamped_where_the_quirk_says_so() -> None:
    assert pages.window({"limit": "5000"}, Quirks.parse(["page-limit-error=clamp"])).limit == 1000


@pytest.mark.parametrize(
    ("offset", "rels"),
    [
        (0, ["next", "last", "self"]),
        (10, ["first", "prev", "next", "last", "self"]),
        (20, ["first", "prev", "self"]),
    ],
    ids=["first page", "middle page", "last page"],
)
def test_links_lead_where_there_is_something(offset: int, rels: list[str]) -> None:
    page = pages.window({"limit": "10", "offset": str(offset)}, Quirks())
    links = pages.links("http://h/q", page, 25, has_more=offset < 20)
    assert [link["rel"] for link in links] == rels
    by_rel = {link["rel"]: link["href"] for link in links}
    assert by_rel["self"] == f"http://h/q?limit=10&offset={offset}"
    assert by_rel.get("last", "http://h/q?limit=10&offset=20") == "http://h/q?limit=10&offset=20"


def test_the_self_link_is_bare_where_no_page_was_asked_for() -> None:
    page = pages.window({}, Quirks())
    assert pages.links("http://h/q", page, 1, has_more=False) == [{"rel": "self", "href": "http://h/q"}]


# Routes


@pytest.mark.parametrize(
    ("path", "name", "template"),
    [
        ("/services/rest/query/v1/suiteql", "suiteql", "/services/rest/query/v1/suiteql"),
        ("/services/rest/query/v1/suiteql/", "suiteql", "/services/rest/query/v1/suiteql"),
        ("/services/rest/", "root", "/services/rest"),
        ("/services/rest/record/v1/customer", "record", "/services/rest/record/v1/customer"),
        ("/services/rest/record/v1/customer/42", "record", "/services/rest/record/v1/customer/{id}"),
        ("/services/rest/record/v1/customer/-5", "record", "/services/rest/record/v1/customer/{id}"),
        ("/services/rest/record/v1/customer/eid:A", "record", "/services/rest/record/v1/customer/{eid}"),
        (
            "/services/rest/record/v1/salesOrder/1/item/2",
            "record",
            "/services/rest/record/v1/salesOrder/{id}/item/{id}",
        ),
        ("/services/rest/record/v1/metadata-catalog/customer", "metadata", "/services/rest/record/v1/metadata-catalog"),
        ("/services/rest/nonsense", "unknown", "(unknown)"),
        ("/", "unknown", "(unknown)"),
    ],
)
def test_a_path_leads_somewhere(path: str, name: str, template: str) -> None:
    found = route(path)
    assert (found.name, found.template) == (name, template)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "customer", "list"),
        ("GET", "customer/1", "read"),
        ("GET", "salesOrder/1/item", "read"),
        ("POST", "customer", "write"),
        ("PUT", "customer/eid:1", "write"),
    ],
)
def test_a_record_call_is_a_list_a_read_or_a_write(method: str, path: str, kind: str) -> None:
    assert route(f"/services/rest/record/v1/{path}").kind(method) == kind


def test_host_names_belong_to_services() -> None:
    hosts = {
        "1234567-sb1.suitetalk.api.netsuite.com": "suitetalk",
        "1234567-SB1.suitetalk.api.netsuite.com:443": "suitetalk",
        "1234567-sb1.restlets.api.netsuite.com": "restlets",
        "1234567-sb1.app.netsuite.com": "app",
        "1234567.suitetalk.api.netsuite.com": "none",
        "127.0.0.1:8080": "any",
        "sandbox": "any",
    }
    assert {host: service_of(host, "1234567-sb1") for host in hosts} == hosts


# Latency


def test_the_typical_profile_is_the_stated_assumption() -> None:
    assert TYPICAL.seconds("suiteql") == 0.3
    assert TYPICAL.seconds("read") == 0.5
    assert TYPICAL.seconds("list") == 0.5
    assert TYPICAL.seconds("write", lines=4) == pytest.approx(1.0 + 4 * 0.3)
    assert NONE.seconds("write", lines=4) == 0


def test_a_profile_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "slow.toml"
    file.write_text("suiteql_page = 2\nrecord_write_line = 0.25\n")
    profile = profile_named(str(file))
    assert profile.seconds("suiteql") == 2
    assert profile.seconds("write", lines=2) == 0.5


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("suiteqlpage = 1", "suiteqlpage"), ("token = 'a'", "seconds"), ("token = -1", "seconds"), ("token =", "file")],
)
def test_a_bad_profile_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "slow.toml"
    file.write_text(text)
    with pytest.raises(ProfileError, match=complaint):
        profile_named(str(file))
    with pytest.raises(ProfileError, match="none, typical"):
        profile_named("fast")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (b'{"item":{"items":[{},{},{}]},"entity":{"id":"1"}}', 3),
        (b'{"item":{"items":[{}]},"addressBook":{"items":[{},{}]}}', 3),
        (b"{}", 0),
        (b"[]", 0),
        (b"nonsense", 0),
        (b"", 0),
    ],
)
def test_lines_of_a_write_are_counted(body: bytes, lines: int) -> None:
    assert lines_of(body) == lines


# Faults


def hit(order: FaultOrder, calls: int = 10, kind: str = "suiteql") -> list[int]:
    faults = Faults()
    faults.order(order)
    return [number for number in range(calls) if faults.next_for(kind, "POST", "/services/rest/query/v1/suiteql")]


def test_a_fault_hits_once_unless_told_otherwise() -> None:
    assert hit(FaultOrder("error")) == [0]
    assert hit(FaultOrder("error", count=3, skip=2)) == [2, 3, 4]
    assert hit(FaultOrder("error", count=None, every=4)) == [0, 4, 8]


def test_a_fault_hits_only_what_it_is_for() -> None:
    assert hit(FaultOrder("error", types=("write",))) == []
    assert hit(FaultOrder("error", method="GET")) == []
    assert hit(FaultOrder("error", path="/record/")) == []
    assert hit(FaultOrder("error"), kind="token") == []
    assert hit(FaultOrder("error", types=("token",)), kind="token") == [0]


def test_the_same_seed_hits_the_same_calls() -> None:
    orders = [FaultOrder("error", count=None, chance=0.3, seed=seed) for seed in (7, 7, 8)]
    first, second, third = (hit(order, calls=200) for order in orders)
    assert first == second != third
    assert 20 < len(first) < 100


@pytest.mark.parametrize(
    "order",
    [b'{"kind":"fire"}', b'{"kind":"error","cuont":1}', b'{"kind":"error","chance":2}', b"{}", b"nonsense"],
)
def test_a_fault_that_makes_no_sense_is_refused(order: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(order, type=FaultOrder)


# Features


def test_features_are_named_or_taken_away() -> None:
    assert features_of([]) >= FEATURES
    assert FEATURES & features_of(["oneworld", "crm"]) == {"oneworld", "crm"}
    assert FEATURES - features_of(["-oneworld"]) == {"oneworld"}
    assert "restwebservices" in features_of(["oneworld"])
    assert "restwebservices" not in features_of(["-restwebservices"])
    with pytest.raises(SettingError, match="onewrold"):
        features_of(["onewrold"])


# Error bodies


@pytest.mark.parametrize(
    ("status", "section", "title"),
    [
        (400, "15.5.1", "Bad Request"),
        (401, "15.5.2", "Unauthorized"),
        (403, "15.5.4", "Forbidden"),
        (404, "15.5.5", "Not Found"),
        (405, "15.5.6", "Method Not Allowed"),
        (429, "15.5.1", "Bad Request"),
        (500, "15.6.1", "Internal Server Error"),
        (503, "15.6.4", "Service Unavailable"),
    ],
)
def test_a_rest_error_names_its_status(status: int, section: str, title: str) -> None:
    answer = rest_error(refused(status, "CODE", "text", query_parameter="q"), Quirks())
    assert answer.content_type == "application/vnd.oracle.resource+json; type=error"
    assert json.loads(answer.body) == {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110.html#section-{section}",
        "title": title,
        "status": status,
        "o:errorDetails": [{"detail": "text", "o:errorQueryParam": "q", "o:errorCode": "CODE"}],
    }


def test_the_older_type_address_is_a_quirk() -> None:
    quirks = Quirks.parse(["error-type-uri=w3", "error-content-type=resource"])
    answer = rest_error(refused(401, "CODE", "text"), quirks)
    assert json.loads(answer.body)["type"] == "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.2"
    assert answer.content_type == "application/vnd.oracle.resource; type=error"


def test_an_unexpected_error_tells_an_id_of_twenty_letters() -> None:
    detail = unexpected().details[0].detail
    assert detail.startswith("An unexpected error occurred. Error ID: ")
    assert len(detail.removeprefix("An unexpected error occurred. Error ID: ")) == 20


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/json", b'{"error" : {"code" : "X", "message" : "a < b"}}'),
        ("application/xml", b"<error><code>X</code><message>a &lt; b</message></error>"),
        ("text/plain", b"error code: X\nerror message: a < b"),
    ],
)
def test_a_restlet_error_follows_the_content_type(media_type: str, body: bytes) -> None:
    answer = restlet_error(400, "X", "a < b", media_type)
    assert (answer.body, answer.content_type) == (body, media_type)
