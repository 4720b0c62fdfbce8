"""What holds for every test: no screen, settings of its own, the short or the long form."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

IS_RELEASE = os.environ.get("ANNOTATOR_SUITE") == "release"
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)

settings.register_profile(
    "short", max_examples=60, derandomize=True, deadline=None, suppress_health_check=SLOW, database=None
)  # fmt: skip
settings.register_profile(
    "release", max_examples=1000, deadline=None, suppress_health_check=SLOW, database=None
)
settings.load_profile("release" if IS_RELEASE else "short")


@pytest.fixture(autouse=True)
def _own_settings(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test reads or writes what a person chose, or backs up beside what they keep."""
    monkeypatch.setenv("ANNOTATOR_SETTINGS", str(tmp_path / "settings.json"))
    monkeypatch.setenv("ANNOTATOR_BACKUPS", str(tmp_path_factory.getbasetemp() / "backups"))
    monkeypatch.setenv("ANNOTATOR_LOGS", str(tmp_path_factory.getbasetemp() / "logs"))
    monkeypatch.delenv("ANNOTATOR_NAME", raising=False)
