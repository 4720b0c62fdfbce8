"""Dates as articles print them."""

from __future__ import annotations

import pytest

from annotator.articles import dates


@pytest.mark.parametrize(
    "line",
    [
        "Friday, June 21, 2024",
        "21 June 2024",
        "21st June 2024",
        "Jun. 21, 2024",
        "2024-06-21",
        "2024-06-21T10:44:00Z",
        "2024/06/21",
        "Published: 2024-06-21 10:44 GMT",
        "Updated 3:02 PM ET, Fri June 21, 2024",
        "Freitag, 21. Juni 2024, 10:44 Uhr",
        "21.06.2024",
        "vendredi 21 juin 2024",
        "sexta-feira, 21 de junho de 2024 às 20:13",
        "21 июня 2024",
        "جمعہ ۲۱ جون ۲۰۲۴",
        "2024年6月21日",
    ],
)
def test_a_date_line_says_one_day(line: str) -> None:
    assert dates.find(line) == "2024-06-21"
    assert dates.is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "The pier was closed on 21 June 2024",
        "Jana Ored · 21 June 2024",
        "June 2024",
        "2024",
        "31 February 2024",
        "Call 2024-06-2155",
        "",
    ],
)
def test_other_lines_are_no_date_lines(line: str) -> None:
    assert not dates.is_date_line(line)


def test_no_day_is_made_of_a_month() -> None:
    assert dates.find("June 2024") == ""


def test_no_line_takes_long() -> None:
    assert not dates.is_date_line("2024-06-21 " + "1" * 60 + "x")
    assert not dates.is_date_line("2024-06-21 " + "AB" * 30 + "é")
