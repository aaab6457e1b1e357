"""Dates: what is full is read exactly, and what is not stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-28", "2025-10-28"),
        ("2025-10-28T06:24:00Z", "2025-10-28T06:24+00:00"),
        ("2025-10-28T06:24:10.123+02:00", "2025-10-28T06:24+02:00"),
        ("2025-10-28 06:24 +0200", "2025-10-28T06:24+02:00"),
        ("20251028", "2025-10-28"),
        ("2025/10/28", "2025-10-28"),
        ("Tuesday, Oct/28/2025 - 06:24", "2025-10-28T06:24"),
        ("Oct. 28, 2025", "2025-10-28"),
        ("28 October 2025 at 6:24 pm", "2025-10-28T18:24"),
        ("May 3rd, 2025", "2025-05-03"),
        ("Mon, 03 Mar 2025 10:00:00 GMT", "2025-03-03T10:00+00:00"),
        ("Mon, 03 Mar 2025 10:00:00 +0100", "2025-03-03T10:00+01:00"),
        ("Sunday 2 March 2025 06:00 IST", "2025-03-02T06:00"),
        ("3. März 2025, 14:05 Uhr", "2025-03-03T14:05"),
        ("le 3 mars 2025 à 14h05", "2025-03-03T14:05"),
        ("3 de marzo de 2025", "2025-03-03"),
        ("3 lipca 2025", "2025-07-03"),
        ("2025年10月28日", "2025-10-28"),
        ("13/04/2025", "2025-04-13"),
        ("04/13/2025", "2025-04-13"),
        ("5/5/2025", "2025-05-05"),
        ("3.4.2025", "2025-04-03"),
    ],
)
def test_full_dates(text, expected):
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Oct. 28",
        "Tuesday, Oct. 28",
        "October 2025",
        "2025",
        "28 Oct 25",
        "yesterday",
        "last Tuesday",
        "12:30",
        "2016 3.9",
        "3.9 2016",
        "Version 3.4.2025",
        "Route 4, 2016",
        "Top 10 of 2025",
        "03/04/2025",
        "31/02/2025",
        "2025-02-30",
        "2025-13-01",
        "2025-10-28T25:00:00Z",
        "Feb 30, 2025",
        "March 3 2025 2 min read",
        "The council met on 3 March 2025 and voted.",
        "3 March 2025 " * 20,
    ],
)
def test_what_is_no_full_date_stays_unknown(text):
    assert parse_date(text) is None


@given(st.dates())
def test_iso_days_are_read_as_they_stand(day):
    assert parse_date(day.isoformat()) == day.isoformat()


@given(st.text(max_size=120))
def test_any_text_is_a_date_or_none(text):
    found = parse_date(text)
    assert found is None or found[4] == "-"
