"""The concurrency budget: who gets a slot, how the limit falls and rises, and that no slot is ever lost."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.netsuite.slots import AdaptiveSlots


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


class Crowd:
    """Callers that take a slot and keep it until they are told to leave."""

    def __init__(self, slots):
        self.slots = slots
        self.inside = []
        self._doors = {}
        self._tasks = {}

    def come(self, name, work="bulk"):
        self._doors[name] = asyncio.Event()
        self._tasks[name] = asyncio.ensure_future(self._visit(name, work))

    async def _visit(self, name, work):
        async with self.slots.lease(work):
            self.inside.append(name)
            await self._doors[name].wait()
            self.inside.remove(name)

    async def go(self, name):
        self._doors[name].set()
        await settle()

    async def cancel(self, name):
        self._tasks[name].cancel()
        if name in self.inside:
            self.inside.remove(name)
        await settle()

    async def all_go(self):
        for door in self._doors.values():
            door.set()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def scene(test):
    async def body(slots):
        crowd = Crowd(slots)
        await test(crowd, slots)
        await crowd.all_go()
        assert slots.in_use == 0

    return body


def play(test, **options):
    asyncio.run(scene(test)(AdaptiveSlots(**options)))


def test_no_more_than_the_limit_run_at_once_and_the_rest_come_in_order():
    async def test(crowd, slots):
        for name in "abcd":
            crowd.come(name)
        await settle()
        assert crowd.inside == ["a", "b"]
        assert slots.waiting == 2
        await crowd.go("b")
        assert crowd.inside == ["a", "c"]
        await crowd.go("a")
        assert crowd.inside == ["c", "d"]

    play(test, ceiling=2)


def test_interactive_passes_realtime_and_realtime_passes_bulk():
    async def test(crowd, slots):
        crowd.come("first")
        await settle()
        crowd.come("bulk", "bulk")
        crowd.come("realtime", "realtime")
        crowd.come("interactive", "interactive")
        order = []
        for leaver in ("first", "interactive", "realtime"):
            await crowd.go(leaver)
            order += crowd.inside
        assert order == ["interactive", "realtime", "bulk"]

    play(test, ceiling=1)


def test_a_share_is_kept_while_it_is_wanted_and_borrowed_while_it_is_not():
    async def test(crowd, slots):
        for number in range(10):
            crowd.come(f"realtime{number}", "realtime")
        await settle()
        assert len(crowd.inside) == 10  # nobody else wants any: all is borrowed
        for number in range(5):
            crowd.come(f"bulk{number}", "bulk")
        for number in range(10, 20):
            crowd.come(f"realtime{number}", "realtime")
        for number in range(6):
            await crowd.go(f"realtime{number}")
        assert sum(name.startswith("bulk") for name in crowd.inside) == 3
        assert sum(name.startswith("realtime") for name in crowd.inside) == 7

    play(test, ceiling=10, reserve=0, shares={"bulk": 0.3})


@pytest.mark.parametrize(
    ("ceiling", "reserve", "limit"),
    [(5, None, 5), (6, None, 5), (15, None, 14), (5, 2, 3), (2, 5, 1), (1, None, 1)],
)
def test_the_reserve_is_left_to_others_and_one_slot_always_stays(ceiling, reserve, limit):
    assert AdaptiveSlots(ceiling=ceiling, reserve=reserve).limit == limit


def test_a_burst_of_rejections_cuts_once_and_the_next_burst_cuts_again():
    async def test(crowd, slots):
        for number in range(10):
            crowd.come(number)
        await settle()
        for _ in range(5):
            slots.rejected()
        assert slots.cuts == 1
        assert slots.limit == 6
        for number in range(10):
            await crowd.go(number)
        crowd.come("later")
        await settle()
        slots.rejected()
        assert slots.cuts == 2
        assert slots.limit == 3

    play(test, ceiling=10, reserve=0)


def test_the_limit_never_falls_below_one():
    async def test(crowd, slots):
        for number in range(20):
            crowd.come(number)
            await settle()
            slots.rejected()
            await crowd.go(number)
        assert slots.limit == 1

    play(test, ceiling=10)


def test_the_limit_rises_by_one_after_a_long_calm_with_all_slots_in_use():
    async def test(crowd, slots):
        slots.rejected()
        low = slots.limit
        for number in range(low):
            crowd.come(number)
        await settle()
        for _ in range(low * 10 - 1):
            slots.accepted()
        assert slots.limit == low
        slots.accepted()
        assert slots.limit == low + 1

    play(test, ceiling=10, reserve=0)


def test_the_limit_does_not_rise_while_slots_are_idle():
    async def test(crowd, slots):
        slots.rejected()
        low = slots.limit
        crowd.come("only")
        await settle()
        for _ in range(1000):
            slots.accepted()
        assert slots.limit == low

    play(test, ceiling=10, reserve=0)


def test_it_learns_up_to_the_ceiling_and_starts_low():
    slots = AdaptiveSlots(ceiling=140, start=5)
    assert slots.limit == 5
    slots.know(25)
    assert slots.limit == 24
    assert slots.ceiling == 25


def test_a_waiting_caller_that_gives_up_holds_nobody_back():
    async def test(crowd, slots):
        for name in "abc":
            crowd.come(name)
        await settle()
        await crowd.cancel("b")
        await crowd.go("a")
        assert crowd.inside == ["c"]

    play(test, ceiling=1)


def test_a_caller_that_gives_up_at_the_moment_of_its_turn_gives_the_slot_on():
    async def body():
        slots = AdaptiveSlots(ceiling=1)
        async with AsyncExitStack() as first:
            await first.enter_async_context(slots.lease())

            async def visit():
                async with slots.lease():
                    pass

            unlucky = asyncio.ensure_future(visit())
            patient = asyncio.ensure_future(visit())
            await settle()
        unlucky.cancel()  # its slot has been handed out, and it has not run since
        await asyncio.wait_for(patient, 5)
        assert slots.in_use == 0

    asyncio.run(body())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["come", "go", "cancel", "reject", "accept"]), st.integers(0, 7)), max_size=60)
)
def test_whatever_happens_no_slot_is_lost_and_the_limit_holds(events):
    async def test(crowd, slots):
        names = {}
        for event, number in events:
            if event == "come" and number not in names:
                names[number] = True
                crowd.come(number, ["bulk", "realtime", "interactive"][number % 3])
            elif event == "go" and names.get(number):
                await crowd.go(number)
            elif event == "cancel" and names.get(number):
                await crowd.cancel(number)
            elif event == "reject":
                slots.rejected()
            elif event == "accept":
                slots.accepted()
            before = slots.in_use
            await settle()
            assert slots.limit >= 1
            assert slots.in_use <= max(slots.limit, before)
            assert slots.in_use == len(crowd.inside)

    play(test, ceiling=4, shares={"bulk": 0.5})
