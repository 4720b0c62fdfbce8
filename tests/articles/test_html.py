"""Saved pages: every visible word once, the article's own at full ink, the rest dimmed."""

from __future__ import annotations

import pytest

from annotator.errors import ArticleError
from tests.articles.reading import read, told, words_of

SENTENCES = (
    "The harbor office said on Monday that the old pier would be closed for the rest of the summer.",
    "Two fishermen who have moored there for thirty years denied that anybody had ever asked them.",
    "A letter seen by this newspaper says that the third pile was struck by a lorry in the spring.",
    "The owner of the lorry, reached by telephone, called the letter a fable and hung up twice.",
    "On Thursday evening the council will hear what the engineers have found below the water line.",
)
BODY = "".join(f"<p>{sentence}</p>\n" for sentence in SENTENCES)


def page(body: str = BODY, *, head: str = "", before: str = "", after: str = "") -> str:
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>
    <nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
    {before}<article class="story"><h1>Harbor office closes pier</h1>
    <div class="story-body">{body}</div></article>{after}
    <footer class="footer"><p>© 2024 Harbor Post. All rights reserved.</p></footer></body></html>"""


def test_the_body_is_at_full_ink_and_the_rest_is_dimmed() -> None:
    article = read(page(), "a.html")
    assert words_of(article, "body") == list(SENTENCES)
    assert words_of(article, "headline") == ["Harbor office closes pier"]
    dimmed = [words for role, words in told(article) if role == "(boilerplate)"]
    assert dimmed == ["Home", "Sea", "© 2024 Harbor Post. All rights reserved."]


def test_nothing_visible_is_lost() -> None:
    text = read(page(before="<aside><p>Read this too</p></aside>"), "a.html").text
    assert all(words in text for words in (*SENTENCES, "Home", "Sea", "Read this too", "©"))


def test_what_no_reader_sees_is_not_in_the_text() -> None:
    hidden = (
        "<script>var secret1</script><style>.secret2{}</style><template>secret3</template>"
        "<p hidden>secret4</p><p style='color:red; display: none'>secret5</p><!-- secret6 -->"
        "<noscript>secret7</noscript><p style='visibility:hidden'>secret8</p>"
    )
    assert "secret" not in read(page(before=hidden), "a.html").text


def test_a_style_that_only_names_display_hides_nothing() -> None:
    shown = f"<div style='--footer-display: none'>{BODY}</div>"
    assert words_of(read(page(shown), "a.html"), "body") == list(SENTENCES)


def test_a_page_that_is_hidden_as_a_whole_is_read_all_the_same() -> None:
    article = read(f"<html><body style='display:none'>{BODY}</body></html>", "a.html")
    assert SENTENCES[0] in article.text


def test_characters_that_an_extractor_would_drop_are_kept() -> None:
    odd = "می\u200cخواهم a\u00adb 12\u00a0km 👩\u200d✈️ \u2067x\u2069 e\u0301"
    assert odd in read(page(f"<p>{odd}</p>{BODY}"), "a.html").text


def test_the_layout_of_the_source_is_not_the_text_s() -> None:
    assert read("<p>one\n      two <b> three</b>\t four</p>", "").text == "one two three four"


def test_breaks_and_preformatted_text_stay() -> None:
    assert read("<p>one<br>two</p><pre>a  b\n  c</pre>", "").text == "one\ntwo\n\na  b\n  c"


def test_kinds_follow_the_elements() -> None:
    source = (
        "<h2>Why</h2><p>Because</p><blockquote><p>Never</p></blockquote><ul><li>one</li><li>two</li></ul>"
        "<table><tr><td>a</td><td>b</td></tr></table><pre>x = 1</pre>"
    )
    article = read(source, "")
    assert [block.kind for block in article.blocks] == [
        "heading", "paragraph", "quote", "list_item", "list_item", "table_row", "code",
    ]  # fmt: skip
    assert "a\tb" in article.text


def test_byline_date_and_caption_have_their_roles() -> None:
    about = (
        '<p class="byline">By Jana Ored</p><p><time datetime="2024-06-21">21 June 2024</time></p>'
        "<figure><img src='p.jpg'><figcaption>The pier in May</figcaption></figure>"
    )
    article = read(page(about + BODY), "a.html")
    assert words_of(article, "byline") == ["By Jana Ored"]
    assert words_of(article, "dateline") == ["21 June 2024"]
    assert words_of(article, "caption") == ["The pier in May"]
    assert article.metadata["authors"] == ["Jana Ored"]
    assert article.metadata["published"] == "2024-06-21"


def test_a_post_in_the_body_stays_body() -> None:
    post = "<blockquote><p>Nobody asked us.</p>— Pier Guild (@guild) June 21, 2024</blockquote>"
    halves = BODY.split("\n")
    article = read(page("\n".join([*halves[:2], post, *halves[2:]])), "a.html")
    assert "Nobody asked us." in words_of(article, "body")
    assert "— Pier Guild (@guild) June 21, 2024" in words_of(article, "body")


def test_a_line_that_only_links_elsewhere_is_dimmed() -> None:
    link = '<p><a href="/x">Mayor opens the second ferry of the year</a></p>'
    halves = BODY.split("\n")
    article = read(page("\n".join([*halves[:2], link, *halves[2:]])), "a.html")
    assert "Mayor opens the second ferry of the year" in words_of(article, "boilerplate")
    assert words_of(article, "body") == list(SENTENCES)


def test_the_headline_is_marked_once() -> None:
    again = "<section class='related'><h3>Harbor office closes pier</h3></section>"
    assert len(words_of(read(page(after=again), "a.html"), "headline")) == 1


def test_a_page_inside_one_form_keeps_its_body() -> None:
    source = f"<html><body><form id='aspnet'><h1>Pier</h1><div>{BODY}</div></form></body></html>"
    assert words_of(read(source, "a.html"), "body") == list(SENTENCES)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("koi8-r", "koi8-r"),
        ("utf-8", "utf-8"),
    ],
)
def test_a_declared_encoding_is_followed(declared: str, encoding: str) -> None:
    words = "Мост закрыт" if encoding == "koi8-r" else "Die Brücke ist gesperrt"
    source = f"<html><head><meta charset='{declared}'></head><body><p>{words}</p></body></html>"
    assert words in read(source.encode(encoding), "a.html").text


def test_an_xml_declaration_of_another_encoding_harms_nothing() -> None:
    source = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>Brücke</p></body></html>'
    assert read(source, "a.xhtml").text == "Brücke"


@pytest.mark.parametrize("element", ["div", "b", "blockquote", "table", "ul", "span"])
@pytest.mark.parametrize("depth", [300, 5000])
def test_no_depth_of_nesting_loses_a_word(element: str, depth: int) -> None:
    deep = f"<{element}>" * depth + "<p>Deep words.</p>" + f"</{element}>" * depth
    text = read(f"<p>First words.</p>{deep}<p>Last words.</p>", "a.html").text
    assert all(words in text for words in ("First words.", "Deep words.", "Last words."))


def test_a_picture_inside_the_markup_hides_nothing_behind_it() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * 11_000_000}'>"
    text = read(f"<p>Before it.</p>{picture}<p>Behind it.</p>", "a.html").text
    assert text == "Before it.\n\nBehind it."


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(ArticleError, match=r"a\.html holds no text; it was not imported"):
        read("<html><head><title>x</title></head><body><img src='a.png'></body></html>", "a.html")


def test_it_is_said_when_no_body_was_found() -> None:
    assert (
        len(read("<html><body><nav><p>Home and away</p></nav></body></html>", "a.html").warnings)
        == 1
    )


def test_pasted_html_needs_no_warning() -> None:
    article = read("<p>The <b>pier</b> is closed.</p>", "-")
    assert (article.text, article.warnings) == ("The pier is closed.", ())
