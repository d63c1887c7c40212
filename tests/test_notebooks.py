"""The notebooks run, their code is the same in both languages, and a download installs this site's own package.
노트북이 오류 없이 실행되고 두 언어의 코드가 같으며, 내려받은 파일이 이 사이트의 패키지를 설치하는지 확인합니다."""

import io
import json
import re
import runpy
import struct
import zipfile
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import pytest
from mkdocs.config.defaults import MkDocsConfig

from scripts.book import cells, notebooks
from scripts.book.pages import LANGUAGES, ROOT

CELLS = {name: cells.read(name) for name in cells.NAMES}
CODE = {name: [cell.text for cell in found if not cell.lang] for name, found in CELLS.items()}
every_notebook = pytest.mark.parametrize("name", cells.NAMES)
KO, EN = '# %% [markdown] lang="ko"\n# 글\n', '# %% [markdown] lang="en"\n# text\n'


# The script


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"\n{KO}\n# %%\n1\n", "measure.py:2: this Korean cell has no English twin; write it below"),
        (f"{KO}", "measure.py:1: this Korean cell has no English twin; write it below"),
        (f"{KO}{KO}{EN}", "measure.py:1: this Korean cell has no English twin"),
        (f"# %%\n1\n{EN}", "measure.py:3: this English cell has no Korean twin; write it above"),
        (f"{KO}{EN}{EN}", "measure.py:5: this English cell has no Korean twin"),
        ("# %% [markdown]\n# 글\n", 'measure.py:1: a Markdown cell has lang="ko" or lang="en"'),
        ('# %% lang="ko"\n1\n', "a code cell nothing or both alt_ko and alt_en; change its first line"),
        ('# %% alt_ko="그림"\n1\n', "a code cell nothing or both alt_ko and alt_en; change its first line"),
        ("# %% [md]\n", "measure.py:1: cannot read '# %% [md]'; write # %% [markdown] lang="),
    ],
)
def test_a_broken_script_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        cells.cells(text, "measure.py")


def test_cells_keep_their_text_language_and_line() -> None:
    made = cells.cells(f'{KO}\n{EN}\n# %% alt_ko="그림" alt_en="plot"\nx = 1  # one\n', "measure.py")
    assert made == [
        cells.Cell(1, "ko", "글", {}),
        cells.Cell(4, "en", "text", {}),
        cells.Cell(7, "", "x = 1  # one", {"ko": "그림", "en": "plot"}),
    ]


def test_every_script_is_a_notebook_of_the_book() -> None:
    assert sorted(path.stem for path in cells.FOLDER.glob("*.py")) == sorted(cells.NAMES)


def test_a_script_without_front_matter_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "measure.py").write_text("# %%\nx = 1\n", encoding="utf-8", newline="\n")
    monkeypatch.setattr(cells, "FOLDER", tmp_path)
    monkeypatch.setattr(cells, "ROOT", tmp_path)
    with pytest.raises(ValueError, match=r"^measure.py:1: no front matter; begin with # --- and the keys ko, en"):
        cells.front_matter("measure")


@every_notebook
def test_headings_have_the_same_ids_in_both_languages(name: str) -> None:
    texts = {lang: [cell.text for cell in CELLS[name] if cell.lang == lang] for lang in LANGUAGES}
    ids = {
        lang: re.findall(r"^(#+) .* \{#([\w-]+)\}$", "\n".join(texts[lang]), re.MULTILINE) for lang in LANGUAGES
    }
    assert len(ids["ko"]) > 1 and ids["ko"] == ids["en"]
    headings = [line for text in texts["ko"] + texts["en"] for line in text.split("\n") if line.startswith("#")]
    assert len(headings) == len(ids["ko"]) + len(ids["en"]), "a heading has no id"


@every_notebook
def test_the_code_runs(name: str) -> None:
    plt.switch_backend("agg")
    runpy.run_path(str(cells.path(name)))
    plt.close("all")
    assert sum(text.count("assert ") for text in CODE[name]) >= 8, "what the text claims is asserted in the cells"


#: The standard deviation that is tried, what ReLU and a factor are compared with, and the number of digits.
GIVEN = {"measure": {"0.01", "0", "1"}, "train": {"10"}}


@every_notebook
def test_the_text_states_no_number_that_no_cell_computes(name: str) -> None:
    for cell in CELLS[name]:
        if cell.lang:
            prose = re.sub(r"`[^`]*`|\{#[^}]*\}|2차", "", cell.text)
            assert set(re.findall(r"\d+(?:\.\d+)?", prose)) <= GIVEN[name], f"{cells.where(name)}:{cell.line}"


# The executed page


@every_notebook
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_code_output_and_plots(lang: str, name: str) -> None:
    text, images = notebooks.page(name, lang)
    title = cells.front_matter(name)[lang]["title"]
    assert text.startswith("---\n") and f"\n# {title} {{#{name}}}\n" in text
    assert re.findall(r"```python\n(.*?)\n```", text, re.DOTALL) == CODE[name]
    assert text.count("``` { .text .output .no-copy }\n") >= 4
    alts = [cell.alt[lang] for cell in CELLS[name] if cell.alt]
    assert alts and re.findall(rf"!\[(.+?)\]\({name}/(.+?)\)\{{", text) == list(zip(alts, images, strict=True))
    assert re.search(r"[가-힣]", re.sub(r"```.*?```", "", text, flags=re.DOTALL)) is None or lang == "ko"


@every_notebook
def test_the_page_shows_a_bar_of_progress_as_it_ends(name: str) -> None:
    text, _ = notebooks.page(name, "ko")
    bars = re.findall(r"^(█*)(░*) (\d+)/(\d+)$", text, re.MULTILINE)
    assert bars and "\r" not in text
    assert all(not left and len(done) == int(number) == int(total) for done, left, number, total in bars)


@every_notebook
def test_images_keep_their_place_free_and_are_small(name: str) -> None:
    text, images = notebooks.page(name, "ko")
    for image, data in images.items():
        width, height = struct.unpack(">II", data[16:24])
        shown = re.search(rf'{image}\)\{{ width="(\d+)" height="(\d+)" \}}', text)
        assert shown and int(shown[1]) / int(shown[2]) == pytest.approx(width / height, rel=0.01)
        assert len(data) < 50_000


def test_a_plot_without_description_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebooks, "read", lambda name: [cell._replace(alt={}) for cell in CELLS[name]])
    with pytest.raises(ValueError, match=r"measure.py:\d+: this cell draws; say what is seen in alt_ko and alt_en"):
        notebooks.page("measure", "ko")


def test_outputs_are_made_anew_after_an_edit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs: list[list[cells.Cell]] = []

    def run(code: list[cells.Cell], place: str) -> list[list[dict[str, Any]]]:
        runs.append(code)
        return [[] for _ in code]

    monkeypatch.setattr(notebooks, "_run", run)
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    notebooks.outputs("measure")
    notebooks.outputs("measure")
    assert len(runs) == 1
    (tmp_path / "weightinit").mkdir()
    (tmp_path / "weightinit" / "fans.py").write_text("edited", encoding="utf-8", newline="\n")
    notebooks.outputs("measure")
    monkeypatch.setattr(notebooks, "read", lambda name: [*CELLS[name], cells.Cell(0, "", "x = 1", {})])
    notebooks.outputs("measure")
    assert len(runs) == 3


def test_what_is_printed_in_pieces_is_one_output() -> None:
    slow = "import time\nfor n in range(3):\n    print(n, flush=True)\n    time.sleep(0.4)"
    (shown,) = notebooks._run([cells.Cell(1, "", slow, {})], "slow.py")
    assert [output["text"] for output in shown] == ["0\n1\n2\n"]


def test_an_error_in_a_cell_stops_the_build() -> None:
    code = [cells.Cell(3, "", "x = 1", {}), cells.Cell(5, "", "assert x == 2, 'no'", {})]
    with pytest.raises(ValueError, match=r"^measure.py:5: this cell fails: AssertionError: no"):
        notebooks._run(code, "measure.py")


# The download


@every_notebook
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_download_is_a_notebook_that_installs_the_package_first(lang: str, name: str) -> None:
    text = notebooks.download(name, lang, "https://example.org/weightinit.whl")
    nbformat.validate(json.loads(text))
    made = json.loads(text)["cells"]
    sources = ["".join(cell["source"]) for cell in made]
    assert sources[0].startswith("%pip install --quiet https://example.org/weightinit.whl matplotlib")
    imported = set(re.findall(r"^(?:import|from) (\w+)", "\n".join(CODE[name]), re.MULTILINE))
    installed = {"sklearn" if package == "scikit-learn" else package for package in sources[0].split()[4:]}
    assert imported == installed | {"numpy", "weightinit"}, "the wheel of weightinit brings NumPy along"
    assert [s for cell, s in zip(made, sources, strict=True) if cell["cell_type"] == "code"][1:] == CODE[name]
    prose = [s for cell, s in zip(made, sources, strict=True) if cell["cell_type"] == "markdown"]
    assert len(prose) == sum(cell.lang == lang for cell in CELLS[name])
    assert prose[0].startswith(f"# {cells.front_matter(name)[lang]['title']}\n"), "no {#id}: Jupyter would show it"
    assert len({cell["id"] for cell in made}) == len(made)
    assert notebooks.download(name, lang, "https://example.org/weightinit.whl") == text


def test_the_wheel_is_whole_and_always_the_same() -> None:
    name, data = notebooks.wheel()
    assert re.fullmatch(r"weightinit-[\d.]+-py3-none-any\.whl", name)
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        assert wheel.testzip() is None
        names = wheel.namelist()
        modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "weightinit").rglob("*.py")}
        assert modules <= set(names)
        assert {entry.date_time for entry in wheel.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        (metadata,) = [entry for entry in names if entry.endswith(".dist-info/METADATA")]
        assert "\nRequires-Dist: numpy" in wheel.read(metadata).decode()
        assert any(entry.endswith("licenses/LICENSE") for entry in names)
    assert notebooks.wheel() == (name, data)


@pytest.mark.parametrize("site_url", ["https://example.org/book/", "http://127.0.0.1:8000/"])
def test_both_downloads_install_the_one_wheel_of_the_korean_site(site_url: str) -> None:
    name, data = notebooks.wheel()
    for lang, url in (("ko", site_url), ("en", f"{site_url}en/")):
        config = MkDocsConfig()
        config.load_dict({"site_name": "t", "site_url": url, "docs_dir": str(ROOT / "docs" / lang), "plugins": []})
        config.validate()
        config.plugins._current_plugin = None  # as MkDocs does before each event
        made = {file.src_uri: file for file in notebooks.files(config, lang)}
        assert (f"assets/book/{name}" in made) == (lang == "ko")
        for notebook in cells.NAMES:
            assert made[f"{notebook}.md"].dest_uri == f"{notebook}/index.html"
            content = made[f"{notebook}/{notebook}.ipynb"].content_string
            assert f"--quiet {site_url}assets/book/{name} matplotlib" in content
            assert f"]({notebook}/{notebook}.ipynb){{" in made[f"{notebook}.md"].content_string
    assert len(data) < 100_000
