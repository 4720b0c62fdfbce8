"""The table of small changes to the core that no test sees."""

from __future__ import annotations

from tests.packaging.test_run import load

LISTED = """
    annotator.text.span.x_trimmed__mutmut_1: killed
    annotator.text.span.x_trimmed__mutmut_2: survived
    annotator.text.span.x_trimmed__mutmut_13: survived
    annotator.model.ids.x_now__mutmut_1: timeout
    annotator.model.ids.x_now__mutmut_2: no tests
"""


def test_what_no_test_sees_is_counted_by_module_and_listed() -> None:
    mutation = load("mutation")
    statuses = mutation.results(LISTED.splitlines())
    assert len(statuses) == 5
    assert mutation.share(statuses.values()) == 2 / 5
    lines = [line.split() for line in mutation.table(statuses)]
    assert lines[1:4] == [
        ["annotator.model.ids", "2", "0", "1", "0", "1", "0", "50.0%"],
        ["annotator.text.span", "3", "1", "0", "2", "0", "0", "33.3%"],
        ["all", "5", "1", "1", "2", "1", "0", "40.0%"],
    ]
    assert lines[5:] == [
        ["annotator.model.ids.x_now__mutmut_…", "no", "tests:", "2"],
        ["annotator.text.span.x_trimmed__mutmut_…", "survived:", "2,", "13"],
    ]
