"""The lock files agree, vendored files are unchanged, the workflows are valid, and git holds nothing generated.
잠금 파일이 서로 맞고, 외부에서 가져온 파일이 원본 그대로이며, 생성된 파일이 git에 없는지 확인합니다."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "docs" / "shared" / "vendor"
TESTS = sorted((ROOT / "tests").glob("test_*.py"))
MAY_SKIP = ("test_browser", "test_framework", "test_sweep")  # what these need may be missing on a reader's machine
LIMIT = 600_000  # bytes; a larger file makes each clone slow

# Package registries, without their endings here so that this list does not find itself.
REGISTRIES = [f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "debian", "download.pytorch")]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def git(*arguments: str) -> list[Path]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", *arguments]  # also as another user
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


@cache
def files() -> list[Path]:
    """The project's own files: what git has or would add; without git, all that .gitignore does not name."""
    if (ROOT / ".git").exists():
        return [path for path in git("--cached", "--others", "--exclude-standard") if path.is_file()]
    ignored = [line.rstrip("/") for line in text(".gitignore").split()]

    def kept(path: Path) -> bool:
        parts = path.relative_to(ROOT).parts
        return path.is_file() and not any(fnmatch(part, name) for part in parts for name in ignored)

    return [path for path in ROOT.rglob("*") if kept(path)]


def texts() -> dict[str, str]:
    """The text files among them, by their path in the project."""
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode()
    return found


def uv_lock() -> dict[str, Any]:
    return tomllib.loads(text("uv.lock"))


def locked() -> dict[tuple[str, str], set[str]]:
    """(name, version) -> hashes, as uv.lock has them."""
    packages = [package for package in uv_lock()["package"] if "registry" in package["source"]]
    return {
        (package["name"], package["version"]): {
            file["hash"] for file in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        }
        for package in packages
    }


def exported() -> dict[tuple[str, str], set[str]]:
    """(name, version) -> hashes, as requirements.txt has them."""
    packages: dict[tuple[str, str], set[str]] = {}
    for line in text("requirements.txt").splitlines():
        if start := re.match(r"([a-z0-9-]+)==(\S+)", line):
            packages[current := (start[1], start[2])] = set()
        elif found := re.match(r"\s+--hash=(sha256:[0-9a-f]{64})", line):
            packages[current].add(found[1])
        else:
            assert line.lstrip().startswith("#"), f"requirements.txt: unexpected line {line!r}"
    return packages


def test_both_locks_hold_the_same_files() -> None:
    assert len(locked()) > 50
    assert all(locked().values())
    assert exported() == locked(), "requirements.txt is stale: see 'Refreshing the locks' in CONTRIBUTING.md"


def test_the_lock_answers_what_pyproject_asks() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    versions: dict[str, list[str]] = {}
    for name, version in locked():
        versions.setdefault(name, []).append(version)
    for requirement in map(Requirement, asked):
        chosen = versions.get(requirement.name.lower().replace("_", "-"), [])
        assert chosen, f"{requirement.name} is not locked: run uv lock"
        assert all(version in requirement.specifier for version in chosen), f"{requirement} has {chosen}"
    assert uv_lock()["requires-python"].replace(" ", "") == project["project"]["requires-python"]


def test_the_frameworks_are_pinned() -> None:
    lines = [line for line in text("requirements-frameworks.txt").splitlines() if not line.startswith("#")]
    assert {Requirement(line).name for line in lines} == {"torch", "jax", "jaxlib", "keras"}
    assert all(re.fullmatch(r"[a-z]+==[\d.]+", line) for line in lines)


def test_vendored_files_are_the_listed_ones_unchanged() -> None:
    listed = tomllib.loads((VENDOR / "MANIFEST.toml").read_text(encoding="utf-8"))["file"]
    present = {path.relative_to(VENDOR).as_posix() for path in files() if VENDOR in path.parents}
    assert present - {"MANIFEST.toml"} == {entry["path"] for entry in listed}
    for entry in listed:
        assert all(entry[key] for key in ("name", "version", "licence", "source", "refresh")), entry["path"]
        content = (VENDOR / entry["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["path"]
        folder = entry["path"].split("/")[0]
        assert {f"{folder}/LICENSE", f"{folder}/OFL.txt"} & present, f"no licence text beside {entry['path']}"


def test_no_file_is_large() -> None:
    large = {path for path in files() if path.stat().st_size > LIMIT and VENDOR not in path.parents}
    assert large <= {ROOT / "uv.lock"}


def test_nothing_generated_is_in_git() -> None:
    assert {".venv/", ".cache/", "site/", "__pycache__/"} <= set(text(".gitignore").split())
    if (ROOT / ".git").exists():
        assert git("--cached", "--ignored", "--exclude-standard") == []


def test_line_ends_are_the_same_everywhere() -> None:
    assert "* text=auto eol=lf" in text(".gitattributes").splitlines()
    assert [name for name, content in texts().items() if "\r\n" in content] == []


def test_no_registry_is_named() -> None:
    """The downloads go where the reader's own settings say; uv.lock cannot do without addresses."""
    named = [
        f"{name}: {host}"
        for name, content in texts().items()
        for host in REGISTRIES
        if host in content and name != "uv.lock"
    ]
    assert named == []


@pytest.mark.parametrize("name", ["check.yml", "publish.yml"])
def test_the_workflow_is_valid(name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    command.append(f".github/workflows/{name}")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_two_commands_are_the_same_everywhere() -> None:
    readme = re.findall(r"^python scripts/run\.py (mkdocs serve|pytest)\b", text("README.md"), re.MULTILINE)
    assert readme == ["mkdocs serve", "pytest"] * 2  # Korean, then English
    for place in (".ci/run", ".github/workflows/check.yml"):
        commands = re.findall(r"python3? scripts/run\.py (\w+.*)", text(place))
        assert any(command.startswith("mkdocs build --strict") for command in commands), place
        assert "pytest" in commands, f"{place}: the whole of pytest, without options"
    assert "-q" not in text(".ci/run").split()  # with it, --strict does not see broken links


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_both_languages_name_the_same_things(name: str) -> None:
    korean, english = text(name).split("\n## 한국어\n")[1].split("\n## English\n")
    levels, items, links = r"(?m)^#+ ", r"(?m)^[|\d-]+", r"\]\((.+?)\)"
    commands, code = r"(?m)^(?:python|uv) .*", r"(?<!`)`([^`\n]+)`(?!`)"
    for pattern in (levels, items, links, commands, code):
        assert sorted(re.findall(pattern, korean)) == sorted(re.findall(pattern, english)), pattern


def test_what_the_readme_maps_exists() -> None:
    for tree in re.findall(r"```\n(weightinit/.*?)```", text("README.md"), re.DOTALL):
        for line in tree.splitlines():
            for path in re.split(r"\s{3,}", line)[0].split():
                assert (ROOT / path).exists(), path


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_a_test_file_says_in_two_lines_what_it_checks(path: Path) -> None:
    """The page "How this book is checked" shows these lines to the reader."""
    lines = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
    assert len(lines) == 2, f"{path.name}: {len(lines)} lines, expected one English and one Korean"
    hangul = [bool(re.search("[가-힣]", line)) for line in lines]
    assert hangul == [False, True], f"{path.name}: expected English first, then Korean"


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_no_test_is_skipped_in_silence(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    skips = used & {"skip", "skipif", "importorskip", "xfail"}
    assert not skips or path.name.startswith(MAY_SKIP), f"{path.name} uses {sorted(skips)}"
