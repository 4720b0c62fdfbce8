"""Undo, redo and everything that they take back, against a plain model of the project.

`ANNOTATOR_SUITE=release` plays far longer.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from annotator.settings import backups
from tests.support.places import new_place
from tests.support.twin import OFTEN, PEOPLE, Twin, seen

LONG = os.environ.get("ANNOTATOR_SUITE") == "release"


class Drawn:
    """Dice that hypothesis throws."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        return self._draw(st.integers(low, high))

    def pick(self, things: Sequence[Any]) -> Any:
        return things[self._draw(st.integers(0, len(things) - 1))]


class Seeded:
    """Dice that fall the same way every time."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def pick(self, things: Sequence[Any]) -> Any:
        return things[self._random.randrange(len(things))]


class Machine(RuleBasedStateMachine):
    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self._place = new_place(self.kind)
        self.twin = Twin(self._place.__enter__())
        self.acts = 0

    @rule(name=st.sampled_from(OFTEN), data=st.data())
    def act(self, name: str, data: st.DataObject) -> None:
        if self.acts == 0:
            self.twin.act("import", Drawn(data.draw))
        self.twin.act(name, Drawn(data.draw))
        self.acts += 1
        if self.acts % 7 == 0:
            self.twin.same()

    def teardown(self) -> None:
        try:
            finish(self.twin)
        finally:
            self.twin.close()
            self._place.__exit__(None, None, None)
            # Of one project to Annotator, as they are copies of one: thousands would be listed each time.
            shutil.rmtree(backups(), ignore_errors=True)


class MachineOnPostgresql(Machine):
    kind = "postgresql"


def finish(twin: Twin) -> None:
    """Undo all that can be undone, newest first, and redo it: everything is as it was."""
    for person in PEOPLE:
        twin.project(person)
    twin.same()
    if LONG:
        twin.sound()
    before = seen(twin.project(PEOPLE[0]))
    undone: list[str] = []
    while acts := [act for act in map(twin.model.newest, PEOPLE) if act is not None]:
        person = max(acts, key=lambda act: act.since).person
        if not twin.undo(person):
            break
        undone.append(person)
    twin.same()
    if LONG:
        twin.sound()
    for person in reversed(undone):
        assert twin.redo(person)
    assert seen(twin.project(PEOPLE[0])) == before
    twin.sound()


def play(machine: type[Machine], runs: int, acts: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=acts,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=not LONG,
            print_blob=False,
            # A failing game is told as it was played: shrinking fifty acts takes longer than the run.
            phases=tuple(Phase) if LONG else (Phase.explicit, Phase.generate),
        ),
    )


# Every part of the long form throws its own dice, so that the cores can share them.
@pytest.mark.parametrize("part", range(20 if LONG else 1))
def test_any_acts_of_two_people_can_be_undone_and_redone_in_a_file(part: int) -> None:
    play(Machine, *((250, 100) if LONG else (100, 50)))


@pytest.mark.parametrize("part", range(4 if LONG else 1))
def test_any_acts_of_two_people_can_be_undone_and_redone_in_a_database(
    database: str, part: int
) -> None:
    if database == "sqlite":
        pytest.skip("the test above plays it, longer")
    play(MachineOnPostgresql, *((250, 100) if LONG else (30, 50)))


def test_two_thousand_acts(database: str) -> None:
    dice = Seeded(20_261_124)
    with new_place(database) as place:
        twin = Twin(place)
        try:
            twin.act("import", dice)
            acts = 20_000 if LONG else 2_000
            for n in range(acts):
                twin.act(dice.pick(OFTEN), dice)
                if n % 50 == 0:
                    twin.same()
            finish(twin)
            assert acts / 20 < twin.refused < acts * 0.6
        finally:
            twin.close()
