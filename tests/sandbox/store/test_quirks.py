from __future__ import annotations

import pytest

from suitebridge.sandbox.netsuite.quirks import QUIRKS, Quirks


def test_nothing_chosen_gives_every_default() -> None:
    assert dict(Quirks.parse([])) == {name: quirk.default for name, quirk in QUIRKS.items()}


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=lambda quirk: quirk.name)
def test_a_quirk_says_what_it_means_and_accepts_all_it_lists(quirk) -> None:
    assert quirk.meaning
    assert quirk.source
    assert quirk.allowed
    assert quirk.accepts(quirk.default)
    for value in quirk.values:
        assert Quirks.parse([f"{quirk.name}={value}"])[quirk.name] == value


def test_a_choice_changes_that_quirk_alone_and_the_last_one_counts() -> None:
    quirks = Quirks.parse(["wall=error", "zone=Europe/Berlin", "wall=connect"])
    assert quirks["wall"] == "connect"
    assert quirks["zone"] == "Europe/Berlin"
    assert quirks.get("date-format") == "M/D/YYYY"
    assert quirks.get("not-there", "else") == "else"


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("wall=door", "quirk wall cannot be 'door': it can be cap, error or connect"),
        ("zone=Mars/Olympus", "quirk zone cannot be 'Mars/Olympus': it can be an IANA time zone"),
        ("zone=", "an IANA time zone"),
        ("unknown-column=A B", "it can be 400, 500, or a list"),
        ("nonce-minutes=0", "it can be a number of minutes"),
        ("wal=cap", "there is no quirk 'wal'; there are .*wall"),
        ("wall", "must be NAME=VALUE"),
    ],
)
def test_a_wrong_choice_is_refused_with_what_may_be_chosen(setting: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Quirks.parse([setting])


@pytest.mark.parametrize("value", ["400", "500", "item", "transaction.approveddate,item.type,vendor"])
def test_unknown_columns_may_answer_500_by_table_or_by_column(value: str) -> None:
    assert Quirks.parse([f"unknown-column={value}"])["unknown-column"] == value


def test_what_was_chosen_cannot_be_changed() -> None:
    quirks = Quirks()
    with pytest.raises(TypeError):
        quirks["wall"] = "error"  # type: ignore[index]
