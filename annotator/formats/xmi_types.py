"""The type system that goes with our XMI files."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

FEATURES = ("label", "note", "mark", "attributes", "pieceOf", "sofa", "begin", "end")
"""Features of a mark that are not attributes of the schema."""
STRING, ANNOTATION = "uima.cas.String", "uima.tcas.Annotation"
MARK, LINK, ORIGIN = "webanno.custom.Mark", "webanno.custom.MarkLink", "webanno.custom.Origin"


def type_system(attributes: Iterable[str]) -> str:
    """A UIMA type system description with these attributes of marks."""
    mark = [(name, STRING) for name in ("label", "note", "mark", "attributes", *attributes)]
    types = [
        _type(MARK, [*mark, ("pieceOf", MARK)]),
        _type(LINK, [("Governor", MARK), ("Dependent", MARK), ("label", STRING)]),
        _type(ORIGIN, [("ours", STRING)]),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n'
        + "".join(types)
        + "</types>\n</typeSystemDescription>\n"
    )


def _type(name: str, features: Iterable[tuple[str, str]]) -> str:
    found = "".join(
        f"<featureDescription><name>{escape(feature)}</name><description/>"
        f"<rangeTypeName>{kind}</rangeTypeName></featureDescription>\n"
        for feature, kind in features
    )
    return (
        f"<typeDescription><name>{name}</name><description/>"
        f"<supertypeName>{ANNOTATION}</supertypeName>\n<features>\n{found}</features>"
        "</typeDescription>\n"
    )
