"""What an article calls its address is compared without what tracks, and opened only where it leads somewhere known."""

from __future__ import annotations

import pytest

from annotator.text.addresses import Link, address, link


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/2024/story?id=1", "news.example"),
        ("http://user:secret@news.example:8080/", "news.example"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("https://аpple.example/", "xn--pple-43d.example"),
        ("mailto:desk@news.example", "news.example"),
    ],
)
def test_a_link_says_whom_it_really_reaches(url: str, host: str) -> None:
    assert link(f" {url}\n") == Link(url, host)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "smb://share/x",
        "\\\\share\\x",
        "news.example/story",
        "https://",
        "https://[::1",
        "https://a..b/",
        "https://news.example/\u202egnp.exe",
        "https://news.example/a b",
        "mailto:",
        "",
    ],
)
def test_nothing_else_is_a_link(url: str) -> None:
    assert link(url) is None


def test_two_ways_to_a_page_are_one_address() -> None:
    assert address("https://www.news.example/a/?utm_source=x#top") == "news.example/a"
    assert (
        address("http://web.archive.org/web/20240101000000/http://news.example/a")
        == "news.example/a"
    )
    assert address("https://news.example/") == ""


@pytest.mark.parametrize(
    ("url", "common"),
    [
        ("https://news.example./a", "news.example/a"),
        ("HTTPS://NEWS.example/A/", "news.example/A"),
        ("//m.news.example/a/amp/", "news.example/a"),
        ("https://amp.news.example/a/index.html", "news.example/a"),
        ("https://news.example/?id=4", "news.example?id=4"),
        ("https://news.example/a?b=2&a=1&ref=x&FBCLID=y", "news.example/a?a=1&b=2"),
        ("https://news.example/a?utm_source=x", "news.example/a"),
        ("https://archive.today/20240101/https://www.news.example/a", "news.example/a"),
        ("https://localhost/a", ""),
        ("https://[::1/a", ""),
        ("", ""),
        ("/a.b/c", "a.b/c"),
        ("http:///", ""),
    ],
)
def test_what_two_urls_of_a_page_have_in_common(url: str, common: str) -> None:
    assert address(url) == common


def test_a_mail_goes_to_the_host_behind_the_last_sign() -> None:
    assert link("mailto:a@b.example@c.example") == Link("mailto:a@b.example@c.example", "c.example")
