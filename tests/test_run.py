"""The launcher builds the environment once, starts over when interrupted, and says plainly what is missing.
실행 스크립트가 환경을 한 번만 만들고, 중단되면 처음부터 다시 만들며, 빠진 것을 알기 쉽게 알리는지 확인합니다."""

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "scripts" / "run.py"
PROJECT = """\
[project]
name = "tiny"
requires-python = ">=3.11,<3.15"
[tool.anything]
colour = "blue"
"""


class Launcher:
    """A copy of run.py in a tiny project; its set-up makes an empty environment and notes each step."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root, self.patch, self.steps = root, patch, list[str]()
        (root / "scripts").mkdir(parents=True)
        shutil.copy(SOURCE, root / "scripts")
        for name, text in {"pyproject.toml": PROJECT, "uv.lock": "", "requirements.txt": ""}.items():
            self.write(name, text)
        self.run = self.load()

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8", newline="\n")

    def load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location("tiny_run", self.root / "scripts" / "run.py")
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.patch.setattr(module, "step", self.step)
        self.patch.setattr(module, "start", lambda program, arguments: 0)
        self.use_uv(module, False)
        return module

    def use_uv(self, module: ModuleType, present: bool) -> None:
        self.patch.setattr(module.shutil, "which", lambda name: "/somewhere/uv" if present else None)

    def step(self, *command: object) -> None:
        words = [str(part) for part in command]
        self.steps.append(" ".join(words[1:]))
        if "venv" in words or ("sync" in words and not (self.root / ".venv").exists()):
            venv.create(self.root / ".venv", symlinks=os.name != "nt")

    def main(self, *arguments: str) -> int:
        code = self.run.main(list(arguments or ("python",)))
        assert isinstance(code, int)
        return code

    def waiting(self) -> threading.Event:
        """What happens when a run says that it waits for another."""
        event = threading.Event()

        def hear(korean: str, english: str) -> None:
            if "Waiting" in english:
                event.set()

        self.patch.setattr(self.run, "say", hear)
        return event

    def command(self, *arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
        """Start run.py as a reader does, from a folder that is not the project's."""
        return subprocess.run(
            [sys.executable, str(self.root / "scripts" / "run.py"), *arguments],
            cwd=self.root.parent, env=os.environ | options | {"PYTHONUTF8": "1"},
            capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Launcher:
    return Launcher(tmp_path / "한글 폴더" / "weight init", monkeypatch)


def both_languages(text: str) -> tuple[str, str]:
    """The last two lines: one with Hangul, one without."""
    korean, english = text.strip().splitlines()[-2:]
    assert any("가" <= letter <= "힣" for letter in korean), text
    assert not any("가" <= letter <= "힣" for letter in english), text
    return korean, english


def refused(action: Callable[[], object], capsys: pytest.CaptureFixture[str], code: int = 1) -> str:
    """The English line that `action` stops with, once the Korean one was seen beside it."""
    with pytest.raises(SystemExit) as stopped:
        action()
    assert stopped.value.code == code
    return both_languages(capsys.readouterr().err)[1]


def test_an_old_python_can_read_the_file_up_to_its_check() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))
    check = next(place for place, node in enumerate(tree.body) if isinstance(node, ast.If))
    before = tree.body[:check]
    imported = {alias.name for node in before if isinstance(node, ast.Import) for alias in node.names}
    assert "tomllib" not in imported
    for function in (node for node in before if isinstance(node, ast.FunctionDef)):
        hints = [argument.annotation for argument in function.args.args] + [function.returns]
        assert all(isinstance(hint, ast.Name | ast.Constant) for hint in hints), function.name


def test_the_python_must_be_one_that_the_project_supports(
    launcher: Launcher, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher.run.check_python(3, 11)
    launcher.run.check_python(3, 14)
    for version in ((3, 6), (3, 10), (3, 15), (4, 0)):
        message = refused(partial(launcher.run.check_python, *version), capsys)
        assert "Python 3.11–3.14 is needed, but this is {}.{}".format(*version) in message


def test_a_python_without_venv_is_told_what_to_install(
    launcher: Launcher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launcher.run, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert "sudo apt install python3-venv" in refused(launcher.main, capsys)
    assert launcher.steps == []
    launcher.use_uv(launcher.run, True)  # uv needs neither
    assert launcher.main() == 0


# What the tools printed when each fault was made on purpose.
FAULTS = {
    "pip without network": (
        "ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)",
        "network",
    ),
    "uv without network": (
        "  cause: error sending request for url (…/numpy-2.4.6.whl)\n  cause: client error (Connect)",
        "network",
    ),
    "pip with a wrong hash": (
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    Expected sha256 0000",
        "hash",
    ),
    "uv with a wrong hash": (
        "  × Failed to download `sybil==10.1.0`\n  ╰─▶ Hash mismatch for `sybil==10.1.0`",
        "hash",
    ),
    "uv with an old lock": (
        "error: The lockfile at `uv.lock` needs to be updated, but `--locked` was provided.",
        "does not match pyproject.toml",
    ),
    "anything else": ("Segmentation fault", "lines just above"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_set_up_is_shown_and_explained(
    fault: str, launcher: Launcher, capsys: pytest.CaptureFixture[str]
) -> None:
    printed, word = FAULTS[fault]
    launcher.patch.undo()  # the real step()
    script = f"import sys; print({printed!r}); sys.exit(3)"
    with pytest.raises(SystemExit):
        launcher.run.step(sys.executable, "-c", script)
    shown = capsys.readouterr().err
    assert all(line in shown for line in printed.splitlines())
    assert word in both_languages(shown)[1]
    launcher.run.step(sys.executable, "-c", f"print({printed!r})")  # the same words without a failure


def test_the_remedies_name_headings_that_exist(launcher: Launcher) -> None:
    headings = (SOURCE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()
    named = re.findall(r"'(\w[\w ]+)'(?:을| in) ", " ".join(sum(launcher.run.FAILURES.values(), ())) + " ")
    assert len(named) == 2
    assert {f"### {name}" for name in named} <= set(headings)


def test_the_environment_is_made_once_with_hashes(launcher: Launcher) -> None:
    assert launcher.main() == 0
    assert launcher.steps == [
        f"-m venv {launcher.root / '.venv'}",
        "-m pip install --require-hashes -r requirements.txt",
        "-m pip install --no-deps --no-build-isolation -e .",
    ]
    launcher.steps.clear()
    assert launcher.main() == 0
    assert launcher.steps == []


def test_uv_is_used_when_there_is_one_and_keeps_an_environment_it_made(launcher: Launcher) -> None:
    launcher.use_uv(launcher.run, True)
    venv.create(launcher.root / ".venv", symlinks=os.name != "nt")
    own = launcher.root / ".venv" / "kept"
    own.touch()
    assert launcher.main() == 0
    assert [step.split(" --python")[0] for step in launcher.steps] == ["sync --locked"]
    assert own.exists()


@pytest.mark.parametrize("name", ["uv.lock", "requirements.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed(name: str, launcher: Launcher) -> None:
    launcher.main()
    launcher.steps.clear()
    launcher.write(name, PROJECT.replace("[tool", 'dependencies = ["numpy"]\n[tool'))
    launcher.main()
    assert len(launcher.steps) == 3


def test_a_setting_of_a_tool_changes_nothing(launcher: Launcher) -> None:
    launcher.main()
    launcher.steps.clear()
    launcher.write("pyproject.toml", PROJECT.replace("blue", "red"))
    launcher.main()
    assert launcher.steps == []


@pytest.mark.parametrize("uv", [False, True])
def test_an_interrupted_set_up_is_begun_anew(
    uv: bool, launcher: Launcher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher.use_uv(launcher.run, uv)
    half = launcher.root / ".venv" / "half a package"

    def interrupted(*command: object) -> None:
        launcher.step(*command)
        if not {"venv"} & {str(part) for part in command}:
            half.touch()
            raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(launcher.run, "step", interrupted)
        assert "Interrupted" in refused(launcher.main, capsys, code=130)
    assert half.exists()
    launcher.steps.clear()
    assert launcher.main() == 0
    assert not half.exists()
    assert "venv" in launcher.steps[0]


def test_a_moved_project_makes_its_environment_again(launcher: Launcher) -> None:
    launcher.main()
    launcher.steps.clear()
    launcher.root = launcher.root.rename(launcher.root.with_name("옮긴 곳"))
    launcher.run = launcher.load()
    launcher.main()
    assert len(launcher.steps) == 3


def test_a_second_run_waits_and_uses_what_the_first_has_made(launcher: Launcher) -> None:
    waits = launcher.waiting()
    second = threading.Thread(target=launcher.main)
    with launcher.run.alone():
        second.start()
        assert waits.wait(timeout=10)
        assert launcher.steps == []
        launcher.run.set_up()
        made = len(launcher.steps)
    second.join(timeout=10)
    assert not second.is_alive()
    assert len(launcher.steps) == made


def test_a_killed_run_holds_others_up_only_while_its_step_lasts(launcher: Launcher) -> None:
    step = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    script = f"import run, sys\nwith run.alone(): run.step(sys.executable, '-c', {step!r})"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=launcher.root / "scripts", stderr=subprocess.PIPE
    ) as killed:
        assert killed.stderr
        orphan = int(killed.stderr.readline())
        killed.kill()
    waits = launcher.waiting()
    after = threading.Thread(target=launcher.main)
    after.start()
    if os.name == "posix":  # Windows does not pass a lock on
        assert waits.wait(timeout=10)
        assert launcher.steps == []
    os.kill(orphan, signal.SIGTERM)
    after.join(timeout=10)
    assert len(launcher.steps) == 3


def test_other_environments_do_not_leak_in(launcher: Launcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONHOME", "PIP_TARGET"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.delenv("PYTHONUTF8", raising=False)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "")
    environment = launcher.run.clean_environment()
    assert "/elsewhere" not in environment.values()
    assert environment["PYTHONUTF8"] == "1"
    assert environment["NO_MKDOCS_2_WARNING"] == ""  # the reader's own choice wins


def test_the_command_runs_in_the_project_with_its_arguments_and_exit_code(launcher: Launcher) -> None:
    launcher.main()
    script = "import os, sys; print(os.getcwd()); print(sys.prefix); print(sys.argv[1:]); sys.exit(7)"
    done = launcher.command("python", "-c", script, "두 낱말", "--option", VIRTUAL_ENV="/elsewhere")
    assert done.returncode == 7, done.stderr
    folder, prefix, arguments = done.stdout.splitlines()
    assert Path(folder) == launcher.root.resolve()
    assert Path(prefix).resolve() == (launcher.root / ".venv").resolve()
    assert arguments == "['두 낱말', '--option']"
    assert done.stderr == ""


def test_an_unknown_command_is_answered_with_the_nearest(launcher: Launcher) -> None:
    launcher.main()
    done = launcher.command("pythn", "-V")
    assert done.returncode == 127
    assert "no command 'pythn'" in both_languages(done.stderr)[1]
    assert "'python" in both_languages(done.stderr)[1]


def test_without_arguments_both_languages_show_the_two_commands(launcher: Launcher) -> None:
    done = launcher.command()
    assert done.returncode == 2
    korean, english = done.stderr.split("\n\n")
    assert korean.startswith("사용법") and english.startswith("Usage")
    for text in (korean, english):
        assert "python scripts/run.py mkdocs serve" in text
        assert "python scripts/run.py pytest" in text
