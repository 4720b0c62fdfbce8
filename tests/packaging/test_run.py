"""run.py: what it says, to whom, and when it makes the environment anew."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    """A script of packaging/ as a module."""
    spec = importlib.util.spec_from_file_location(
        f"packaging_{name}", ROOT / f"packaging/{name}.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py with an environment in a folder of its own."""
    monkeypatch.setenv("ANNOTATOR_VENV", str(tmp_path / "venv"))
    return load("run")


def test_its_own_words_go_to_stderr_only(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--help"]) == 0
    assert run.main(["frobnicate"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "packaging/run.py check" in said.err
    assert "frobnicate" in said.err


def test_the_exit_code_is_that_of_what_was_run(run: ModuleType) -> None:
    assert run.run([sys.executable, "-c", "import sys; sys.exit(7)"]) == 7


def test_what_it_runs_quietly_writes_to_stderr(
    run: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    run.run([sys.executable, "-c", "print('from pip')"], quiet=True)
    assert capfd.readouterr() == ("", "from pip\n")


def test_the_environment_is_made_anew_when_the_lock_changed_and_only_then(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks = {name: tmp_path / f"{name}.txt" for name in ("app", "dev")}
    for path in locks.values():
        path.write_text("one==1 \\\n")
    monkeypatch.setattr(run, "LOCKS", locks)
    monkeypatch.setattr(run, "has_pip", lambda: True)
    monkeypatch.setattr(run, "put_checkout_on_path", lambda: None)
    installed: list[str] = []
    monkeypatch.setattr(run, "pip", lambda *words: installed.append(words[-1]))
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    run.need_environment("app")
    run.need_environment("app")
    assert len(installed) == 1
    locks["app"].write_text("one==2 \\\n")
    run.need_environment("app")
    assert len(installed) == 2
    run.need_environment("dev")
    run.need_environment("app")  # what the checks need holds what the program needs
    assert len(installed) == 3


def test_an_environment_that_was_not_finished_is_not_believed(run: ModuleType) -> None:
    run.VENV.mkdir(parents=True)
    run.stamp_path("app").write_text(run.fingerprint("app"))
    assert run.stamp("app") is None
    assert not run.has_pip()


def test_a_user_without_rights_is_shown_one_command(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(run.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(run, "can_open", lambda library: library != "libxcb-cursor.so.0")
    with pytest.raises(SystemExit):
        run.need_libraries(windows=True)
    said = capsys.readouterr().err
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0" in said


def test_the_lock_holds_pins_and_hashes_and_no_address() -> None:
    assert list(load("check").lock_problems()) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url somewhere",
        "thing @ file:///there/thing.whl",
        "thing>=1",
        "thing==1 \\\nother==2 \\\n    --hash=sha256:" + "a" * 64,
    ],
)
def test_a_lock_with_a_fault_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "requirements.txt").write_text(line + "\n")
    assert list(load("check").lock_problems(tmp_path))


def test_a_path_of_somebodys_machine_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "notes.md").write_text("see /" + "home/mara/notes\n")
    (tmp_path / "fine.md").write_text("see ~/notes, a/home/b and https://x.example/home/y\n")
    subprocess.run(["git", "-C", tmp_path, "add", "."], check=True)
    found = list(load("check").path_problems(tmp_path))
    assert found == ["notes.md:1: names a path of a machine"]


def test_the_wheel_is_told_to_hold_every_resource() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    assert '"resources" = "annotator/_resources"' in project
