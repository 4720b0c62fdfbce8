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
        "2024. 6. 21.",
        "21/06/2024",
        "06/21/2024 10:44 AM",
        "06.21.2024",
        "21-Jun-2024",
        "21st of June, 2024",
        "21 Giu 2024",
        "21. kesäkuuta 2024",
        "2024. június 21.",
        "21 de junio del 2024",
        "vendredi 21 juin 2024 à 10h44",
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


@pytest.mark.parametrize(
    "line", ["05/06/2024", "5.13.24", "13/13/2024", "1/21/06/2024", "06/21/24"]
)
def test_figures_that_may_be_day_or_month_say_no_day(line: str) -> None:
    assert dates.find(line) == ""


def test_the_same_figure_twice_is_one_day() -> None:
    assert dates.find("6/6/2024") == "2024-06-06"


def test_a_page_says_of_itself_when_it_was_published() -> None:
    assert dates.published("Published: Friday, June 21st, 2024 at 10:44 a.m.") == "2024-06-21"
    assert dates.published("Published by Harbor Post on June 21, 2024") == ""
    assert dates.published("Updated June 21, 2024") == ""


def test_a_long_line_that_opens_as_a_stamp_is_one() -> None:
    both = "PUBLISHED: November 19, 2019 at 8:59 in the evening | UPDATED: November 20, 2019 at 10:16 pm"
    assert dates.is_stamp(both)
    assert not dates.is_stamp(both.removeprefix("PUBLISHED: "))


def test_no_day_is_made_of_a_month() -> None:
    assert dates.find("June 2024") == ""


def test_no_line_takes_long() -> None:
    assert not dates.is_date_line("2024-06-21 " + "1" * 60 + "x")
    assert not dates.is_date_line("2024-06-21 " + "AB" * 30 + "é")
