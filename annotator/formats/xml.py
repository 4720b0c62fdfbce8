"""What XML asks of words, and how files from elsewhere are parsed: without entities, without network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import lxml.etree as etree

from annotator.errors import FormatError
from annotator.language import tr

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile('[\x00-\x1f&<>"\ufffe\uffff\ud800-\udfff]')
_ESCAPES = (
    ("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"),
    ("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;"),
)  # fmt: skip


def held(words: str) -> str:
    """The words with “�” for every character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", words)


def attribute(words: str) -> str:
    """Words as the value of an attribute, with the quotation marks; line breaks stay what they are."""
    return whole_attribute(words) or whole_attribute(held(words)) or ""


def whole_attribute(words: str) -> str | None:
    """The same; None where there is a character that XML cannot hold."""
    if _SPECIAL.search(words) is None:
        return f'"{words}"'
    if _NOT_XML.search(words) is not None:
        return None
    if '"' in words:
        return quoteattr(words)
    for sign, escaped in _ESCAPES:
        if sign in words:
            words = words.replace(sign, escaped)
    return f'"{words}"'


def content(words: str) -> str:
    """Words as the content of an element."""
    return escape(held(words), {"\r": "&#13;"})


def parsed(source: Path | BinaryIO, where: str, number: int = 1) -> Any:
    """The root element. Raises FormatError naming the line."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        if isinstance(source, Path):
            with source.open("rb") as file:
                return etree.parse(file, parser).getroot()
        return etree.parse(source, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise FormatError(
            tr("{where}: this is not XML ({msg}).", where=where, msg=error.msg), line=number
        ) from None
