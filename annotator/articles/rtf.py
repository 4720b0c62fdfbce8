"""Rich text (.rtf), by our own scanner: the usual library does not follow the fonts' code pages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from annotator.articles import dates, written
from annotator.articles.base import Piece
from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr, trn
from annotator.model.document import Article

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
"""Code pages by the number that a font gives."""
_SIGNS = {
    b"par": "\n", b"sect": "\n", b"page": "\n", b"line": "\n", b"row": "\n", b"cell": "\t", b"tab": "\t",
    b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c",
    b"rdblquote": "\u201d", b"bullet": "\u2022", b"emspace": "\u2003", b"enspace": "\u2002", b"zwj": "\u200d",
    b"zwnj": "\u200c", b"ltrmark": "\u200e", b"rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {
    b"~": "\u00a0",
    b"-": "\u00ad",
    b"_": "\u2011",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n",
    b"\r": "\n",
}
_ASIDE = {
    b"fonttbl", b"colortbl", b"stylesheet", b"pict", b"object", b"header", b"headerl", b"headerr", b"headerf",
    b"footer", b"footerl", b"footerr", b"footerf", b"fldinst", b"themedata", b"datastore", b"listtable", b"xmlnstbl",
    b"listoverridetable", b"rsidtbl", b"generator", b"latentstyles", b"colorschememapping", b"bkmkstart", b"bkmkend",
    b"revtbl", b"nonshppict", b"filetbl", b"info", b"deleted", b"atnid", b"atnauthor", b"annotation",
}  # fmt: skip
"""Groups of which nothing is text."""
_INFO = {b"title": "title", b"author": "author"}
_CREATED = re.compile(rb"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
DEEPEST = 10_000
"""Groups in groups."""


class RtfReader:
    """Reads .rtf files, also those that press databases make."""

    name = "rtf/1"
    suffixes = (".rtf",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whatever begins as rich text does."""
        del name
        return data.lstrip()[:5] == b"{\\rtf"

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of an export. Raises ArticleError."""
        scan = _Scan(name)
        text = scan.text(data)
        pieces = [Piece(line) for line in text.split("\n")]
        created = _CREATED.search(data[:20_000])
        about = Details()
        about.add("title", scan.info.get("title", "").strip(), "properties", 0.5)
        about.add("authors", authors_of(scan.info.get("author", "")), "properties", 0.4)
        day = b"-".join(part.zfill(2) for part in created.groups()).decode() if created else ""
        about.add("saved", dates.find(day), "properties", 0.5)
        lost = text.count("\ufffd")
        warnings = (
            [
                trn(
                    "{count} character could not be read and became “�”.",
                    "{count} characters could not be read and became “�”.",
                    lost,
                )
            ]
            if lost
            else []
        )
        yield from written.articles(
            pieces, about=about, source=data, reader=self.name, name=name, warnings=warnings
        )


READER = RtfReader()


class _Group:
    """What holds inside one pair of braces."""

    __slots__ = ("aside", "encoding", "skip", "target")

    def __init__(self, aside: bool, encoding: str, skip: int, target: str) -> None:
        self.aside = aside
        self.encoding = encoding
        self.skip = skip
        """How many characters stand behind a Unicode one, for programs that do not know it."""
        self.target = target

    def inner(self) -> _Group:
        return _Group(self.aside, self.encoding, self.skip, self.target)


class _Scan:
    """Goes through the source once."""

    def __init__(self, name: str) -> None:
        self.info: dict[str, str] = {}
        self._name = name
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._group = _Group(False, "cp1252", 1, "")
        self._above: list[_Group] = []
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._to_skip = 0
        self._high = 0

    def text(self, data: bytes) -> str:
        """The text. Raises ArticleError where it breaks off."""
        at, end = 0, len(data)
        while at < end:
            token = _TOKEN.match(data, at)
            if token is None:  # a lone backslash at the end
                break
            at = token.end()
            word, number, hexed, symbol, brace, plain = token.groups()
            if word is not None:
                value = int(number) if number is not None else None
                if word == b"bin" and value:
                    at += max(0, value)
                else:
                    self._word(word, value)
            elif hexed is not None:
                self._byte(bytes([int(hexed, 16)]))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace is not None:
                self._brace(brace)
            elif plain is not None:
                self._byte(plain)
        self._flush()
        if self._above:
            raise ArticleError(
                tr(
                    "{name} breaks off in the middle (RTF); it was not imported.",
                    name=said(self._name),
                )
            )
        return "".join(self._parts).replace("\r\n", "\n")

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if brace == b"{":
            if len(self._above) >= DEEPEST:
                raise ArticleError(
                    tr(
                        "{name} is nested too deeply (RTF); it was not imported.",
                        name=said(self._name),
                    )
                )
            self._above.append(self._group)
            self._group = self._group.inner()
        elif self._above:
            self._group = self._above.pop()

    def _word(self, word: bytes, value: int | None) -> None:
        group = self._group
        if word == b"u" and value is not None:
            self._unicode(value)
            return
        self._flush()
        if word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _INFO and group.target == "info":
            group.target, group.aside = _INFO[word], False
        elif word == b"info":
            group.target, group.aside = "info", True
        elif word == b"fonttbl":
            group.target, group.aside = "fonts", True
        elif word in _ASIDE:
            group.aside = True
        elif word == b"uc" and value is not None:
            group.skip = max(0, value)
        elif word in (b"f", b"fcharset", b"cpg", b"ansicpg"):
            self._encode(word, value or 0)

    def _encode(self, word: bytes, value: int) -> None:
        group = self._group
        if word == b"ansicpg":
            self._default = _known(f"cp{value}") or "cp1252"
            group.encoding = self._default
        elif group.target == "fonts":
            if word == b"f":
                self._font = value
            else:
                named = _CHARSETS.get(value) if word == b"fcharset" else f"cp{value}"
                self._fonts[self._font] = _known(named or "") or self._default
        elif word == b"f":
            group.encoding = self._fonts.get(value, self._default)

    def _unicode(self, value: int) -> None:
        self._flush()
        code = value + 65536 if value < 0 else value
        self._to_skip = self._group.skip
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            self._add(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._add(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")

    def _symbol(self, symbol: bytes) -> None:
        self._flush()
        if symbol == b"*":
            self._group.aside = True
        elif self._to_skip:
            self._to_skip -= 1
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _byte(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            self._add(bytes(self._bytes).decode(self._group.encoding, "replace"))
            self._bytes.clear()

    def _add(self, words: str) -> None:
        target = self._group.target
        if self._group.aside:
            return
        if target in ("title", "author"):
            self.info[target] = self.info.get(target, "") + words
        elif not target:
            self._parts.append(words)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""
