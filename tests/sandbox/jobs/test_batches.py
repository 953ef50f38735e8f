"""Batches of up to 100 records."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sandbox.jobs.conftest import COLLECTION, JobClient, customer

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.server.errors import Refused
from suitebridge.sandbox.netsuite.server.jobs.ids import ids_of


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]


def fresh() -> str:
    return f"batch-{uuid.uuid4()}"


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_a_083_a_batch_without_respond_async_is_refused(jobs: JobClient, method: str) -> None:
    if method == "DELETE":
        answer = jobs.call(method, "customer?ids=1,2", prefer="")
    else:
        answer = jobs.batch(method, "customer", [customer("Never", id="1", externalId="never")], prefer="")
    assert answer.status_code == 400
    assert jobs.count("companyname = 'Never'") == 0
    assert jobs.call("POST", "customer", prefer="", json=customer(f"Single {uuid.uuid4()}")).status_code == 204


def test_a_083_a_batch_delete_without_respond_async_by_quirk(
    tmp_path_factory: pytest.TempPathFactory, driver_of: Callable[[SandboxThread], Any]
) -> None:
    cache = tmp_path_factory.getbasetemp() / "company-cache"
    with SandboxThread(SandboxOptions(quirks=("batch-delete-prefer=ignore",), cache_dir=cache)) as sandbox:
        jobs = JobClient(driver_of(sandbox))
        assert jobs.statuses(jobs.submit("DELETE", "customer?ids=99999999", prefer="")) == [404]


def test_a_084_a_hundred_are_taken_and_one_more_is_not(jobs: JobClient) -> None:
    items = [customer(f"Hundred {number}") for number in range(101)]
    assert code(jobs.batch("POST", "customer", items)) == (400, "INVALID_CONTENT")
    assert jobs.count("companyname LIKE 'Hundred %'") == 0
    job = jobs.batch("POST", "customer", items[:100]).headers["location"]
    assert jobs.completed(job)["progress"] == "succeeded"
    assert len(jobs.tasks(job)) == 100
    assert jobs.count("companyname LIKE 'Hundred %'") == 100
    ids = ",".join(str(number) for number in range(101))
    assert code(jobs.call("DELETE", f"customer?ids={ids}")) == (400, "INVALID_PARAMETER")
    assert code(jobs.call("GET", f"customer?expandRecords=true&ids={ids}")) == (400, "INVALID_PARAMETER")


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
@pytest.mark.parametrize(
    "media_type", ["application/json", "application/vnd.oracle.resource+json; type=singular", "text/plain"]
)
def test_a_085_a_collection_of_another_content_type_is_refused(jobs: JobClient, method: str, media_type: str) -> None:
    items = [customer("Mislabelled", externalId="mislabelled")]
    answer = jobs.batch(method, "customer", items, headers={"Content-Type": media_type})
    assert code(answer) == (400, "INVALID_CONTENT")
    assert jobs.count("companyname = 'Mislabelled'") == 0


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"items":[]}', b'{"items":{}}', b'{"items":[1]}', b'{"items":[{},[]]}', b"{"]
)
def test_a_085_a_body_that_is_no_collection_is_refused(jobs: JobClient, body: bytes) -> None:
    answer = jobs.call("POST", "customer", content=body, headers={"Content-Type": COLLECTION})
    assert code(answer) == (400, "INVALID_CONTENT")


def test_a_086_a_batch_runs_in_its_order(jobs: JobClient) -> None:
    keys = [fresh() for _ in range(20)]
    items = [customer(keys[0], externalId=keys[0])]
    items += [customer(key, externalId=key, parent={"externalId": above}) for above, key in pairwise(keys)]
    results = jobs.results(jobs.batch("POST", "customer", items).headers["location"])
    assert [result.status_code for result in results] == [204] * 20
    made = [int(result.headers["location"].rsplit("/", 1)[1]) for result in results]
    assert made == sorted(made)


@pytest.mark.parametrize("apart", [False, True], ids=["one Prefer header", "two Prefer headers"])
def test_a_086_a_parallel_batch_is_done_whole(jobs: JobClient, apart: bool) -> None:
    name = fresh()
    items = [customer(f"{name} {number}") for number in range(20)]
    wanted = ["respond-async", 'batch-processing="parallel"']
    prefer = [("Prefer", one) for one in wanted] if apart else [("Prefer", ", ".join(wanted))]
    jobs.driver.sandbox.change(latency={"job_record": 0.2})
    jobs.driver.sandbox.admin("POST", "statistics/reset")
    answer = jobs.driver.http.post(
        "/services/rest/record/v1/customer",
        headers=[*jobs.headers.items(), *prefer, ("Content-Type", COLLECTION)],
        content=json.dumps({"items": items}),
    )
    assert answer.status_code == 202
    assert jobs.statuses(answer.headers["location"]) == [204] * 20
    assert jobs.count(f"companyname LIKE '{name}%'") == 20
    assert jobs.driver.sandbox.statistics()["max_processors_used"] > 1


def test_a_086_a_sequential_batch_takes_one_processor(jobs: JobClient) -> None:
    jobs.driver.sandbox.admin("POST", "statistics/reset")
    answer = jobs.batch("POST", "customer", [customer(f"{fresh()} {number}") for number in range(20)])
    assert jobs.statuses(answer.headers["location"]) == [204] * 20
    figures = jobs.driver.sandbox.statistics()
    assert (figures["max_processors_used"], figures["tasks_run"]) == (1, 20)


def test_a_087_one_that_fails_undoes_no_other(jobs: JobClient) -> None:
    name = fresh()
    items = [customer(f"{name} a"), {"companyName": "no subsidiary"}, customer(f"{name} b", nonsense=1)]
    job = jobs.batch("POST", "customer", items).headers["location"]
    first, second, third = jobs.results(job)
    assert (first.status_code, third.status_code) == (204, 204)
    assert code(second) == (400, "USER_ERROR")
    assert jobs.count(f"companyname LIKE '{name}%'") == 2
    assert [jobs.get(task)["progress"] for task in jobs.tasks(job)] == ["succeeded", "failed", "succeeded"]
    assert jobs.get(job)["progress"] == "failed"


def test_a_087_the_options_of_a_batch_hold_for_each_record(jobs: JobClient) -> None:
    strict = {"X-NetSuite-PropertyNameValidation": "error"}
    answer = jobs.batch("POST", "customer", [customer(fresh(), nonsense=1), customer(fresh())], headers=strict)
    assert jobs.statuses(answer.headers["location"]) == [400, 204]


def test_a_088_an_update_finds_its_record_by_id_before_external_id(jobs: JobClient) -> None:
    one, two, moved = fresh(), fresh(), fresh()
    made = jobs.batch("POST", "customer", [customer(one, externalId=one), customer(two, externalId=two)])
    first, second = (r.headers["location"].rsplit("/", 1)[1] for r in jobs.results(made.headers["location"]))
    items = [
        {"id": first, "externalId": moved, "comments": "by id"},
        {"externalId": two, "comments": "by external id"},
        {"comments": "by nothing"},
    ]
    results = jobs.results(jobs.batch("PATCH", "customer", items).headers["location"])
    assert [result.status_code for result in results] == [204, 204, 400]
    read = [jobs.get(f"/services/rest/record/v1/customer/{record}") for record in (first, second)]
    assert [(record["externalId"], record["comments"]) for record in read] == [
        (moved, "by id"),
        (two, "by external id"),
    ]


def test_a_088_an_upsert_needs_external_ids(jobs: JobClient) -> None:
    key = fresh()
    items = [customer(key, externalId=key), {"externalId": key, "comments": "again"}, customer(fresh(), id="1")]
    results = jobs.results(jobs.batch("PUT", "customer", items).headers["location"])
    assert [result.status_code for result in results] == [204, 204, 400]
    assert results[0].headers["location"] == results[1].headers["location"]
    assert results[2].json()["o:errorDetails"][0]["o:errorPath"] == "externalId"
    assert jobs.get(f"/services/rest/record/v1/customer/eid:{key}")["comments"] == "again"


def test_a_089_ids_are_read_with_their_quotes(jobs: JobClient) -> None:
    plain, spaced = fresh(), f"{fresh()} with, comma"
    made = jobs.batch("POST", "customer", [customer(key, externalId=key) for key in (plain, spaced)])
    first, second = (r.headers["location"].rsplit("/", 1)[1] for r in jobs.results(made.headers["location"]))
    params = {"expandRecords": "true", "ids": f"{first},eid:{plain},eid:'{spaced}',99999999", "fields": "companyName"}
    results = jobs.results(jobs.submit("GET", "customer", params=params))
    assert [result.status_code for result in results] == [200, 200, 200, 404]
    records = [result.json() for result in results[:3]]
    assert [record["companyName"] for record in records] == [plain, plain, spaced]
    assert all(set(record) == {"links", "companyName"} for record in records)
    gone = jobs.statuses(jobs.submit("DELETE", "customer", params={"ids": f"eid:'{spaced}',{first}"}))
    assert gone == [204, 204]
    assert jobs.call("GET", f"customer/{second}", prefer="").status_code == 404


@pytest.mark.parametrize(
    ("path", "prefer", "place"),
    [
        ("customer?ids=1,2", "respond-async", "expandRecords"),
        ("customer?ids=1,2&expandRecords=false", "respond-async", "expandRecords"),
        ("customer?expandRecords=true", "respond-async", "ids"),
        ("customer?expandRecords=true&ids=", "respond-async", "ids"),
        ("customer?expandRecords=true&ids=1,,2", "respond-async", "ids"),
        ("customer?expandRecords=true&ids=eid:'a", "respond-async", "ids"),
        ("customer/1/addressBook?expandRecords=true&ids=1", "respond-async", "expandRecords"),
        ("customer?expandRecords=true&ids=1,2", "", "ids"),
    ],
)
def test_a_089_a_batch_read_that_cannot_be_is_refused(jobs: JobClient, path: str, prefer: str, place: str) -> None:
    answer = jobs.call("GET", path, prefer=prefer)
    assert code(answer) == (400, "INVALID_PARAMETER")
    assert answer.json()["o:errorDetails"][0]["o:errorQueryParam"] == place


@given(
    st.lists(st.tuples(st.booleans(), st.text(alphabet='ab1 ,:é"日', min_size=1, max_size=8)), min_size=1, max_size=5)
)
def test_whatever_ids_are_joined_are_parted_again(given_ids: list[tuple[bool, str]]) -> None:
    expected: list[str] = []
    written: list[str] = []
    for external, text in given_ids:
        if external:
            expected.append(f"eid:{text}")
            written.append(f"eid:'{text}'")
        else:
            expected.append("7")
            written.append(" 7 ")
    assert ids_of(",".join(written)) == expected


@given(st.text(alphabet="eid:'\", 12ab", max_size=20))
def test_any_ids_are_read_or_refused(text: str) -> None:
    try:
        found = ids_of(text)
    except Refused:
        return
    assert found
    assert all(found)
