"""Each notebook script makes, for each language, an executed page and the notebook that readers download.

The page is Markdown like every other, so that its headings, formulas and terms work as everywhere else.
"""

import base64
import io
import json
import re
import struct
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

import yaml
from flit_core.wheel import WheelBuilder
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from . import cache
from .cells import NAMES, Cell, front_matter, read, where
from .pages import ROOT

ASSETS = "assets/book/"
DOWNLOAD = {"ko": "이 노트북 내려받기", "en": "Download this notebook"}
DPI_OF_A_SHARP_IMAGE = 1.5  # image pixels for each pixel of the page


def outputs(name: str) -> list[list[dict[str, Any]]]:
    """What each code cell shows when the notebook runs; run once for both languages, again after an edit."""
    code = [cell for cell in read(name) if not cell.lang]
    package = [path.read_bytes() for path in sorted((ROOT / "weightinit").rglob("*.py"))]
    made_with = [version(each) for each in ("numpy", "matplotlib", "scikit-learn", "nbclient", "ipykernel")]
    path = ROOT / ".cache" / "notebooks" / cache.key(*(cell.text for cell in code), *package, *made_with)
    stored = cache.load(path)
    if stored is None:
        stored = json.dumps(_run(code, where(name))).encode()
        cache.store(path, stored)
    shown: list[list[dict[str, Any]]] = json.loads(stored)
    return shown


def _run(code: list[Cell], place: str) -> list[list[dict[str, Any]]]:
    import nbformat  # slow to import, and not needed while the outputs are kept
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    text = _notebook([_cell("code", cell.text) for cell in code])
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    # Only errors are logged: the kernel warns of its own local connection at each start.
    quiet = ["--log-level=ERROR"]
    # What a cell prints arrives in pieces, cut by the clock: joined, they are the same at every run.
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", extra_arguments=quiet, coalesce_streams=True
    )
    try:
        client.execute()
    except CellExecutionError as error:
        failed = next(cell for cell, ran in zip(code, notebook.cells, strict=True) if _failed(ran))
        raise ValueError(f"{place}:{failed.line}: this cell fails: {error.ename}: {error.evalue}") from error
    return [cell.outputs for cell in notebook.cells]


def _failed(cell: dict[str, Any]) -> bool:
    return any(output["output_type"] == "error" for output in cell["outputs"])


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell = {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell


def _notebook(made: list[dict[str, Any]]) -> str:
    """A notebook file; its cells are numbered, where others draw random ids and no two builds agree."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    numbered = [{"id": f"cell-{number}", **cell} for number, cell in enumerate(made)]
    notebook = {"cells": numbered, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def page(name: str, lang: str) -> tuple[str, dict[str, bytes]]:
    """The executed notebook as a Markdown page, and its images by name."""
    blocks = [f"---\n{yaml.safe_dump(front_matter(name)[lang], allow_unicode=True, width=1000)}---"]
    images: dict[str, bytes] = {}
    shown = iter(outputs(name))
    for cell in read(name):
        if cell.lang == lang:
            blocks.append(cell.text)
        elif not cell.lang:
            blocks += [f"```python\n{cell.text}\n```", *_outputs(next(shown), cell, lang, name, images)]
    link = f'[{DOWNLOAD[lang]}]({name}/{name}.ipynb){{ .md-button download="{name}.ipynb" }}'
    blocks.insert(2, link)
    return "\n\n".join(blocks) + "\n", images


def _outputs(
    shown: list[dict[str, Any]], cell: Cell, lang: str, notebook: str, images: dict[str, bytes]
) -> Iterator[str]:
    for output in shown:
        if output["output_type"] == "stream":
            # What a bar of progress has written over is gone from a screen, too.
            text = re.sub(r"[^\n]*\r", "", output["text"]).rstrip()
            yield f"``` {{ .text .output .no-copy }}\n{text}\n```"
        elif "image/png" in output["data"]:
            if lang not in cell.alt:
                place = f"{where(notebook)}:{cell.line}"
                raise ValueError(f"{place}: this cell draws; say what is seen in alt_ko and alt_en")
            data = base64.b64decode(output["data"]["image/png"])
            width, height = (round(side / DPI_OF_A_SHARP_IMAGE) for side in struct.unpack(">II", data[16:24]))
            image = f"plot-{len(images) + 1}.png"
            images[image] = data
            yield f'![{cell.alt[lang]}]({notebook}/{image}){{ width="{width}" height="{height}" }}'


def download(name: str, lang: str, wheel_url: str) -> str:
    """The notebook as a file; its first cell installs the package from the site that it came from."""
    made = [_cell("code", f"%pip install --quiet {wheel_url} {front_matter(name)['install']}")]
    for cell in read(name):
        if not cell.lang:
            made.append(_cell("code", cell.text))
        elif cell.lang == lang:
            text = re.sub(r"^(#+ .*?) *\{#[\w-]+\}$", r"\1", cell.text, flags=re.MULTILINE)
            made.append(_cell("markdown", text))
    return _notebook(made)


def wheel() -> tuple[str, bytes]:
    """The package as a wheel, name and content; the same sources give the same bytes."""
    target = io.BytesIO()
    builder = WheelBuilder.from_ini_path(ROOT / "pyproject.toml", target)
    builder.source_time_stamp = (1980, 1, 1, 0, 0, 0)
    builder.build()
    return builder.wheel_filename, target.getvalue()


def files(config: MkDocsConfig, lang: str) -> list[File]:
    """What the notebooks add to the site; the Korean one carries the wheel for both languages."""
    wheel_name, data = wheel()
    site = (config.site_url or "").removesuffix("en/" if lang == "en" else "")
    wheel_url = urljoin(site, ASSETS + wheel_name) if site else wheel_name
    made: dict[str, str | bytes] = {ASSETS + wheel_name: data} if lang == "ko" else {}
    for name in NAMES:
        text, images = page(name, lang)
        made[f"{name}.md"] = text
        made[f"{name}/{name}.ipynb"] = download(name, lang, wheel_url)
        made |= {f"{name}/{image}": content for image, content in images.items()}
    return [File.generated(config, uri, content=content) for uri, content in made.items()]
