"""Run a command of this book in its own environment: `python scripts/run.py mkdocs serve`.

The environment `.venv` is made from the lock (every download is compared with its hash) by `uv` when that
is on the path, otherwise by `venv` and `pip`. It is made again only when the lock or the Python changes.
Only the standard library is used; a Python as old as 3.6 can read this file and say what is missing.
"""

import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "made-from.txt"  # what the environment was made from; "unfinished" while it is being made

USAGE = """\
사용법: python scripts/run.py 명령 [인자 ...]
  python scripts/run.py mkdocs serve    책을 읽습니다: http://127.0.0.1:8000
  python scripts/run.py pytest          수식, 수, 그림, 코드 블록을 모두 검사합니다

Usage: python scripts/run.py COMMAND [ARGUMENT ...]
  python scripts/run.py mkdocs serve    read the book at http://127.0.0.1:8000
  python scripts/run.py pytest          check every formula, number, figure and code block"""

# What uv and pip print when they fail, and what that means for the reader.
FAILURES = {
    "DO NOT MATCH THE HASHES|Hash mismatch|--require-hashes mode": (
        "받은 파일이 잠금 파일의 해시와 다릅니다. uv.lock과 requirements.txt를 저장소의 것으로 되돌리세요.",
        "A download differs from its hash in the lock. Restore uv.lock and requirements.txt.",
    ),
    "lockfile .* needs to be updated": (
        "uv.lock이 pyproject.toml과 맞지 않습니다. CONTRIBUTING.md의 '잠금 파일 갱신'을 따르세요.",
        "uv.lock does not match pyproject.toml. See 'Refreshing the locks' in CONTRIBUTING.md.",
    ),
    "from versions: none|NewConnectionError|error sending request|dns error|ReadTimeoutError": (
        "패키지를 받지 못했습니다. 처음 한 번은 네트워크가 필요합니다. 연결을 확인하고 다시 실행하세요.",
        "The packages could not be downloaded. The first run needs the network: check it, then try again.",
    ),
    "": (
        "환경을 만들지 못했습니다. 까닭은 바로 위의 줄에 있습니다.",
        "The environment could not be made. The lines just above say why.",
    ),
}


def say(korean: str, english: str) -> None:
    """Tell the reader, in both languages, on the error stream: the output stream belongs to the command."""
    print(korean, english, sep="\n", file=sys.stderr, flush=True)


def stop(korean: str, english: str, code: int = 1) -> NoReturn:
    say(korean, english)
    sys.exit(code)


def check_python(major: int, minor: int) -> None:
    """Stop unless this Python lies in the range that pyproject.toml asks for."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    low, high = re.findall(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', project)[0]
    if not (3, int(low)) <= (major, minor) < (3, int(high)):
        wanted = f"3.{low}–3.{int(high) - 1}"
        stop(
            f"Python {wanted}가 필요하지만 지금 것은 {major}.{minor}입니다. uv가 있으면: uv run mkdocs serve",
            f"Python {wanted} is needed, but this is {major}.{minor}. With uv: uv run mkdocs serve",
        )


if __name__ == "__main__":
    check_python(*sys.version_info[:2])  # here, because an old Python could not even define what follows


def identity() -> str:
    """The interpreter and the folder that `.venv` belongs to: neither may change under it."""
    return f"Python {sys.version_info[0]}.{sys.version_info[1]} in {sys.base_prefix} for {ROOT}"


def recipe() -> str:
    """A digest of what decides the packages; the settings of tools in pyproject.toml are no part of it."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {table: project.get(table) for table in ("build-system", "project", "dependency-groups")}
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode())
    for lock in ("uv.lock", "requirements.txt"):
        digest.update((ROOT / lock).read_bytes())
    return digest.hexdigest()


def stamp() -> list[str]:
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.is_file() else []


def ready() -> bool:
    return PYTHON.exists() and stamp() == [identity(), recipe()]


@contextmanager
def alone() -> Iterator[None]:
    """Let one run at a time make the environment. The system drops the lock even when a run is killed."""
    lock = ROOT / ".cache" / "run.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("ab") as handle:
        os.set_inheritable(handle.fileno(), True)  # on POSIX a step that outlives its run goes on holding it
        waiting = False
        while True:
            try:
                if sys.platform == "win32":
                    import msvcrt

                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl

                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except (BlockingIOError, PermissionError):
                if not waiting:
                    say("환경을 만드는 다른 실행을 기다립니다.", "Waiting for another run's set-up.")
                waiting = True
                time.sleep(0.2)
        yield


def clean_environment() -> dict[str, str]:
    """The variables of this process without those that lead uv, pip or Python to another environment."""
    uv = {"UV_PROJECT_ENVIRONMENT", "UV_PROJECT", "UV_PYTHON"}
    foreign = uv | {"VIRTUAL_ENV", "PYTHONHOME", "PIP_USER", "PIP_TARGET"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    # The theme prints a notice about MkDocs 2 at each build; the versions here are locked.
    return {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **kept}


def step(*command: object) -> None:
    """Run one command of the set-up, show what it prints as it comes, and explain a failure."""
    output = ""
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,
    ) as process:
        for line in process.stdout or ():
            output += line
            print("  " + line, end="", file=sys.stderr, flush=True)
    if process.returncode:
        stop(*next(words for pattern, words in FAILURES.items() if re.search(pattern, output)))


def set_up() -> None:
    """Make `.venv` or bring it up to date. The stamp comes last: what was interrupted begins anew."""
    uv = shutil.which("uv")
    if not uv and not (find_spec("venv") and find_spec("ensurepip")):
        stop(
            "이 Python에는 venv 모듈이 없습니다. Debian, Ubuntu: sudo apt install python3-venv",
            "This Python lacks the venv module. Debian, Ubuntu: sudo apt install python3-venv",
        )
    tool = "uv" if uv else "pip"
    say(f"환경을 만듭니다({tool}): {VENV}", f"Making the environment with {tool}: {VENV}")
    base = getattr(sys, "_base_executable", sys.executable)  # the real Python when this one is a .venv's
    foreign = stamp()[:1] not in ([], [identity()])  # another Python's or folder's, or unfinished
    if not uv or foreign or not (VENV / "pyvenv.cfg").is_file():
        if VENV.exists():
            (VENV / "pyvenv.cfg").unlink(missing_ok=True)  # half removed, it is no environment any more
            shutil.rmtree(VENV)
        step(*([uv, "venv", "--python", base] if uv else [base, "-m", "venv"]), VENV)
    STAMP.write_text("unfinished\n", encoding="utf-8", newline="\n")
    if uv:
        step(uv, "sync", "--locked", "--python", base)
    else:
        step(PYTHON, "-m", "pip", "install", "--require-hashes", "-r", "requirements.txt")
        step(PYTHON, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "-e", ".")
    STAMP.write_text(f"{identity()}\n{recipe()}\n", encoding="utf-8", newline="\n")
    say("환경이 준비되었습니다.", "The environment is ready.")


def find(command: str) -> Path:
    """The program of that name in `.venv`."""
    for path in (BIN / command, BIN / f"{command}.exe"):
        if path.is_file():
            return path
    known = [path.name[:-4] if path.suffix == ".exe" else path.name for path in sorted(BIN.iterdir())]
    nearest = (difflib.get_close_matches(command, known, n=1) or ["python"])[0]
    stop(
        f"이 환경에는 '{command}' 명령이 없습니다. 가장 가까운 명령: '{nearest}'",
        f"This environment has no command '{command}'. The nearest: '{nearest}'",
        code=127,
    )


def start(program: Path, arguments: list[str]) -> int:
    """Run the program from ROOT and return its exit code; on POSIX this process becomes the program."""
    environment = clean_environment()
    environment["VIRTUAL_ENV"] = str(VENV)
    environment["PATH"] = os.pathsep.join([str(BIN), environment.get("PATH", os.defpath)])
    os.chdir(ROOT)
    if os.name == "posix":
        os.execve(program, [str(program), *arguments], environment)
    process = subprocess.Popen([str(program), *arguments], env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the program got the same Ctrl+C and ends in its own way
            pass


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, file=sys.stderr)
        return 0 if arguments else 2
    try:
        if not ready():
            with alone():
                if not ready():  # another run may have made it while this one waited
                    set_up()
    except KeyboardInterrupt:
        stop("\n중단했습니다. 다음 실행이 이어서 환경을 만듭니다.", "Interrupted. Run it again.", 130)
    except OSError as error:
        stop(f"환경을 만들지 못했습니다: {error}", f"The environment could not be made: {error}")
    return start(find(arguments[0]), arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
