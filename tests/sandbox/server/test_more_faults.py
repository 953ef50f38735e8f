"""Faults of bodies, columns and records, over a socket."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from suitebridge.sandbox.netsuite import SandboxOptions, SandboxThread
from suitebridge.sandbox.netsuite.thread import AdminError

RECORDS = "/services/rest/record/v1"


def detail(answer: httpx.Response) -> dict[str, str]:
    return answer.json()["o:errorDetails"][0]


def test_a_body_comes_by_half_as_if_it_were_whole(driver: Any) -> None:
    headers = driver.bearer()
    whole = driver.http.get(f"{RECORDS}/currency/1", headers=headers)
    driver.sandbox.fault("half_body")
    half = driver.http.get(f"{RECORDS}/currency/1", headers=headers)
    assert half.status_code == 200
    assert half.content == whole.content[: len(whole.content) // 2]
    with pytest.raises(json.JSONDecodeError):
        half.json()


def test_a_slow_body_is_whole_in_the_end(driver: Any) -> None:
    headers = driver.bearer()
    whole = driver.http.get(f"{RECORDS}/currency/1", headers=headers)
    driver.sandbox.fault("slow_body", seconds=0.5)
    with driver.http.stream("GET", f"{RECORDS}/currency/1", headers=headers) as answer:
        pieces = list(answer.iter_raw())
    assert b"".join(pieces) == whole.content
    assert len(pieces) > 1


def test_a_client_that_waits_for_no_slow_body_gives_up(driver: Any) -> None:
    headers = driver.bearer()
    driver.sandbox.fault("slow_body", seconds=600)
    with pytest.raises(httpx.ReadTimeout):
        driver.http.get(f"{RECORDS}/currency/1", headers=headers, timeout=0.2)


def test_a_column_disappears_and_comes_back(driver: Any) -> None:
    headers = driver.bearer()
    query = "SELECT id, symbol FROM currency ORDER BY id"
    assert driver.suiteql(query, headers).status_code == 200
    driver.sandbox.fault("column_gone", column="currency.symbol", count=3)
    gone = driver.suiteql(query, headers)
    assert (gone.status_code, detail(gone)["o:errorCode"]) == (400, "INVALID_PARAMETER")
    assert "Unknown identifier 'symbol'" in detail(gone)["detail"]
    assert "symbol" not in driver.suiteql("SELECT * FROM currency", headers).json()["items"][0]
    assert driver.suiteql("SELECT id FROM currency", headers).status_code == 200
    assert driver.suiteql(query, headers).status_code == 200
    assert [fault["fired"] for fault in driver.sandbox.faults()] == [3]


def test_a_column_must_be_named_for_the_fault_that_takes_it_and_for_no_other(driver: Any) -> None:
    for order in ({"kind": "column_gone"}, {"kind": "error", "column": "currency.symbol"}):
        with pytest.raises(AdminError, match="column"):
            driver.sandbox.admin("POST", "faults", order)


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE"])
def test_a_record_that_another_save_holds_is_left_alone(driver: Any, method: str) -> None:
    headers = driver.bearer()
    key = f"locked-{uuid.uuid4()}"
    body = {"companyName": key, "subsidiary": {"id": "1"}, "externalId": key}
    driver.sandbox.fault("record_changed")
    made = driver.http.post(f"{RECORDS}/customer", headers=headers, json=body)
    assert made.status_code == 204
    address = f"{RECORDS}/customer/eid:{key}"
    sent = {} if method == "DELETE" else {"json": {"companyName": f"{key} changed"}}
    refused = driver.http.request(method, address, headers=headers, **sent)
    assert (refused.status_code, detail(refused)["o:errorCode"]) == (409, "RCRD_HAS_BEEN_CHANGED")
    assert driver.http.get(address, headers=headers).json()["companyName"] == key
    assert driver.http.request(method, address, headers=headers, **sent).status_code == 204


def test_a_record_that_another_save_holds_is_a_user_error_by_quirk(
    tmp_path_factory: pytest.TempPathFactory, driver_of: Callable[[SandboxThread], Any]
) -> None:
    cache = tmp_path_factory.getbasetemp() / "company-cache"
    with SandboxThread(SandboxOptions(quirks=("record-changed-form=400",), cache_dir=cache)) as sandbox:
        driver = driver_of(sandbox)
        sandbox.fault("record_changed")
        refused = driver.http.patch(f"{RECORDS}/customer/1", headers=driver.bearer(), json={})
        assert (refused.status_code, detail(refused)["o:errorCode"]) == (400, "USER_ERROR")


def test_chance_is_the_same_for_the_same_seed(driver: Any) -> None:
    headers = driver.bearer()

    def statuses(seed: int) -> list[int]:
        driver.sandbox.admin("POST", "faults/reset")
        driver.sandbox.fault("error", chance=0.5, count=None, seed=seed)
        return [driver.http.get(f"{RECORDS}/currency/1", headers=headers).status_code for _ in range(20)]

    assert statuses(1) == statuses(1) != statuses(2)


def test_a_file_of_faults_holds_from_the_start(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, driver_of: Callable[[SandboxThread], Any]
) -> None:
    cache = tmp_path_factory.getbasetemp() / "company-cache"
    faults = tmp_path / "faults.toml"
    faults.write_text(
        '[[fault]]\nkind = "column_gone"\ncolumn = "currency.symbol"\ncount = 1\n'
        '[[fault]]\nkind = "half_body"\ntypes = ["read"]\nskip = 1\n'
    )
    with SandboxThread(SandboxOptions(faults=faults, cache_dir=cache)) as sandbox:
        driver = driver_of(sandbox)
        headers = driver.bearer()
        assert driver.suiteql("SELECT symbol FROM currency", headers).status_code == 400
        sizes = [len(driver.http.get(f"{RECORDS}/currency/1", headers=headers).content) for _ in range(3)]
        assert sizes[0] == sizes[2] > sizes[1]
