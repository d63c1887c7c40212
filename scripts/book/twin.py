"""Two languages, one site: Korean at the root, English under en/, built one after the other with shared assets."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from .links import NAMES, PREFIX

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "docs" / "shared"
BOTH = ("docs/shared", "weightinit", "scripts", "mkdocs.yml", "mkdocs.en.yml")

Stamp = frozenset[tuple[str, int, int]]


def share_settings(config: MkDocsConfig) -> None:
    """Both languages remember the reader's choice of light or dark under the same key."""
    root = urlsplit(config.site_url or "/").path
    config.extra["scope"] = root.removesuffix("en/") if config.extra["lang"] == "en" else root


def check_pairs(root: Path = ROOT) -> None:
    """Refuse a page that only one language has."""
    pages = {lang: {_relative(p, root / "docs" / lang) for p in (root / "docs" / lang).rglob("*.md")} for lang in NAMES}
    for lang, other in (("ko", "en"), ("en", "ko")):
        for path in sorted(pages[other] - pages[lang]):
            raise PluginError(f"docs/{lang}/{path}: missing; write the twin of docs/{other}/{path} or remove that")


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def assets(config: MkDocsConfig) -> list[File]:
    """The files that both languages use: one style sheet and one script, joined from their parts, and KaTeX's."""
    made = [
        File.generated(config, f"assets/book/book.{kind}", content=_joined(SHARED / "assets" / kind))
        for kind in ("css", "js")
    ]
    katex = SHARED / "vendor" / "katex"
    copied = [katex / "katex.min.css", *sorted((katex / "fonts").iterdir())]
    return made + [
        File.generated(config, f"assets/book/katex/{_relative(path, katex)}", abs_src_path=str(path)) for path in copied
    ]


def _joined(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))


class Twin:
    """Builds the English site after the Korean one; `mkdocs serve` rebuilds only the language that changed."""

    def __init__(self, serving: bool) -> None:
        self.serving = serving
        self._built: dict[str, Stamp] = {}
        self._kept: Path | None = None  # the English site while MkDocs empties the folder around it

    def keep_english(self, config: MkDocsConfig) -> None:
        """Before the Korean build: put the English site aside if nothing has changed in it."""
        english = Path(config.site_dir) / "en"
        if self.serving and english.is_dir() and self._built.get("en") == stamp("en"):
            self._kept = Path(tempfile.mkdtemp(prefix="mkdocs_en_")) / "en"
            shutil.move(english, self._kept)

    def finish(self, korean: MkDocsConfig) -> None:
        """After the Korean build: bring the English site back, or build it."""
        korean_stamp = stamp("ko")
        if self._kept and self._built["en"] == stamp("en"):
            shutil.move(self._kept, Path(korean.site_dir) / "en")
            self._kept.parent.rmdir()
        else:
            self.build_english(korean)
        self._kept = None
        self._built["ko"] = korean_stamp

    def build_english(self, korean: MkDocsConfig) -> None:
        """Build mkdocs.en.yml into <site_dir>/en; its warnings count for --strict as the Korean ones do."""
        self._built["en"] = stamp("en")
        english = load_config(
            str(ROOT / "mkdocs.en.yml"),
            site_dir=str(Path(korean.site_dir) / "en"),
            site_url=urljoin(korean.site_url or "/", PREFIX["en"]),
            strict=korean.strict,
        )
        try:
            build(english)
        except BaseException:
            del self._built["en"]
            raise

    def rebuilder(self, full: Callable[[], None], english: Callable[[], None]) -> Callable[[], None]:
        """What `mkdocs serve` runs after a change."""

        def rebuild() -> None:
            korean_stands = self._built.get("ko") == stamp("ko") and self._kept is None
            if korean_stands and self._built.get("en") != stamp("en"):
                english()
            else:
                full()

        return rebuild


def stamp(lang: str) -> Stamp:
    """Changes whenever a source of this language changes."""
    paths = [path for name in (f"docs/{lang}", *BOTH) for path in _files(ROOT / name)]
    return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
