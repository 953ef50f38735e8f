"""Parameters become literals that mean the same value and leave the query's shape alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import exp

from suitebridge.errors import UsageError
from suitebridge.netsuite.literals import literal, render
from suitebridge.netsuite.sqltext import selected_columns, tables_of, tokens

PACIFIC = ZoneInfo("America/Los_Angeles")
TEXT = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NASTY = st.text(alphabet="'\"\\-/*:;()\n\r x%_&#?[]{}`=")


def parsed(sql):
    return sqlglot.parse_one(sql, read="oracle")


def shape(tree):
    """The tree with every literal taken out."""
    return tree.transform(lambda node: exp.Literal.string("") if isinstance(node, exp.Literal) else node).sql("oracle")


@given(st.one_of(TEXT, NASTY))
def test_any_text_is_read_back_as_it_was_and_changes_nothing_else(text):
    template = "SELECT id FROM customer WHERE companyname = :name AND id > 5 ORDER BY id"
    tree = parsed(render(template, {"name": text}))
    found = [node.this for node in tree.find_all(exp.Literal) if node.is_string]
    assert found == [text]
    assert shape(tree) == shape(parsed(render(template, {"name": "x"})))


@given(st.one_of(TEXT, NASTY), st.one_of(TEXT, NASTY))
def test_two_texts_side_by_side_stay_two(first, second):
    sql = render("SELECT CONCAT(:a,:b) AS x, :a||:b AS y FROM t", {"a": first, "b": second})
    found = [node.this for node in parsed(sql).find_all(exp.Literal) if node.is_string]
    assert sorted(found) == sorted([first, second, first, second])


@given(st.one_of(TEXT, NASTY), st.one_of(TEXT, NASTY))
def test_marks_that_touch_never_grow_into_one_text(first, second):
    for template, around in (("SELECT :a:b FROM t", ([], [])), ("SELECT 'k':a:b'm' FROM t", (["k"], ["m"]))):
        sql = render(template, {"a": first, "b": second})
        strings = [piece.text for piece in tokens(sql) if piece.kind == "string"]
        before, after = around
        assert [text[1:-1].replace("''", "'") for text in strings] == [*before, first, second, *after]


@given(st.integers(min_value=-(10**30), max_value=10**30))
def test_whole_numbers_are_read_back_and_a_minus_never_makes_a_comment(number):
    tree = parsed(render("SELECT id-:n AS x FROM t", {"n": number}))
    inner = tree.find(exp.Sub).expression.unnest()
    assert int(inner.sql().replace("- ", "-")) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=8))
def test_decimals_are_read_back_exactly_and_without_an_exponent(number):
    text = literal(number)
    assert "E" not in text
    assert Decimal(text.strip("()")) == number


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_are_read_back(day):
    tree = parsed(f"SELECT {literal(day)} AS x FROM dual")
    assert tree.find(exp.Literal).this == day.isoformat()


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_moments_become_the_companys_wall_clock(moment):
    text = literal(moment, PACIFIC)
    shown = text.partition("'")[2].partition("'")[0]
    wall = datetime.fromisoformat(shown)
    assert wall == moment.astimezone(PACIFIC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(None, "NULL", id="null"),
        pytest.param(True, "'T'", id="true"),
        pytest.param(False, "'F'", id="false"),
        pytest.param(-5, "(-5)", id="negative"),
        pytest.param(Decimal("1E+3"), "1000", id="exponent"),
        pytest.param(0.1, "0.1", id="float"),
        pytest.param(date(2026, 1, 31), "TO_DATE('2026-01-31', 'YYYY-MM-DD')", id="date"),
        pytest.param(
            datetime(2026, 7, 1, 12, 30, 5),
            "TO_TIMESTAMP('2026-07-01 12:30:05', 'YYYY-MM-DD HH24:MI:SS')",
            id="wall clock",
        ),
        pytest.param(
            datetime(2026, 7, 1, 19, 30, 5, tzinfo=timezone(timedelta(0))),
            "TO_TIMESTAMP('2026-07-01 12:30:05', 'YYYY-MM-DD HH24:MI:SS')",
            id="summer",
        ),
        pytest.param(
            datetime(2026, 1, 1, 20, 0, 0, 250000, tzinfo=UTC),
            "TO_TIMESTAMP('2026-01-01 12:00:00.250000', 'YYYY-MM-DD HH24:MI:SS.FF6')",
            id="winter, with a fraction",
        ),
    ],
)
def test_values_are_written_as_suiteql_wants_them(value, expected):
    assert literal(value, PACIFIC) == expected


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("a\0b", id="NUL"),
        pytest.param("\ud800", id="half a surrogate pair"),
        pytest.param(float("nan"), id="nan"),
        pytest.param(float("inf"), id="infinite"),
        pytest.param(Decimal("sNaN"), id="signalling nan"),
        pytest.param(b"x", id="bytes"),
        pytest.param(object(), id="object"),
        pytest.param({"a": 1}, id="mapping"),
        pytest.param(date(7, 1, 1), id="year 7"),
    ],
)
def test_what_cannot_be_written_is_refused(value):
    with pytest.raises(UsageError):
        literal(value)


def test_a_zoned_moment_without_the_companys_zone_is_refused():
    with pytest.raises(UsageError, match="zone"):
        literal(datetime(2026, 1, 1, tzinfo=UTC))


def test_marks_inside_literals_names_and_comments_are_text():
    sql = """SELECT ':a', "x:a", TO_CHAR(d, 'HH24:MI:SS') -- :a
             /* :a ' */ FROM t WHERE x = :a"""
    assert render(sql, {"a": 1}) == sql.replace("x = :a", "x = 1")


def test_missing_and_unused_parameters_are_named():
    with pytest.raises(UsageError, match=":since"):
        render("SELECT 1 FROM t WHERE d > :since", {})
    with pytest.raises(UsageError, match="since"):
        render("SELECT 1 FROM t WHERE d > ':since'", {"since": 1})


@pytest.mark.parametrize("sql", ["SELECT 'a", 'SELECT "a', "SELECT /* a", "SELECT q'[a]' FROM t WHERE x = :a"])
def test_a_query_whose_literals_cannot_be_told_is_refused(sql):
    with pytest.raises(UsageError):
        render(sql, {"a": 1})


@pytest.mark.parametrize("operand", ["id", "t.id", "UPPER(t.name)", "(a + b)", '"x"."y"', "MOD(a, f(b))"])
@pytest.mark.parametrize("word", ["IN", "NOT IN", "in", "not  in"])
@pytest.mark.parametrize("mark", [":ids", "(:ids)", "( :ids )"])
@pytest.mark.parametrize("length", [0, 1, 1000, 1001, 2500])
def test_lists_of_any_length_follow_in(operand, word, mark, length):
    tree = parsed(
        render(f"SELECT 1 FROM t WHERE z = 1 AND {operand} {word} {mark} AND y = 2", {"ids": list(range(length))})
    )
    where = tree.args["where"].this
    parts = [part.sql() for part in where.flatten()]
    assert (parts[0], parts[-1]) == ("z = 1", "y = 2")
    lists = list(tree.find_all(exp.In))
    assert all(len(found.expressions) <= 1000 for found in lists)
    values = [int(node.this) for found in lists for node in found.expressions]
    assert sorted(values) == list(range(length))
    if length == 0:
        assert ("1 = 1" if "not" in word.lower() else "1 = 0") in tree.sql()
    assert all(found.this.sql("oracle") == parsed(f"SELECT {operand}").expressions[0].sql("oracle") for found in lists)


@given(st.lists(st.one_of(TEXT, NASTY), min_size=1, max_size=20))
def test_lists_of_any_texts_are_read_back(texts):
    tree = parsed(render("SELECT 1 FROM t WHERE a IN :names", {"names": texts}))
    assert [node.this for node in tree.find(exp.In).expressions] == texts


@pytest.mark.parametrize(
    "sql",
    ["SELECT :ids FROM t", "SELECT 1 FROM t WHERE a = :ids", "SELECT 1 FROM t WHERE a IN (1, :ids)"],
)
def test_a_list_elsewhere_is_refused(sql):
    with pytest.raises(UsageError, match="IN"):
        render(sql, {"ids": [1, 2]})


def test_a_list_with_none_is_refused():
    with pytest.raises(UsageError, match="None"):
        render("SELECT 1 FROM t WHERE a NOT IN :ids", {"ids": [1, None]})


@given(st.text(alphabet="ab_:'\"-/*()., \n1x", max_size=40))
def test_the_pieces_of_any_text_give_it_again(sql):
    try:
        pieces = tokens(sql)
    except UsageError:
        return
    assert "".join(piece.text for piece in pieces) == sql


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("SELECT id, t.Name, x AS Y FROM t", ("id", "name", "y")),
        ("select distinct a.b c, COUNT(id) AS n, SUM(a) s FROM t", ("c", "n", "s")),
        ("SELECT COUNT(*), CASE WHEN a THEN b END, a + b FROM t", (None, None, None)),
        ("SELECT CASE WHEN a THEN b END AS c, 'x' d, \"Q\" FROM t", ("c", "d", "q")),
        ("SELECT * FROM t", None),
        ("SELECT t.*, id FROM t", None),
        ("WITH x AS (SELECT a, b FROM t) SELECT a FROM x", ("a",)),
        ("SELECT (SELECT MAX(id) FROM u) AS m, id /* , z */ FROM t", ("m", "id")),
        ("SELECT TOP 10 id, name FROM t", ("id", "name")),
        ("SELECT id FROM t UNION SELECT x FROM u", ("id",)),
        ("SELECT BUILTIN.DF(entity) FROM t", (None,)),
        ("SELECT a || b FROM t", (None,)),
        ("nonsense", None),
    ],
)
def test_names_of_selected_columns_are_told(sql, columns):
    assert selected_columns(sql) == columns


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("SELECT a FROM Customer", ("customer",)),
        ("SELECT a FROM customer c JOIN vendor v ON c.id = v.id", ("customer", "vendor")),
        ("SELECT a, b FROM customer c, vendor WHERE a IN (SELECT x FROM item, z)", ("customer", "vendor", "item", "z")),
        ("SELECT a FROM t ORDER BY a, b", ("t",)),
    ],
)
def test_tables_of_a_query_are_told(sql, tables):
    assert tables_of(sql) == tables
