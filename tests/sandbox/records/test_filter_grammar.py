from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.sandbox.netsuite.records.errors import RecordRefused
from suitebridge.sandbox.netsuite.records.grammar import Both, Condition, Either, parse_filter


def condition(field: str, operator: str, *values: str, negated: bool = False) -> Condition:
    return Condition(field, operator, negated, tuple(values))


A, B, C = (condition(name, "IS", "x") for name in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("email START_WITH barbara", condition("email", "START_WITH", "barbara")),
        ('companyName IS "Ann \\"the\\" Smith"', condition("companyName", "IS", 'Ann "the" Smith')),
        ("id BETWEEN_NOT [1, 42]", condition("id", "BETWEEN", "1", "42", negated=True)),
        ("id ANY_OF [1, 2, 3]", condition("id", "ANY_OF", "1", "2", "3")),
        ("email EMPTY", condition("email", "EMPTY")),
        ("email EMPTY_NOT", condition("email", "EMPTY", negated=True)),
        ("email ENDWITH .com", condition("email", "END_WITH", ".com")),
        ("email END_WITH_NOT .com", condition("email", "END_WITH", ".com", negated=True)),
        ('dateCreated ON_OR_AFTER "1/1/2019"', condition("dateCreated", "ON_OR_AFTER", "1/1/2019")),
        ("a IS x AND b IS x", Both((A, B))),
        ("a IS x OR b IS x AND c IS x", Either((A, Both((B, C))))),
        ("(a IS x OR b IS x) AND c IS x", Both((Either((A, B)), C))),
        ("a is x and (b is x)", Both((A, B))),
        ("memo EMPTY AND a IS x", Both((condition("memo", "EMPTY"), A))),
    ],
)
def test_a_filter_is_read_with_and_before_or(text, tree):
    assert parse_filter(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "",
        "email",
        "email LIKES x",
        "email IS",
        "email IS x y",
        "(email IS x",
        "email IS x)",
        "email IS x AND",
        "AND email IS x",
        "id BETWEEN [1]",
        "id BETWEEN [1, 2, 3]",
        "id ANY_OF 1, 2",
        "id ANY_OF []",
        "id ANY_OF [1, ]",
        'email IS "open',
        "email IS 'a b'",
        "email EMPTY x",
        '"email" IS x',
        "(" * 5_000 + "a IS x" + ")" * 5_000,
        "email%2520IS%2520x",
    ],
)
def test_an_unreadable_filter_is_an_invalid_parameter_named_q(text):
    with pytest.raises(RecordRefused) as refused:
        parse_filter(text)
    assert refused.value.status == 400
    assert [(each.code, each.query_param) for each in refused.value.details] == [("INVALID_PARAMETER", "q")]
    assert refused.value.details[0].detail == "Invalid search query. Provide a valid search query."


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(st.text(min_size=0, max_size=30))
def test_a_quoted_value_is_read_back_as_it_was(text):
    assert parse_filter(f"a IS {quoted(text)}") == condition("a", "IS", text)


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
def test_a_bracketed_list_keeps_its_values(values):
    tree = parse_filter(f"a ANY_OF [{', '.join(quoted(value) for value in values)}]")
    assert tree == condition("a", "ANY_OF", *values)


@given(st.text(max_size=60))
def test_no_text_does_worse_than_being_refused(text):
    assert outcome(text) in (None, 400)


def outcome(text: str) -> int | None:
    try:
        parse_filter(text)
    except RecordRefused as refused:
        return refused.status
    return None
