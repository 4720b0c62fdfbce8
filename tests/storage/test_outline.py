"""The outline of a project says what an export of it would say, without reading a text."""

from __future__ import annotations

from annotator.model.outline import FarEnd
from annotator.project import Project, articles, marks, relations
from tests.support.builders import STORY, article, mark


def test_an_outline_names_what_joins_documents_and_counts_what_is_marked(project: Project) -> None:
    one = article(project)
    two = article(project, STORY.replace("pier", "quay"), "quay.txt")
    articles.describe(project, one, {"story": "pier", "outlet": "Courier", "url": "https://c/1"})
    claim = mark(project, one, "the pier 🚢 would be closed")
    denial = mark(project, two, "denied that anybody had asked them", "denial")
    mark(project, two, "Monday", "denial", attributes={"denial_kind": "refusal"})
    mark(project, two, "radio", "denial", attributes={"denial_kind": "rejection"}, note='"denial_kind":"refusal"')  # fmt: skip
    relations.link(project, "denies", denial.id, claim.id)
    stated = marks.state(project, claim.id, "the pier closes").proposition_id
    first, second = project.read.outlines()
    assert (first.id, second.id) == (one, two)
    assert (first.outlet, first.story, first.url) == ("Courier", "pier", "https://c/1")
    assert first.title == "Harbour office closes pier"
    assert (first.linked, second.linked) == ((two,), (one,))
    assert first.text_sha256 == project.read.document(one).text_sha256
    (own,) = second.sets
    assert (own.annotator, own.kind, own.status) == ("Mara", "individual", "in_progress")
    assert (own.counts, own.not_denials) == ({"denial": 3}, 1)
    assert project.read.far_ends() == {claim.id: FarEnd(first.sets[0].id, "claim")}
    assert (first.propositions, second.propositions) == ((stated,), ())
