"""The dataset as machines find it: croissant.json, JSON-LD of the vocabulary Croissant 1.0.

Every file is named with its hash. Files of JSON lines are described field by field as far as a table
can say it: text, numbers, and lists of them; what is nested deeper is left to its own JSON Schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, cast

import msgspec

from annotator.datasets.manifest import Manifest

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_KINDS = {
    ".jsonl": "application/jsonlines",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".parquet": "application/x-parquet",
    ".md": "text/markdown",
    ".xml": "application/xml",
}
_TYPES = {str: "sc:Text", int: "sc:Integer", float: "sc:Float", bool: "sc:Boolean"}


def croissant(manifest: Manifest, summary: str, first_lines: Mapping[str, bytes]) -> bytes:
    """The JSON-LD document. ``first_lines`` holds the first line of each .jsonl file, by path."""
    records = [_records(path, line) for path, line in first_lines.items()]
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": manifest.facts.title,
        "description": summary,
        "license": manifest.facts.licence or "Not stated",
        "version": "1.0.0",
        "citeAs": manifest.facts.title,
        "creator": {"@type": "sc:Organization", "name": "Not stated"},
        "keywords": ["news", "attribution", "claims", "sources", "denials"],
        "distribution": [_file(file.path, file.size, file.sha256) for file in manifest.files],
        "recordSet": [found for found in records if found["field"]],
    }
    if manifest.project:
        document["datePublished"] = manifest.project.rpartition(" ")[2][:10]
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _file(path: str, size: int, sha256: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{size} B",
        "encodingFormat": _KINDS.get(PurePosixPath(path).suffix, "application/octet-stream"),
        "sha256": sha256,
    }


def _records(path: str, first_line: bytes) -> dict[str, Any]:
    """The fields of a file of JSON lines that a table can hold, judged by its first line."""
    name = path.removeprefix("data/").removesuffix(".jsonl")
    record: dict[str, Any] = msgspec.json.decode(first_line)
    fields = [_field(name, path, key, value) for key, value in record.items()]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"The lines of {path}.",
        "field": [field for field in fields if field],
    }


def _field(records: str, path: str, key: str, value: Any) -> dict[str, Any]:
    inner: Any = value[0] if isinstance(value, list) and value else value
    kind = _TYPES.get(cast(Any, type(inner)))
    if kind is None:
        return {}
    repeated: dict[str, Any] = {"repeated": True} if isinstance(value, list) else {}
    return {
        "@type": "cr:Field",
        "@id": f"{records}/{key}",
        "name": key,
        "dataType": kind,
        **repeated,
        "source": {"fileObject": {"@id": path}, "extract": {"column": key}},
    }
