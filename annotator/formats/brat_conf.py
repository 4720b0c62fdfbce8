"""What a brat folder says of its labels: annotation.conf and visual.conf."""

from __future__ import annotations

from annotator.formats.ann import Names, is_plain
from annotator.model.schema import ANY_LABEL, Schema

COLORS = ("#fcd9a6", "#bcd4fb", "#f9bcbc", "#bdeccc", "#dccdf9", "#f8cfe2", "#d9dde3", "#bfe7f2")


def annotation(schema: Schema, names: Names) -> str:
    """Which marks, links and attributes there can be; marks may overlap in any way."""
    lines = ["[entities]", *(names.of(label.name) for label in schema.labels), "", "[relations]"]
    for kind in schema.relations:
        ends = [_ends(one, names) for one in (kind.from_, kind.to)]
        lines.append(f"{names.of(kind.name)}\tArg1:{ends[0]}, Arg2:{ends[1]}")
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", ""]
    lines.append("[attributes]")
    for attribute in schema.attributes:
        values = [value for value in attribute.values if is_plain(value)]
        if is_plain(attribute.name) and values:
            on = _ends(attribute.on, names)
            lines.append(f"{attribute.name}\tArg:{on}, Value:{'|'.join(values)}")
    return "\n".join([*lines, ""])


def visual(schema: Schema, names: Names) -> str:
    """What labels and links are called on the screen, and their colors."""
    lines = ["[labels]"]
    lines += [f"{names.of(one.name)} | {one.title}" for one in (*schema.labels, *schema.relations)]
    lines += [
        "",
        "[drawing]",
        "SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken",
    ]
    for n, label in enumerate(schema.labels):
        color = label.color if label.color.startswith("#") else COLORS[n % len(COLORS)]
        lines.append(f"{names.of(label.name)}\tbgColor:{color}")
    return "\n".join([*lines, ""])


def _ends(labels: tuple[str, ...], names: Names) -> str:
    return "<ENTITY>" if ANY_LABEL in labels else "|".join(map(names.of, labels))
