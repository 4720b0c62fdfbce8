"""Messages as mail programs and browsers write them: headers, and parts in parts."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from annotator.articles.decoding import decode

BEGINNING = 4096
PARTS = 1000
"""Parts of a message that are looked at."""

_HEADERS = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:[A-Za-z][\w-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}"
)
_TELLING = re.compile(
    rb"^(?:mime-version|message-id|received|return-path|snapshot-content-location|x-mailer|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)


def is_message(data: bytes) -> bool:
    """Whether it begins with headers such as only messages have; asked of every file."""
    found = _HEADERS.match(data[:BEGINNING])
    return found is not None and _TELLING.search(found[0]) is not None


def headers(data: bytes) -> bytes:
    """The headers, lower case; empty where there are none."""
    found = _HEADERS.match(data[:BEGINNING])
    return found[0].lower() if found else b""


def parsed(data: bytes) -> EmailMessage:
    """The message."""
    return email.message_from_bytes(data, policy=email.policy.default)


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order, without recursion."""
    stack, seen = [message], 0
    while stack and seen < PARTS:
        part = stack.pop()
        seen += 1
        inner = part.get_payload()
        if isinstance(inner, list):
            stack += reversed(cast(list[EmailMessage], inner))
        else:
            yield part


def bytes_of(part: EmailMessage) -> bytes:
    """What a part holds, as it was before it was encoded for the way."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def text_of(part: EmailMessage, name: str) -> str:
    """The characters of a part. Raises ArticleError for what is no text."""
    try:
        charset = part.get_content_charset()
    except (LookupError, ValueError):
        charset = None
    return decode(bytes_of(part), name, charset)[0]


def header(message: EmailMessage, name: str) -> str:
    """A header on one line; empty where it is missing or broken."""
    try:
        return " ".join(str(message.get(name, "") or "").split())
    except Exception:  # the standard library stumbles over some broken ones
        return ""


def day(message: EmailMessage) -> str:
    """The day that the message says it was sent, as YYYY-MM-DD; or an empty string."""
    try:
        return parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        return ""


def first_of(message: EmailMessage, kind: str) -> EmailMessage | None:
    """The first part of a kind, such as text/html, that is no attachment."""
    return next(
        (
            part
            for part in parts(message)
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment"
        ),
        None,
    )
