"""Bytes become characters as people meant them; what is no text is refused by what it is."""

from __future__ import annotations

import pytest

from annotator.articles.decoding import decode
from annotator.errors import ArticleError

PLAIN = "Harbor office closes the pier – “for good”, it says.\n"
GERMAN = (
    "Der Bürgermeister bestätigte am Montag, dass die Brücke über den Fluss für längere Zeit "
    "gesperrt bleibt. Die Händler am Marktplatz äußerten sich enttäuscht über die Maßnahme.\n"
)
RUSSIAN = (
    "Мэр города подтвердил в понедельник, что мост через реку будет закрыт на долгое время. "
    "Торговцы на рыночной площади сказали, что об этом их никто не предупредил.\n"
)
JAPANESE = "市長は月曜日、川にかかる橋を長期間閉鎖すると発表した。商店主らは不満を述べた。\n"
CHINESE = "市长星期一证实，河上的大桥将长期关闭。市场上的商人说，没有人事先通知他们。\n"
ARABIC = "أكد رئيس البلدية يوم الاثنين أن الجسر فوق النهر سيبقى مغلقا لفترة طويلة. وقال التجار إن أحدا لم يبلغهم.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_bom_or_plain_utf_8_is_read_as_it_was_written(encoding: str) -> None:
    assert decode(PLAIN.encode(encoding), "a.txt")[0] == PLAIN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [PLAIN, CHINESE], ids=["latin", "chinese"])
def test_wide_text_without_a_bom_is_no_binary_data(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE * 3, "shift_jis"),
        (JAPANESE * 3, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE * 3, "gb18030"),
        (ARABIC, "cp1256"),
    ],
)
def test_an_old_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt")[0] == text


def test_utf_8_goes_before_what_a_page_declares() -> None:
    assert decode(GERMAN.encode(), "a.html", "iso-8859-1") == (GERMAN, "utf-8")


def test_a_declared_encoding_is_taken_as_browsers_take_it() -> None:
    quoted = "The mayor said “no” – twice."
    assert decode(quoted.encode("cp1252"), "a.html", "iso-8859-1")[0] == quoted


@pytest.mark.parametrize("declared", ["no-such-thing", "rot13", "base64", "", None])
def test_a_declared_encoding_that_is_none_is_passed_over(declared: str | None) -> None:
    assert decode(GERMAN.encode("cp1252"), "a.html", declared)[0] == GERMAN


def test_what_cannot_be_read_is_kept_as_a_sign_of_it() -> None:
    assert "\ufffd" in decode(b"\xef\xbb\xbfHarbor \xff office", "a.txt")[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"%PDF-1.7\n...", "a PDF"),
        (b"{\\rtf1\\ansi words}", "an RTF document"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "a program"),
        (bytes(range(256)) * 8, "binary data"),
        (bytes(400), "binary data"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, what: str) -> None:
    with pytest.raises(ArticleError) as caught:
        decode(data, "story.txt")
    assert what in str(caught.value)
    assert str(caught.value).startswith("story.txt ")
    assert str(caught.value).endswith("it was not imported.")


def test_what_was_pasted_has_no_file_name_in_its_sentence() -> None:
    for name in ("", "-"):
        with pytest.raises(ArticleError, match=r"^What was pasted is empty"):
            decode(b"", name)
