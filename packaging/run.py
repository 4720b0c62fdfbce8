#!/usr/bin/env python3
"""Set up and run Annotator from a checkout, with nothing but Python 3.11 or newer.

  python3 packaging/run.py                 set up, open the sample project
  python3 packaging/run.py app [ARGS...]   set up, run the program with these arguments
  python3 packaging/run.py test [ARGS...]  set up, run the tests (pytest's arguments; no display needed)
  python3 packaging/run.py check           lint, types, contracts, lock files
  python3 packaging/run.py bench NAME      a benchmark: view, keys, switch, find, schema, import,
                                           storage, export, start or scale; --json
  python3 packaging/run.py interop         tools that others wrote read our formats (a large environment)
  python3 packaging/run.py release         the long forms of the suites, then every benchmark
  python3 packaging/run.py release faults  the long forms of the fault suites alone, and their table
  python3 packaging/run.py release mutation [PATTERNS...]
                                           small changes to the core that no test sees (an hour)
  python3 packaging/run.py deps            see to missing system libraries only
  python3 packaging/run.py lock            write the lock files anew from pyproject.toml

The environment lies in .venv, or where ANNOTATOR_VENV says. Messages go to stderr.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("ANNOTATOR_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {
    "app": ROOT / "packaging/requirements.txt",
    "dev": ROOT / "packaging/requirements-dev.txt",
    "interop": ROOT / "packaging/requirements-interop.txt",
    "mutation": ROOT / "packaging/requirements-mutation.txt",
}
FROM_SOURCES = ("interop",)
"""Environments for which packages may be built, since some are published as sources only."""
BENCHES = (
    "view",
    "keys",
    "switch",
    "find",
    "schema",
    "import",
    "storage",
    "export",
    "start",
    "scale",
)

# A library that Qt opens -> the packages that hold it on Debian and on Fedora.
DRAWING = {
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libgssapi_krb5.so.2": ("libgssapi-krb5-2", "krb5-libs"),
    "libbrotlidec.so.1": ("libbrotli1", "libbrotli"),
}
WINDOWS = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor"),
    "libwayland-egl.so.1": ("libwayland-egl1", "libwayland-egl"),
}


def main(arguments: list[str]) -> int:
    """Do what the first argument says; the exit code is that of what was run."""
    if sys.version_info < (3, 11):
        return refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    verb, *rest = arguments or ["sample"]
    if verb in ("-h", "--help"):
        say(__doc__ or "")
        return 0
    if verb not in VERBS:
        say(f"there is no “{verb}”; --help lists what there is")
        return 2
    return VERBS[verb](rest)


def sample(_: list[str]) -> int:
    """Open the app on the sample project."""
    return app(["--sample"])


def app(arguments: list[str]) -> int:
    """Run the program where the caller stands."""
    need_libraries(windows=os.environ.get("QT_QPA_PLATFORM") != "offscreen")
    need_environment("app")
    return run([str(PYTHON), "-m", "annotator", *arguments])


def test(arguments: list[str]) -> int:
    """Run the tests; on Linux as root with a real PostgreSQL and strace."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_libraries(windows=False)
    need_services()
    need_environment("dev")
    # All of it: on every core, and one more, because tests of windows mostly wait.
    chosen = arguments or ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    return run([str(PYTHON), "-X", "faulthandler", "-m", "pytest", *chosen], where=ROOT)


def check(arguments: list[str]) -> int:
    """Lint, types, contracts, lock files, sizes."""
    need_environment("dev")
    return run([str(PYTHON), str(ROOT / "packaging/check.py"), *arguments], where=ROOT)


def bench(arguments: list[str]) -> int:
    """Run a benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    need_libraries(windows=False)
    need_environment("dev")
    return run([str(PYTHON), "-m", "tests.benchmarks", *arguments], where=ROOT)


def interop(arguments: list[str]) -> int:
    """Let tools that others wrote read our formats, in an environment of its own: .venv-interop."""
    if not stands_apart("interop"):
        return run([sys.executable, __file__, "interop", *arguments])
    need_environment("interop")
    chosen = arguments or ["tests/interop", "tests/formats"]
    # There is no Qt in that environment, and pytest does not know what is said of it.
    ignoring = ["-W", "ignore::pytest.PytestConfigWarning"]
    return run([str(PYTHON), "-m", "pytest", *ignoring, *chosen], where=ROOT)


def mutation(arguments: list[str]) -> int:
    """List the small changes to the core that no test sees; its environment is .venv-mutation."""
    if not stands_apart("mutation"):
        return run([sys.executable, __file__, "release", "mutation", *arguments])
    need_environment("mutation")
    os.environ.pop("ANNOTATOR_SUITE", None)  # the short forms: they run some thousand times
    return run([str(PYTHON), str(ROOT / "packaging/mutation.py"), *arguments], where=ROOT)


def stands_apart(kind: str) -> bool:
    """Whether this process has the environment of that kind; if not, the next one will have it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ.get("ANNOTATOR_APART") == kind:
        return True
    os.environ.update(ANNOTATOR_APART=kind, ANNOTATOR_VENV=str(ROOT / f".venv-{kind}"))
    return False


FAULTS = (
    "tests/faults",
    "tests/project/test_journal_machine.py",
    "tests/gui/test_soak.py",
)


def release(arguments: list[str]) -> int:
    """The long forms of the suites, then every benchmark; or one of what takes long, alone."""
    if arguments[:1] == ["mutation"]:
        return mutation(arguments[1:])
    os.environ["ANNOTATOR_SUITE"] = "release"
    if arguments == ["faults"]:
        return test([*FAULTS, "--durations=0", "--durations-min=1", "-p", "no:cacheprovider"])
    if arguments:
        say(f"there is no release of “{' '.join(arguments)}”; --help lists what there is")
        return 2
    worst = test([])
    for name in BENCHES:
        worst = bench([name]) or worst
    return worst


def deps(_: list[str]) -> int:
    """See to the system libraries."""
    need_libraries(windows=True)
    say("no system library is missing")
    return 0


def lock(_: list[str]) -> int:
    """Write the lock files: exact pins with hashes, and nothing of where they came from."""
    need_environment("dev")
    pip("install", "uv")
    uv = [str(PYTHON), "-m", "uv"]
    quiet = ["-q", "--no-emit-project", "--no-header", "--no-annotate"]
    extras = ["--extra", "parquet", "--extra", "spacy"]
    kinds = {
        "app": ["--no-dev", "--extra", "postgres"],
        "dev": ["--extra", "postgres"],
        "interop": ["--no-dev", "--group", "interop", *extras],
        "mutation": ["--no-dev", "--group", "mutation"],
    }
    status = run([*uv, "lock", "-q"], where=ROOT)
    for kind, chosen in kinds.items():
        command = [*uv, "export", *quiet, *chosen, "-o", str(LOCKS[kind])]
        status = status or run(command, where=ROOT)
    return status


VERBS = {
    "sample": sample,
    "app": app,
    "test": test,
    "check": check,
    "bench": bench,
    "interop": interop,
    "release": release,
    "deps": deps,
    "lock": lock,
}


def need_environment(kind: str) -> None:
    """An environment with the locked packages; made anew when the lock or the Python changed."""
    wanted = {name: fingerprint(name) for name in LOCKS}
    # What the checks need holds all that the program needs.
    if any(stamp(name) == wanted[name] for name in {kind, "dev" if kind == "app" else kind}):
        return
    began = time.monotonic()
    if not has_pip():
        make_environment()
    say("installing the locked packages (the first time about 100 MB)")
    only = ["--prefer-binary"] if kind in FROM_SOURCES else ["--only-binary", ":all:"]
    pip("install", "--require-hashes", *only, "-r", str(LOCKS[kind]))
    put_checkout_on_path()
    for name in LOCKS:
        stamp_path(name).unlink(missing_ok=True)
    stamp_path(kind).write_text(wanted[kind])
    say(f"ready after {time.monotonic() - began:.0f} s")


def make_environment() -> None:
    """Make the environment from nothing; a half-made one is thrown away."""
    say(f"making the environment {VENV}")
    shutil.rmtree(VENV, ignore_errors=True)
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    # Debian keeps the module that puts pip into an environment in a package of its own.
    install("the module that makes environments", ["python3-venv"], ["python3"])
    if run(make, quiet=True) != 0:
        raise SystemExit(refuse("the environment could not be made."))


def has_pip() -> bool:
    """Whether there is an environment that was made to the end."""
    if not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def pip(*arguments: str) -> None:
    """Run the environment's pip; its words go to stderr."""
    command = [str(PYTHON), "-m", "pip", "-q", "--disable-pip-version-check", *arguments]
    if run(command, quiet=True) != 0:
        raise SystemExit(refuse("the packages could not be installed; nothing was run."))


def put_checkout_on_path() -> None:
    """Let the environment find the checkout, so that nothing has to be built."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=True)
    Path(asked.stdout.strip(), "annotator_checkout.pth").write_text(f"{ROOT}\n")


def fingerprint(kind: str) -> str:
    """What the environment must have been made from."""
    return hashlib.sha256(LOCKS[kind].read_bytes() + sys.version.encode()).hexdigest()


def stamp_path(kind: str) -> Path:
    """Where the environment says what it was made from."""
    return VENV / f"annotator-{kind}.stamp"


def stamp(kind: str) -> str | None:
    """What the environment was made from, where it was made to the end."""
    path = stamp_path(kind)
    return path.read_text() if path.exists() and PYTHON.exists() else None


def need_libraries(*, windows: bool) -> None:
    """The system libraries that Qt opens; installed when root, else the one command is shown."""
    if not sys.platform.startswith("linux"):
        return
    lacking = [names for so, names in wanted_libraries(windows=windows) if not can_open(so)]
    if lacking:
        debian, fedora = (sorted({names[at] for names in lacking}) for at in (0, 1))
        install("system libraries", debian, fedora)


def wanted_libraries(*, windows: bool) -> Iterable[tuple[str, tuple[str, str]]]:
    """What Qt opens to draw, and on a screen to show windows."""
    return {**DRAWING, **(WINDOWS if windows else {})}.items()


def can_open(library: str) -> bool:
    """Whether the system finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_services() -> None:
    """What the tests use where it costs nobody anything; without it those tests skip and say so.

    A PostgreSQL beside SQLite; strace, which fails system calls, logs writes and lists what is opened.
    """
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    lacking = [] if shutil.which("strace") else ["strace"]
    if not any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        lacking.append("postgresql")
    if lacking:
        install("programs for the tests", lacking, [])


def install(what: str, debian: list[str], fedora: list[str]) -> None:
    """Install system packages when root; else show the command and stop."""
    if shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", *debian]
    elif shutil.which("dnf"):
        command = ["dnf", "install", "-y", *fedora]
    else:
        raise SystemExit(refuse(f"{what} are missing: {' '.join(debian)}."))
    if os.geteuid() != 0:
        ask = f"missing are {what}. Install them, then run this again:\n  sudo {' '.join(command)}"
        raise SystemExit(refuse(ask))
    say(f"installing {what}: {' '.join(command)}")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    if command[0] == "apt-get":
        run(["apt-get", "update", "-q"], quiet=True)
    if run(command, quiet=True) != 0:
        raise SystemExit(refuse(f"{what} could not be installed."))


def run(command: list[str], *, where: Path | None = None, quiet: bool = False) -> int:
    """Run a command and give its exit code; ``quiet`` sends what it prints to stderr."""
    out = sys.stderr if quiet else None
    try:
        return subprocess.run(command, cwd=where, stdout=out, check=False).returncode
    except KeyboardInterrupt:
        return 130


def say(message: str) -> None:
    """Tell the person; stdout belongs to what is run."""
    print(f"annotator setup: {message}", file=sys.stderr, flush=True)


def refuse(message: str) -> int:
    """Tell why nothing more is done."""
    say(message)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
