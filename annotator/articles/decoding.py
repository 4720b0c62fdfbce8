"""From the bytes of a saved article to its characters; what is no text is refused by what it is."""

from __future__ import annotations

import codecs
import unicodedata

from annotator.articles.naming import said
from annotator.errors import ArticleError, NoText
from annotator.language import tr

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_THINGS = (
    (b"%PDF-", tr("a PDF")),
    (b"{\\rtf", tr("an RTF document")),
    (b"PK\x03\x04", tr("a ZIP archive or an office document")),
    (b"\x89PNG", tr("a picture")),
    (b"\xff\xd8\xff", tr("a picture")),
    (b"GIF8", tr("a picture")),
    (b"RIFF", tr("a picture or a recording")),
    (b"SQLite format 3", tr("a database")),
    (b"bplist00", tr("a Safari web archive")),
    (b"\x1f\x8b", tr("a compressed file")),
    (b"\xd0\xcf\x11\xe0", tr("an old office document")),
    (b"\x7fELF", tr("a program")),
)
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254",
    "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-16-le",
}  # fmt: skip
"""What people mean by an encoding's name, as browsers read it."""
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_JAPANESE = (b"\x1b$B", b"\x1b$@")
"""How Japanese in seven bits begins, which otherwise would pass for UTF-8."""
SAMPLE = 65_536
GUESSED_FROM = 200_000


def decode(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """The text of a file and the encoding it was read with: BOM, UTF-8, declared, then a guess.

    What cannot be read becomes U+FFFD. Raises ArticleError for what is no text at all.
    """
    _refuse_other_things(data, name)
    encoding = _encoding(data, name, declared)
    return data.decode(encoding, "replace"), encoding


def _encoding(data: bytes, name: str, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.01 + 1:
        return _wide(sample, name)
    japanese = "iso2022_jp" if any(mark in sample for mark in _JAPANESE) else None
    for encoding in (japanese, "utf-8", _known(declared)):
        # What says of itself in single bytes that it is wide is mistaken.
        if encoding and not (encoding in _WIDE and _is_narrow(sample)) and _reads(data, encoding):
            return encoding
    return _guessed(data)


def _refuse_other_things(data: bytes, name: str) -> None:
    if not data.strip():
        raise NoText(tr("{name} is empty; it was not imported.", name=said(name)))
    for magic, what in _OTHER_THINGS:
        if data.startswith(magic):
            raise ArticleError(
                tr("{name} is {what}, not a text; it was not imported.", name=said(name), what=what)
            )


def _wide(sample: bytes, name: str) -> str:
    """Which wide encoding without a BOM it is. Raises ArticleError where it is none."""
    whole = sample[: len(sample) // 4 * 4] or sample
    # Wide text of Latin letters is half NULs; of others it is no UTF-8.
    may_be = sample.count(0) > len(sample) * 0.2 or not _reads(whole, "utf-8")
    for encoding in _WIDE if may_be else ():
        text = whole.decode(encoding, "replace")
        if text.count("\ufffd") <= 1 and _is_writing(text):
            return encoding
    raise ArticleError(
        tr("{name} is not a text (binary data); it was not imported.", name=said(name))
    )


def _is_writing(text: str) -> bool:
    """Whether hardly any character is one that nobody writes, and some part words."""
    odd = sum(
        unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") for c in text if c not in "\t\n\r"
    )
    common = sum(c in " \n\r،。、，.," for c in text)
    return odd <= len(text) * 0.01 and common > 0


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_narrow(sample: bytes) -> bool:
    """Whether it reads as plain Latin letters, a byte each."""
    plain = sum(32 <= byte < 127 or byte in b"\t\n\r" for byte in sample)
    return plain > len(sample) * 0.9


def _known(encoding: str | None) -> str | None:
    """The encoding that is meant by a name; None where there is no such text encoding."""
    try:
        codec = codecs.lookup(encoding or "")
    except (LookupError, ValueError):
        return None
    # rot13 and base64 are codecs too, but no encodings of text.
    is_text = getattr(codec, "_is_text_encoding", True)
    return _MEANT.get(codec.name, codec.name) if is_text else None


def _guessed(data: bytes) -> str:
    import chardet

    return _known(chardet.detect(data[:GUESSED_FROM])["encoding"]) or "cp1252"
