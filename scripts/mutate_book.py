"""Break the book one small thing at a time, on a copy, and count what the tests notice.

    python scripts/run.py python scripts/mutate_book.py            all groups
    python scripts/run.py python scripts/mutate_book.py formulas   one group: formulas, numbers, markers,
                                                                   translations, captions, code

Page mutants are judged by the functions that the tests call, code mutants by the tests themselves. A mutant that
nothing notices is listed; the exit code is 0 only when none is left but those that tests/equivalent_mutants.toml
shows to change nothing.
"""

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import hypothesis  # noqa: F401  (loaded once here, inherited by each run of the tests)
import pytest
import scipy.integrate
import scipy.stats  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.book import (  # noqa: E402
    bibliography,
    build,
    code_mutants,
    draw,
    figkit,
    formulas,
    glossary,
    mutants,
    parity,
    quantities,
    tables,
)
from scripts.book.pages import Book, Page, Problem  # noqa: E402

WORKERS = 2
#: The environment with PyTorch, Keras and JAX that .ci/run makes; without it their examples cannot be judged.
FRAMEWORKS = ROOT / ".cache" / "frameworks" / "bin" / "python"
COPIED = ("weightinit", "tests", "scripts", "docs", "conftest.py", "pyproject.toml")
EQUIVALENT = ROOT / "tests" / "equivalent_mutants.toml"
Row = tuple[str, bool, str]  # kind, noticed, description


def page_problems(page: Page) -> list[Problem]:
    """What the tests and the build would say of one page's terms, citations, figures and tables."""
    problems = glossary.check_terms(page.text, page.where, page.lang) + glossary.lint(
        page.text, page.where, page.lang
    )
    try:
        text = bibliography.cite(page.text, page.lang, page.where, "../")
        tables.place(figkit.place(text, page.where), page.lang, page.where)
    except ValueError as error:
        problems.append(Problem(page.where, 1, str(error)))
    return problems


def noticed(book: Book, page: Page, alone: bool = True) -> bool:
    """Whether any check fails; without `alone`, the twin page has the same change and parity cannot tell."""
    return bool(
        (alone and parity.problems(book))
        or formulas.problems(book)
        or quantities.problems(book)
        or page_problems(page)
    )


def pages(group: str) -> Iterator[Row]:
    """Each mutant of a group on its own; formulas and numbers once more with the same slip on both pages."""
    book = Book.load()
    for mutant in mutants.mutants(book, group):
        lang, slug = mutant.page.lang, mutant.page.slug
        changed = book.with_text(lang, slug, mutant.text)
        yield mutant.kind, noticed(changed, changed.page(lang, slug)), str(mutant)
        twin = book.page("en" if lang == "ko" else "ko", slug)
        edit = mutants.twin_edit(mutant, twin) if group in ("formulas", "numbers") and lang == "ko" else None
        if edit:
            both = changed.with_text(twin.lang, slug, edit.apply(twin.text))
            yield (
                f"{mutant.kind} on both pages",
                noticed(both, both.page(lang, slug), alone=False),
                str(mutant),
            )


def captions() -> Iterator[Row]:
    """Each comparison behind a caption's claim negated: the figure must refuse to be drawn."""
    with tempfile.TemporaryDirectory() as folder:
        for slug, path in build.scripts().items():
            data = figkit.data(slug)
            for mutant in code_mutants.negations(path):
                if mutant.function == "claims":
                    changed = Path(folder) / path.name
                    changed.write_text(mutant.source, encoding="utf-8", newline="\n")
                    yield (
                        "caption claim",
                        not all_true(changed, data),
                        f"{slug}:{mutant.line}: {mutant.change}",
                    )


def all_true(script: Path, data: dict[str, object]) -> bool:
    """Whether the figure would be drawn: a claim that is false, or that raises, stops it."""
    try:
        return all(draw.load(script).claims(data).values())
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False


def code() -> Iterator[Row]:
    """Each mutant of the package and of the examples, judged by the tests in a copy of the project."""
    sources = [
        *sorted((ROOT / "weightinit").rglob("*.py")),
        *sorted((ROOT / "docs" / "shared" / "code").glob("*.py")),
    ]
    if not FRAMEWORKS.exists():
        raise SystemExit(f"{FRAMEWORKS} is missing: run .ci/run first, it makes the environment of the frameworks")
    found = [mutant for path in sources for mutant in code_mutants.mutants(path)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        copies: Queue[Path] = Queue()
        for number in range(WORKERS):
            copies.put(copy_project(Path(folder) / str(number)))
        commands = {tuple(tests) for path in sources for tests in tests_for(path.relative_to(ROOT))}
        for tests in sorted(commands):
            if not passes(Path(folder) / "0", list(tests)):
                raise SystemExit(f"pytest {' '.join(tests)} fails without any change: mend that first")
        yield from pool.map(lambda mutant: judge(mutant, copies), found)


def copy_project(target: Path) -> Path:
    """What the tests of the package need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


def judge(mutant: code_mutants.CodeMutant, copies: "Queue[Path]") -> Row:
    """Write the mutant into a copy, run the tests that should notice, put the original back."""
    folder = copies.get()
    relative = mutant.path.relative_to(ROOT)
    (folder / relative).write_text(mutant.source, encoding="utf-8", newline="\n")
    try:
        caught = any(not passes(folder, tests) for tests in tests_for(relative))
    finally:
        shutil.copy(mutant.path, folder / relative)
        copies.put(folder)
    place = f"{relative.as_posix()}: {mutant.function}"
    return f"code {relative.parts[0]}", caught, f"{place}: {mutant.change} (line {mutant.line})"


def tests_for(relative: Path) -> list[list[str]]:
    """The module's own tests first, then everything that stands on the package."""
    if relative.parts[0] == "docs":
        framework = relative.stem.rpartition("_")[2] in ("pytorch", "keras", "jax")
        if framework:
            return [["tests/test_frameworks.py", "-k", relative.stem]]
        return [["tests/test_examples.py"], ["tests/test_numbers.py"]]
    if relative.stem == "__init__":
        return [["tests/test_package.py"]]
    modules = [path.relative_to(ROOT) for path in sorted((ROOT / "weightinit").rglob("*.py"))]
    package = sorted({test for module in modules if (test := own_test(module))})
    everything = [*package, "--doctest-modules", "weightinit", "tests/test_formulas.py"]
    own = own_test(relative)
    return [[own], everything] if own else [everything]


def own_test(module: Path) -> str:
    """The test file of a module, or else of the package it lies in: he.py of weightinit/schemes has test_schemes.py."""
    names = [f"tests/test_{name}.py" for name in (module.stem.lstrip("_"), module.parent.name)]
    return next((name for name in names if (ROOT / name).exists()), "")


#: Seconds of computing after which a run counts as hanging: of the clock's seconds others may have taken most.
PATIENCE = 120


def passes(folder: Path, tests: list[str]) -> bool:
    """Run pytest in the copy, in a process that has the libraries already; a run that hangs counts as noticed."""
    if tests[0] == "tests/test_frameworks.py":
        command = [str(FRAMEWORKS), "-m", "pytest", "--noconftest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        return subprocess.run(command, cwd=folder, capture_output=True, preexec_fn=limit, check=False).returncode == 0
    # A fork inherits what is loaded; where a system has none, the code group cannot be run.
    process = multiprocessing.get_context("fork").Process(target=run_tests, args=(folder, tests))
    process.start()
    process.join()
    return process.exitcode == 0


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


def run_tests(folder: Path, tests: list[str]) -> None:
    """In the child: forget the unchanged modules, look in the copy instead, say nothing."""
    limit()
    for name in [name for name in sys.modules if name.split(".")[0] in ("weightinit", "scripts")]:
        del sys.modules[name]
    os.chdir(folder)
    sys.path[:] = [str(folder), *(path for path in sys.path if Path(path or ".").resolve() != ROOT)]
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    inherited = "ignore::pytest.PytestAssertRewriteWarning"  # of a plugin that the parent has loaded already
    code = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-W", inherited, "--rootdir", str(folder), *tests])
    os._exit(int(code))


GROUPS: dict[str, Callable[[], Iterator[Row]]] = {
    **{group: (lambda group=group: pages(group)) for group in mutants.KINDS},  # type: ignore[misc]
    "captions": captions,
    "code": code,
}


def main(names: list[str]) -> int:
    """Run the groups, print one table and every survivor; 1 if a survivor is not known to be equivalent."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        print(f"unknown group '{unknown[0]}': expected one of {', '.join(GROUPS)}")
        return 2
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    equivalent = {entry["change"]: entry["why"] for entry in entries}
    total, caught, argued = Counter[str](), Counter[str](), Counter[str]()
    survivors = []
    for name in names or GROUPS:
        for kind, good, description in GROUPS[name]():
            total[kind] += 1
            caught[kind] += good
            if not good and description.rpartition(" (line")[0] in equivalent:
                argued[kind] += 1
            elif not good:
                survivors.append(description)
                print("survived:", description, flush=True)
    print(f"\n{'kind':44}{'mutants':>9}{'caught':>9}{'equivalent':>12}{'left':>6}")
    for kind in sorted(total):
        left = total[kind] - caught[kind] - argued[kind]
        print(f"{kind:44}{total[kind]:>9}{caught[kind]:>9}{argued[kind]:>12}{left:>6}")
    print(f"{'all':44}{total.total():>9}{caught.total():>9}{argued.total():>12}{len(survivors):>6}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
