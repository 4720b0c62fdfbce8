"""Office documents and other archives, made in memory for the tests."""

from __future__ import annotations

import io
import zipfile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(members: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(body: str, **more: str) -> bytes:
    """A Word document with this XML in its body; ``more`` are further members by their stem."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    members |= {f"word/{stem}.xml": f"<w:x {_W}>{inner}</w:x>" for stem, inner in more.items()}
    return packed(members)


def paragraph(words: str, style: str = "") -> str:
    """A paragraph of Word in a style."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{words}</w:t></w:r></w:p>"


def paragraphs(lines: str) -> str:
    """A paragraph of Word for each line."""
    return "".join(paragraph(line) for line in lines.split("\n"))
