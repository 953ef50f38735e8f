"""Faults on the wire: what is repeated, what is not, and what the caller is told."""

from __future__ import annotations

import asyncio

import pytest

from suitebridge.errors import UsageError
from suitebridge.netsuite.errors import (
    ConcurrencyLimitError,
    LoginError,
    NotFoundError,
    OutcomeUnknown,
    UnavailableError,
    UnexpectedError,
)


def test_a_burst_of_rejections_is_waited_out_and_lowers_the_slots(running, faults):
    async def body(server, ns):
        server.rows = [{"id": "1"}]
        server.faults = [faults.busy, faults.busy, faults.busy]
        assert await ns.suiteql("SELECT id FROM customer").fetch_all() == [{"id": "1"}]
        assert ns.counters.rejections == 3
        assert ns.counters.retries == 3
        assert ns.slots.limit < 5

    running(body)


def test_many_calls_over_a_small_pool_all_get_through(running):
    async def body(server, ns):
        server.limit = 3
        server.gate = asyncio.Event()
        server.gate.set()
        answers = await asyncio.gather(*(ns.server_time() for _ in range(60)))
        assert len(answers) == 60
        assert server.peak <= 3
        assert ns.slots.in_use == 0

    running(body, slots=20)


def test_the_form_of_status_400_of_a_concurrency_error_is_waited_out_too(running, faults):
    async def body(server, ns):
        server.faults = [
            faults.answer(
                400,
                {
                    "title": "Bad Request",
                    "o:errorDetails": [{"detail": "Gesperrt.", "o:errorCode": "CONCURRENCY_LIMIT_EXCEEDED"}],
                },
            ),
            faults.answer(400, {"error": {"code": "SSS_REQUEST_LIMIT_EXCEEDED", "message": "Request Limit Exceeded!"}}),
        ]
        await ns.server_time()
        assert ns.counters.rejections == 2

    running(body)


def test_a_read_is_repeated_after_its_connection_broke(running, faults):
    async def body(server, ns):
        server.rows = [{"id": "1"}]
        server.faults = [faults.cut_before, faults.cut_after]
        assert await ns.suiteql("SELECT id FROM customer").fetch_all() == [{"id": "1"}]
        assert len(server.seen) == 3

    running(body)


@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
def test_a_create_that_breaks_off_is_sent_once_and_says_how_to_look(running, faults, cut):
    async def body(server, ns):
        server.faults = [getattr(faults, cut)]
        with pytest.raises(OutcomeUnknown) as caught:
            await ns.records.create("customer", {"companyName": "Acme"}, external_id="sf-001")
        assert len(server.seen) == 1
        assert caught.value.record == "customer sf-001"
        assert "external_id='sf-001'" in (caught.value.remedy or "")
        assert not caught.value.retryable
        looked = len(server.records)
        assert looked == (1 if cut == "cut_after" else 0)

    running(body)


@pytest.mark.parametrize("call", ["update", "delete", "transform"])
def test_other_writes_that_break_off_are_sent_once(running, faults, call):
    async def body(server, ns):
        server.faults = [faults.cut_before]
        calls = {
            "update": lambda: ns.records.update("customer", 7, {"memo": "x"}),
            "delete": lambda: ns.records.delete("customer", 7),
            "transform": lambda: ns.records.transform("salesOrder", 7, "invoice"),
        }
        with pytest.raises(OutcomeUnknown):
            await calls[call]()
        assert len(server.seen) == 1

    running(body)


def test_a_kept_connection_that_died_does_not_make_a_delete_go_out_twice(running, faults):
    async def body(server, ns):
        await ns.server_time()  # opens the connection that is kept
        server.faults = [faults.cut_after]
        server.records["7"] = {}
        with pytest.raises(OutcomeUnknown):
            await ns.records.delete("customer", 7)
        assert [line for line in server.seen if line.startswith("DELETE")] == [
            "DELETE /services/rest/record/v1/customer/7"
        ]

    running(body)


def test_an_upsert_is_repeated_and_writes_one_record(running, faults):
    async def body(server, ns):
        server.faults = [faults.cut_after, faults.html(503)]
        internal_id = await ns.records.upsert("customer", external_id="sf-001", values={"companyName": "Acme"})
        assert list(server.records) == [internal_id]
        assert len(server.seen) == 3

    running(body)


LINES = {"item": {"items": [{"item": {"id": "7"}, "quantity": 1}]}}


def test_an_upsert_with_lines_is_not_repeated_because_its_lines_would_double(running, faults):
    async def body(server, ns):
        server.faults = [faults.cut_after]
        with pytest.raises(OutcomeUnknown) as caught:
            await ns.records.upsert("salesOrder", external_id="sf-001", values=LINES)
        assert len(server.seen) == 1
        assert "item" in (caught.value.remedy or "")

    running(body)


@pytest.mark.parametrize(
    ("values", "replace"),
    [(LINES, ["item"]), ({"subsidiaries": {"items": [{"id": "1"}, {"id": "2"}]}}, [])],
    ids=["lines that are replaced", "a multiple select"],
)
def test_an_upsert_whose_lines_cannot_double_is_repeated(running, faults, values, replace):
    async def body(server, ns):
        server.faults = [faults.cut_after]
        await ns.records.upsert("salesOrder", external_id="sf-001", values=values, replace=replace)
        assert len(server.seen) == 2

    running(body)


def test_a_create_is_repeated_where_it_was_surely_refused(running, faults):
    async def body(server, ns):
        server.faults = [faults.busy, faults.bad_login]
        await ns.records.create("customer", {"companyName": "Acme"})
        assert len(server.records) == 1
        assert len(server.seen) == 3

    running(body)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_in_html_is_waited_out_on_reads_and_doubted_on_creates(running, faults, status):
    async def body(server, ns):
        server.faults = [faults.html(status)]
        await ns.server_time()
        server.faults = [faults.html(status)]
        with pytest.raises(OutcomeUnknown) as caught:
            await ns.records.create("customer", {})
        assert caught.value.status == status

    running(body)


def test_a_service_that_stays_down_ends_in_one_clear_error(running, faults):
    async def body(server, ns):
        server.faults = [faults.html(503)] * 50
        with pytest.raises(UnavailableError) as caught:
            await ns.server_time()
        assert "15 tries" in caught.value.message
        assert caught.value.retryable
        assert caught.value.request_id == "5f6a-trace"

    running(body)


def test_a_fault_of_the_service_is_tried_once_more_on_reads_and_doubted_on_creates(running, faults):
    def fault():
        return faults.problem(500, "UNEXPECTED_ERROR", "An unexpected error occurred. Error ID: abc", "Server Error")

    async def body(server, ns):
        server.faults = [fault, fault]
        with pytest.raises(UnexpectedError):
            await ns.suiteql("SELECT x FROM customer").fetch_all()
        assert len(server.seen) == 2
        server.faults = [fault]
        with pytest.raises(OutcomeUnknown) as caught:
            await ns.records.create("customer", {})
        assert caught.value.code == "UNEXPECTED_ERROR"
        assert len(server.seen) == 3

    running(body)


def test_retry_after_is_obeyed(running, faults):
    async def body(server, ns):
        waits = []

        async def sleep(seconds):
            waits.append(seconds)

        ns.transport.sleep = sleep
        server.faults = [faults.answer(429, {"error": "x"}, **{"Retry-After": "17"})]
        await ns.server_time()
        assert waits == [17.0]

    running(body)


def test_a_dead_token_is_renewed_once_for_all_waiting_calls(running):
    async def body(server, ns):
        await ns.server_time()
        server.refuse_tokens = {"token-1"}
        await asyncio.gather(*(ns.server_time() for _ in range(20)))
        assert server.logins == 2

    running(body)


def test_the_first_calls_of_many_share_one_login(running):
    async def body(server, ns):
        await asyncio.gather(*(ns.server_time() for _ in range(20)))
        assert server.logins == 1

    running(body)


def test_a_token_is_renewed_before_it_dies(running):
    async def body(server, ns):
        await ns.server_time()
        server.ahead = 3600 - 60  # the token has a minute left by the server's clock
        await ns.server_time()
        await ns.server_time()
        assert server.logins == 2
        assert not any("401" in line for line in server.seen)

    running(body)


def test_a_login_that_stays_refused_is_renewed_once_and_then_told(running, faults):
    async def body(server, ns):
        server.faults = [faults.bad_login] * 10
        with pytest.raises(LoginError) as caught:
            await ns.server_time()
        assert len(server.seen) == 2
        assert "Login Audit Trail" in (caught.value.remedy or "")
        assert caught.value.code == "INVALID_LOGIN"
        assert caught.value.exit_code == 4

    running(body)


def test_a_slow_refusal_of_a_good_login_is_taken_for_load(running, faults):
    async def body(server, ns):
        ticks = [0.0]
        ns.transport.clock = lambda: ticks[0]
        await ns.server_time()
        server.on_call = lambda: ticks.__setitem__(0, ticks[0] + 61)
        server.faults = [faults.bad_login]
        await ns.server_time()
        assert server.logins == 1
        assert ns.counters.rejections == 1
        assert ns.slots.limit < 5

    running(body)


def test_a_slow_refusal_before_any_success_is_a_refused_login(running, faults):
    async def body(server, ns):
        ticks = [0.0]
        ns.transport.clock = lambda: ticks[0]
        server.on_call = lambda: ticks.__setitem__(0, ticks[0] + 61)
        server.faults = [faults.bad_login] * 10
        with pytest.raises(LoginError):
            await ns.server_time()

    running(body)


def test_the_slot_is_free_while_a_call_waits_for_its_next_try(running, faults):
    async def body(server, ns):
        free = []

        async def sleep(seconds):
            free.append(ns.slots.in_use)

        ns.transport.sleep = sleep
        server.faults = [faults.busy]
        await ns.server_time()
        assert free == [0]

    running(body)


def test_an_unreachable_host_is_told_after_a_few_tries(running, unused_port):
    async def body(server, ns):
        ns.transport.rest_url = f"http://127.0.0.1:{unused_port}"
        ns.transport.authorizer._token_url = f"{ns.transport.rest_url}/services/rest/auth/oauth2/v1/token"
        with pytest.raises(UnavailableError) as caught:
            await ns.server_time()
        assert "cannot be reached" in caught.value.message
        assert "3 tries" in caught.value.message

    running(body)


def test_a_create_is_repeated_while_no_connection_comes_about(running, private_key_file, unused_port):
    async def body(server, ns):
        await ns.server_time()
        good = ns.transport.rest_url
        ns.transport.rest_url = f"http://127.0.0.1:{unused_port}"
        real = ns.transport.line.exchange
        tries = []

        async def exchange(method, url, **rest):
            tries.append(url)
            return await real(method, url.replace(ns.transport.rest_url, good) if len(tries) > 2 else url, **rest)

        ns.transport.line.exchange = exchange
        await ns.records.create("customer", {})
        assert len(server.records) == 1

    running(body)


def test_a_token_never_goes_to_another_host(running):
    async def body(server, ns):
        with pytest.raises(UsageError):
            await ns.request("GET", "https://evil.example/services/rest/record/v1/customer")
        with pytest.raises(UsageError):
            await ns.request("GET", f"{server.url}.evil.example/x")
        assert server.seen == []

    running(body)


def test_a_redirect_is_an_error_and_is_not_followed(running, faults):
    async def body(server, ns):
        server.faults = [faults.answer(302, {}, Location="https://evil.example/")]
        with pytest.raises(Exception, match="302") as caught:
            await ns.server_time()
        assert "host" in caught.value.remedy

    running(body)


def test_every_try_is_shown_to_the_listeners_and_counted(running, faults):
    async def body(server, ns):
        calls = []
        ns.listen(calls.append)
        server.faults = [faults.busy]
        await ns.server_time()
        assert [(call.outcome, call.status, call.attempt) for call in calls] == [("refused", 429, 1), ("ok", 200, 2)]
        assert calls[0].wait is not None
        assert calls[1].wait is None
        assert ns.counters.as_dict()["calls"] == 2
        assert ns.counters.bytes_received > 0

    running(body)


def test_no_error_or_log_line_shows_a_token(running, faults, caplog):
    async def body(server, ns):
        def echo():
            return faults.problem(400, "USER_ERROR", f"You sent Authorization: {server.headers[-1]['Authorization']}")

        server.faults = [echo]
        with pytest.raises(Exception, match="You sent") as caught:
            await ns.request("GET", "/services/rest/record/v1/customer/1")
        return repr(caught.value.__dict__) + str(caught.value)

    with caplog.at_level("DEBUG"):
        shown = running(body)
    assert "token-1" not in shown
    assert "token-1" not in caplog.text
    assert "eyJ" not in caplog.text


def test_a_record_that_is_missing_is_told_with_its_name(running):
    async def body(server, ns):
        with pytest.raises(NotFoundError) as caught:
            await ns.records.get("customer", 42)
        assert caught.value.record == "customer 42"
        assert caught.value.code == "NONEXISTENT_ID"

    running(body)


def test_a_pool_that_stays_full_ends_as_a_concurrency_error(running):
    async def body(server, ns):
        server.limit = 0
        with pytest.raises(ConcurrencyLimitError) as caught:
            await ns.server_time()
        assert caught.value.exit_code == 4
        assert ns.slots.limit == 1

    running(body)


def test_a_cancelled_call_leaves_no_slot_behind(running):
    async def body(server, ns):
        server.gate = asyncio.Event()
        calls = [asyncio.ensure_future(ns.server_time()) for _ in range(8)]
        await server.full.wait()
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        assert ns.slots.in_use == 0
        server.gate.set()
        await ns.server_time()

    running(body)


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]  # bound and not listening: connections are refused
