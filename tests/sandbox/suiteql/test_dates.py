"""Dates, times, zones and models in Oracle's way. The clock stands at 6 May 2024, 22:30 in Los Angeles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from suitebridge.sandbox.netsuite.suiteql import SuiteQLRefused


def day(text: str) -> str:
    return f"TO_DATE('{text}', 'YYYY-MM-DD')"


def moment(text: str) -> str:
    return f"TO_DATE('{text}', 'YYYY-MM-DD HH24:MI:SS')"


def full(expression: str) -> str:
    return f"TO_CHAR({expression}, 'YYYY-MM-DD HH24:MI:SS')"


VALUES = [
    (day("2024-03-01"), "3/1/2024"),
    (f"{day('2024-03-01')} - {day('2024-02-01')}", "29"),
    (f"{moment('2024-03-01 12:00:00')} - {day('2024-03-01')}", "0.5"),
    (f"{moment('2024-03-01 08:00:00')} - {moment('2024-03-01 00:00:00')}", "0.3333333333"),
    (f"{day('2024-02-28')} + 1", "2/29/2024"),
    (f"{day('2023-02-28')} + 1", "3/1/2023"),
    (f"1 + {day('2024-02-28')}", "2/29/2024"),
    (f"{day('2024-01-01')} - 1", "12/31/2023"),
    (full(f"{day('2024-01-01')} + 0.5"), "2024-01-01 12:00:00"),
    (full(f"{day('2024-01-01')} + 1/24"), "2024-01-01 01:00:00"),
    (full(f"{day('2024-01-01')} + 5/1440"), "2024-01-01 00:05:00"),
    (full(f"{moment('2024-01-01 10:00:00')} - 1"), "2023-12-31 10:00:00"),
    (full(f"{day('2024-01-31')} + INTERVAL '1' DAY"), "2024-02-01 00:00:00"),
    (full(f"{day('2024-01-31')} + INTERVAL '90' MINUTE"), "2024-01-31 01:30:00"),
    (full(f"{day('2024-01-31')} - INTERVAL '1 02:03:04' DAY TO SECOND"), "2024-01-29 21:56:56"),
    (full(f"{day('2024-01-15')} + INTERVAL '2' MONTH"), "2024-03-15 00:00:00"),
    (full(f"{day('2024-01-15')} + INTERVAL '1-2' YEAR TO MONTH"), "2025-03-15 00:00:00"),
    (f"ADD_MONTHS({day('2024-01-31')}, 1)", "2/29/2024"),
    (f"ADD_MONTHS({day('2024-02-29')}, 1)", "3/31/2024"),
    (f"ADD_MONTHS({day('2024-02-29')}, 12)", "2/28/2025"),
    (f"ADD_MONTHS({day('2024-03-30')}, -1)", "2/29/2024"),
    (full(f"ADD_MONTHS({moment('2024-01-15 10:11:12')}, 1)"), "2024-02-15 10:11:12"),
    (f"LAST_DAY({day('2024-02-10')})", "2/29/2024"),
    (f"LAST_DAY({day('2023-02-10')})", "2/28/2023"),
    (f"MONTHS_BETWEEN({day('2024-03-31')}, {day('2024-02-29')})", "1"),
    (f"MONTHS_BETWEEN({day('2024-03-15')}, {day('2024-01-15')})", "2"),
    (f"MONTHS_BETWEEN({day('2024-03-16')}, {day('2024-03-01')})", "0.4838709677"),
    (f"MONTHS_BETWEEN({day('2024-01-01')}, {day('2024-03-01')})", "-2"),
    (f"NEXT_DAY({day('2024-05-06')}, 'MONDAY')", "5/13/2024"),
    (f"NEXT_DAY({day('2024-05-06')}, 'FRI')", "5/10/2024"),
    (f"NEXT_DAY({day('2024-05-06')}, 1)", "5/12/2024"),
    (full(f"TRUNC({moment('2024-05-06 22:30:40')})"), "2024-05-06 00:00:00"),
    (full(f"TRUNC({moment('2024-05-06 22:30:40')}, 'HH24')"), "2024-05-06 22:00:00"),
    (full(f"TRUNC({moment('2024-05-06 22:30:40')}, 'MI')"), "2024-05-06 22:30:00"),
    (f"TRUNC({day('2024-05-09')}, 'MM')", "5/1/2024"),
    (f"TRUNC({day('2024-05-09')}, 'Q')", "4/1/2024"),
    (f"TRUNC({day('2024-05-09')}, 'YYYY')", "1/1/2024"),
    (f"TRUNC({day('2024-05-09')}, 'IW')", "5/6/2024"),
    (f"TRUNC({day('2024-05-09')}, 'D')", "5/5/2024"),
    (f"TRUNC({day('2024-01-10')}, 'WW')", "1/8/2024"),
    (f"TRUNC({day('2024-05-09')}, 'W')", "5/8/2024"),
    (f"TRUNC({day('2024-12-30')}, 'IYYY')", "12/30/2024"),
    (f"TRUNC({day('2024-05-09')}, 'CC')", "1/1/2001"),
    (f"ROUND({moment('2024-05-09 12:00:00')})", "5/10/2024"),
    (f"ROUND({day('2024-05-15')}, 'MM')", "5/1/2024"),
    (f"ROUND({day('2024-05-16')}, 'MONTH')", "6/1/2024"),
    (f"ROUND({day('2024-07-01')}, 'YEAR')", "1/1/2025"),
    (f"ROUND({day('2024-05-16')}, 'Q')", "7/1/2024"),
    (f"EXTRACT(YEAR FROM {day('2024-05-09')})", "2024"),
    (f"EXTRACT(MONTH FROM {day('2024-05-09')})", "5"),
    (f"EXTRACT(DAY FROM {day('2024-05-09')})", "9"),
    ("EXTRACT(HOUR FROM TO_TIMESTAMP('2024-05-09 13:14:15','YYYY-MM-DD HH24:MI:SS'))", "13"),
    (f"TO_CHAR({day('2024-05-09')}, 'DD-MON-YYYY')", "09-MAY-2024"),
    (f"TO_CHAR({day('2024-05-09')}, 'DD-Mon-YY')", "09-May-24"),
    (f"TO_CHAR({day('2024-05-09')}, 'FMMonth DD, YYYY')", "May 9, 2024"),
    (f"TO_CHAR({day('2024-05-09')}, 'Month')", "May      "),
    (f"TO_CHAR({day('2024-05-09')}, 'Day')", "Thursday "),
    (f"TO_CHAR({day('2024-05-09')}, 'DY')", "THU"),
    (f"TO_CHAR({day('2024-05-09')}, 'D DDD WW IW W Q')", "5 130 19 19 2 2"),
    (f"TO_CHAR({day('2024-05-09')}, 'J')", "2460440"),
    (f"TO_CHAR({day('2024-12-30')}, 'IYYY-IW')", "2025-01"),
    (f"TO_CHAR({day('2024-05-09')}, 'YYYY\"-Q\"Q')", "2024-Q2"),
    (f"TO_CHAR({day('2024-05-09')}, 'DDTH')", "09TH"),
    (f"TO_CHAR({day('2024-05-01')}, 'FMDdth Month')", "1st May"),
    (f"TO_CHAR({day('2024-05-09')}, 'RM')", "V   "),
    (f"TO_CHAR({day('2024-05-09')}, 'CC YYYY YYY YY Y')", "21 2024 024 24 4"),
    (f"TO_CHAR({day('2024-05-09')}, 'DL')", "Thursday, May 09, 2024"),
    (f"TO_CHAR({day('2024-05-09')}, 'DS')", "5/9/2024"),
    (f"TO_CHAR({moment('2024-05-09 00:05:06')}, 'HH:MI:SS AM')", "12:05:06 AM"),
    (f"TO_CHAR({moment('2024-05-09 13:05:06')}, 'HH12:MI p.m.')", "01:05 p.m."),
    (f"TO_CHAR({moment('2024-05-09 13:05:06')}, 'SSSSS')", "47106"),
    (f"TO_CHAR({moment('2024-05-09 13:05:06')}, 'YYYY-MM-DD\"T\"HH24:MI:SS')", "2024-05-09T13:05:06"),
    (f"TO_CHAR({day('2024-05-09')}, 'HH24:MI')", "00:00"),
    (f"TO_CHAR({day('2024-05-09')})", "5/9/2024"),
    (f"{day('2024-05-09')} || '!'", "5/9/2024!"),
    ("TO_DATE('05/09/2024', 'MM/DD/YYYY')", "5/9/2024"),
    ("TO_DATE('5/9/2024', 'MM/DD/YYYY')", "5/9/2024"),
    ("TO_DATE('20240509', 'YYYYMMDD')", "5/9/2024"),
    ("TO_DATE('09-MAY-2024', 'DD-MON-YYYY')", "5/9/2024"),
    ("TO_DATE('9 may 24', 'DD MON RR')", "5/9/2024"),
    ("TO_DATE('9-May-99', 'DD-MON-RR')", "5/9/1999"),
    ("TO_DATE('May 9, 2024', 'Month DD, YYYY')", "5/9/2024"),
    ("TO_DATE('2024.05.09', 'YYYY-MM-DD')", "5/9/2024"),
    ("TO_DATE('2024-130', 'YYYY-DDD')", "5/9/2024"),
    ("TO_DATE('2460440', 'J')", "5/9/2024"),
    ("TO_DATE('5/9/2024')", "5/9/2024"),
    (full("TO_DATE('2024-05-09 01:02 PM', 'YYYY-MM-DD HH:MI AM')"), "2024-05-09 13:02:00"),
    (full("TO_DATE('2024-05-09', 'YYYY-MM-DD HH24:MI:SS')"), "2024-05-09 00:00:00"),
    (full("TO_DATE('2024-05', 'YYYY-MM')"), "2024-05-01 00:00:00"),
    (full("TO_DATE('2023', 'YYYY')"), "2023-05-01 00:00:00"),
    (full("TO_TIMESTAMP('2024-05-09 10:11:12.345', 'YYYY-MM-DD HH24:MI:SS.FF3')"), "2024-05-09 10:11:12"),
    ("TO_DATE('', 'YYYY')", None),
    (
        "TO_CHAR(TO_TIMESTAMP_TZ('2024-01-31T10:00:00+02:00','YYYY-MM-DD\"T\"HH24:MI:SSTZH:TZM'),'HH24:MI TZH:TZM')",
        "10:00 +02:00",
    ),
    (
        "TO_CHAR(SYS_EXTRACT_UTC(TO_TIMESTAMP_TZ('2024-01-31 10:00:00 -05:00','YYYY-MM-DD HH24:MI:SS TZH:TZM')),"
        "'HH24:MI')",
        "15:00",
    ),
    (f"TO_CHAR(SYS_EXTRACT_UTC({moment('2024-07-01 10:00:00')}), 'HH24:MI')", "17:00"),
    (f"TO_CHAR(SYS_EXTRACT_UTC(FROM_TZ({moment('2024-07-01 10:00:00')}, 'Asia/Tokyo')), 'HH24:MI')", "01:00"),
    (full(f"NEW_TIME({moment('2024-01-01 12:00:00')}, 'EST', 'PST')"), "2024-01-01 09:00:00"),
    ("TZ_OFFSET('Asia/Tokyo')", "+09:00"),
    ("TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI')", "2024-05-06 22:30"),
    ("TO_CHAR(CURRENT_DATE, 'YYYY-MM-DD')", "2024-05-06"),
    ("TO_CHAR(SYS_EXTRACT_UTC(SYSTIMESTAMP), 'YYYY-MM-DD HH24:MI')", "2024-05-07 05:30"),
    (f"TRUNC(SYSDATE) - {day('2024-05-01')}", "5"),
    (f"GREATEST({day('2024-01-01')}, {day('2024-02-01')})", "2/1/2024"),
    (f"NVL(NULL, {day('2024-01-01')})", "1/1/2024"),
    (f"DECODE({day('2024-01-01')}, {moment('2024-01-01 00:00:00')}, 'same')", "same"),
    (f"CASE WHEN {day('2024-01-01')} < {day('2024-01-02')} THEN 'before' END", "before"),
    ("CAST('5/9/2024' AS DATE)", "5/9/2024"),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_date_is_what_oracle_says(asked: Any, expression: str, expected: str | None) -> None:
    assert asked.value(f"SELECT {expression} AS v FROM dual") == expected


@pytest.mark.parametrize(
    "expression",
    [
        "TO_DATE('2024-13-01', 'YYYY-MM-DD')",
        "TO_DATE('2023-02-29', 'YYYY-MM-DD')",
        "TO_DATE('2024-01-01x', 'YYYY-MM-DD')",
        "TO_DATE('2024', 'YYYY-MM')",
        "TO_DATE('abc', 'YYYY')",
        "TO_DATE('2024-01-01', 'bogus')",
        "TO_DATE('2024-05-09 25', 'YYYY-MM-DD HH24')",
        "TO_DATE('2024-05-09 13', 'YYYY-MM-DD HH')",
        "TO_DATE('2024-01-01')",
        f"{day('2024-01-01')} + {day('2024-01-01')}",
        f"{day('2024-01-31')} + INTERVAL '1' MONTH",
        f"TRUNC({day('2024-01-31')}, 'xx')",
        f"EXTRACT(HOUR FROM {day('2024-01-31')})",
        f"NEXT_DAY({day('2024-01-31')}, 'someday')",
        f"TO_CHAR({day('2024-01-31')}, 'YYYY-bogus')",
        f"{day('2024-01-31')} * 2",
        "INTERVAL 'x' DAY",
    ],
)
def test_a_bad_date_is_a_400(asked: Any, expression: str) -> None:
    with pytest.raises(SuiteQLRefused):
        asked.value(f"SELECT {expression} AS v FROM dual")


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ("trandate = TO_DATE('2024-01-15', 'YYYY-MM-DD')", ["1"]),
        ("trandate = TO_DATE('2024-01-15 00:00:00', 'YYYY-MM-DD HH24:MI:SS')", ["1"]),
        ("trandate < TO_DATE('2024-01-16 00:00:00', 'YYYY-MM-DD HH24:MI:SS')", ["1"]),
        ("trandate <= TO_DATE('2024-01-16 00:00:00', 'YYYY-MM-DD HH24:MI:SS')", ["1", "2"]),
        ("trandate >= TO_DATE('2024-01-16 00:00:01', 'YYYY-MM-DD HH24:MI:SS')", ["3"]),
        ("trandate BETWEEN TO_DATE('2024-01-15','YYYY-MM-DD') AND TO_DATE('01/16/2024','MM/DD/YYYY')", ["1", "2"]),
        ("trandate = '1/15/2024'", ["1"]),
        ("trandate > '1/15/2024'", ["2", "3"]),
        ("trandate IN ('1/15/2024', '2/1/2024')", ["1", "3"]),
        ("lastmodifieddate >= TO_DATE('2024-02-02', 'YYYY-MM-DD')", ["3"]),
        ("lastmodifieddate = TO_DATE('2024-02-02', 'YYYY-MM-DD')", ["3"]),
        ("lastmodifieddate > TO_DATE('2024-01-20 16:45:09', 'YYYY-MM-DD HH24:MI:SS')", ["1", "3"]),
        ("lastmodifieddate > TO_DATE('2024-01-20 16:45:10', 'YYYY-MM-DD HH24:MI:SS')", ["3"]),
        ("TRUNC(lastmodifieddate) = TO_DATE('2024-01-20', 'YYYY-MM-DD')", ["1"]),
        ("createddate > trandate", ["1", "2", "3"]),
        ("duedate - trandate = 30", ["1"]),
        ("duedate IS NULL", ["2", "3"]),
        ("TO_CHAR(trandate, 'YYYY-MM') = '2024-01'", ["1", "2"]),
        ("createddate < SYSDATE - 30", ["1", "2", "3"]),
        ("createddate < SYSDATE - INTERVAL '1' YEAR", []),
        ("EXTRACT(MONTH FROM trandate) = 2", ["3"]),
        ("trandate + 1 = TO_DATE('2024-01-16', 'YYYY-MM-DD')", ["1"]),
    ],
)
def test_dates_compare_as_dates(asked: Any, condition: str, ids: list[str]) -> None:
    assert asked.values(f"SELECT id FROM transaction WHERE {condition} ORDER BY id") == ids


@pytest.mark.parametrize("text", ["2024-01-15", "Jan 15 2024", "13/13/2024", "yesterday"])
def test_a_text_in_no_date_format_of_the_user_is_a_400(asked: Any, text: str) -> None:
    with pytest.raises(SuiteQLRefused):
        asked.rows(f"SELECT id FROM transaction WHERE trandate > '{text}'")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("M/D/YYYY", "1/5/2024"),
        ("D/M/YYYY", "5/1/2024"),
        ("DD/MM/YYYY", "05/01/2024"),
        ("D-Mon-YYYY", "5-Jan-2024"),
        ("DD-MONTH-YYYY", "05-JANUARY-2024"),
        ("YYYY-MM-DD", "2024-01-05"),
        ("D.M.YYYY", "5.1.2024"),
    ],
)
def test_dates_and_moments_come_in_the_users_format(asked_with: Callable[..., Any], shape: str, expected: str) -> None:
    asked = asked_with({"date-format": shape})
    assert asked.value("SELECT lastmodifieddate FROM customer WHERE id = 1") == expected
    found = asked.values(f"SELECT id FROM customer WHERE TRUNC(lastmodifieddate) = '{expected}'")
    assert found == ["1"]


def test_sysdate_is_pacific_and_ranges_follow_the_companys_zone(asked_with: Callable[..., Any]) -> None:
    asked = asked_with({"zone": "Asia/Tokyo"})
    assert asked.value("SELECT TO_CHAR(SYSDATE, 'YYYY-MM-DD HH24:MI') v FROM dual") == "2024-05-06 22:30"
    assert asked.value("SELECT TO_CHAR(CURRENT_DATE, 'YYYY-MM-DD HH24:MI') v FROM dual") == "2024-05-07 14:30"
    assert asked.value("SELECT BUILTIN.RELATIVE_RANGES('TODAY', 'START') v FROM dual") == "5/7/2024"
