"""Refresh docs/shared/vendor/ from the npm packages named below: python scripts/vendor.py

KaTeX is copied unchanged. Pretendard is cut to the characters that a Korean mathematics book can need
and renamed, because its licence reserves the name for the complete font.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "docs" / "shared" / "vendor"
KATEX = "katex@0.19.1"
PRETENDARD = "pretendard@1.3.9"
FAMILY = "Weightinit Sans"

# Latin and its raised letters and accents, Greek, punctuation, sub- and superscripts, currency, letterlike signs,
# fractions, arrows, mathematical operators, enclosed numbers, shapes and dingbats, CJK punctuation, Hangul letters.
# What the original font lacks of these is left out.
BLOCKS = [
    (0x0020, 0x017F), (0x02B0, 0x02B8), (0x02E0, 0x02E4), (0x0300, 0x030C), (0x0370, 0x03FF), (0x1D43, 0x1D6A),
    (0x1D9C, 0x1DBF), (0x2010, 0x2044), (0x2070, 0x209F), (0x20A9, 0x20AC), (0x2100, 0x2193), (0x21D0, 0x21D4),
    (0x2200, 0x22FF), (0x2308, 0x230B), (0x2460, 0x2473), (0x25A0, 0x25CF), (0x2605, 0x2606), (0x2713, 0x2717),
    (0x3000, 0x3011), (0x3131, 0x3163),
]  # fmt: skip


def characters() -> set[int]:
    """The code points that the cut font keeps: BLOCKS and the 2,350 syllables of KS X 1001."""
    rows = (bytes([lead, trail]) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    syllables = {ord(row.decode("euc_kr")) for row in rows}
    return syllables | {point for first, last in BLOCKS for point in range(first, last + 1)}


def unpack(package: str, folder: Path) -> Path:
    """Fetch one npm package at its exact version; return the folder with its files."""
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True)
    archive = folder / f"{package.replace('@', '-')}.tgz"
    target = folder / package
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def cut(original: Path, style: str, target: Path) -> None:
    """Write the renamed subset of one weight."""
    options = subset.Options(
        hinting=False,
        layout_features=["ccmp", "kern", "locl", "mark", "mkmk"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    font = subset.load_font(str(original), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    cutter.subset(font)
    rename(font, style)
    subset.save_font(font, str(target), options)


def rename(font: TTFont, style: str) -> None:
    """Give the subset its own family, full, PostScript and unique names; the copyright stays."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    version = font["name"].getDebugName(5)
    names = {1: FAMILY, 2: style, 3: f"{version};{postscript}", 4: f"{FAMILY} {style}", 6: postscript}
    for identifier, text in names.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def manifest(entries: list[tuple[str, str, str]]) -> str:
    """MANIFEST.toml: what each vendored file is, where it came from and what it must hash to."""
    header = "# Third-party files that the site carries. Written by scripts/vendor.py, checked by the tests.\n"
    tables = []
    for path, licence, package in sorted(entries):
        name, version = package.split("@")
        digest = hashlib.sha256((VENDOR / path).read_bytes()).hexdigest()
        fields = {"path": path, "name": name, "version": version, "licence": licence, "sha256": digest,
                  "source": f"npm {package}", "refresh": "python scripts/vendor.py"}  # fmt: skip
        tables.append("\n[[file]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items()))
    return header + "".join(tables)


def main() -> None:
    entries = []
    with tempfile.TemporaryDirectory() as temporary:
        katex = unpack(KATEX, Path(temporary))
        fonts = sorted((katex / "dist" / "fonts").glob("*.woff2"))
        for file in [katex / "dist" / "katex.min.js", katex / "dist" / "katex.min.css", *fonts]:
            path = f"katex/{file.relative_to(katex / 'dist').as_posix()}"
            copy(file, VENDOR / path)
            entries.append((path, "MIT", KATEX))
        copy(katex / "LICENSE", VENDOR / "katex" / "LICENSE")
        entries.append(("katex/LICENSE", "MIT", KATEX))

        pretendard = unpack(PRETENDARD, Path(temporary)) / "dist"
        copy(pretendard / "LICENSE.txt", VENDOR / "font" / "OFL.txt")
        entries.append(("font/OFL.txt", "OFL-1.1", PRETENDARD))
        for style in ("Regular", "Bold"):
            path = f"font/WeightinitSans-{style}.ttf"
            cut(pretendard / "public/static/alternative" / f"Pretendard-{style}.ttf", style, VENDOR / path)
            entries.append((path, "OFL-1.1", PRETENDARD))
    (VENDOR / "MANIFEST.toml").write_text(manifest(entries), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
