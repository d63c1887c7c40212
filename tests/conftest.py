"""Fixtures for the built site and for the browser that reads it."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
EPOCH = "1700000000"  # the same date for every build, so that two can be compared
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# A browser asks for updates and more at its start; the tests count every request, and a machine may be offline.
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-quic",
         "--disable-sync", "--no-first-run"]  # fmt: skip

Build = Callable[..., "subprocess.Popen[str]"]


def start_build(root: Path, target: Path, **environment: str) -> "subprocess.Popen[str]":
    """Start `mkdocs build --strict` of the project at `root` into `target`."""
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=root,
        env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


NOTICES: list[str] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for notice in NOTICES:
        terminalreporter.write_line(notice, red=True, bold=True)


@pytest.fixture(scope="session")
def start() -> Build:
    """The function that starts a build."""
    return start_build


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once for all tests."""
    target = tmp_path_factory.mktemp("built") / "site"
    process = start_build(ROOT, target)
    output, _ = process.communicate()
    if process.returncode:
        pytest.fail(f"mkdocs build --strict failed:\n{output}", pytrace=False)
    return target


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address at which the built site is served."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium, Chrome or Edge, else Playwright's own; without any the browser tests are skipped."""
    candidates = [shutil.which(name) for name in NAMES] + [place for place in PLACES if Path(place).exists()]
    executable = next(filter(None, candidates), None)
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to run for root
    with sync_playwright() as playwright:
        try:
            flags = [*FLAGS, "--no-sandbox"] if root else FLAGS
            opened = playwright.chromium.launch(executable_path=executable, args=flags)
        except Error as error:
            message = "BROWSER TESTS NOT RUN: no Chromium, Chrome or Edge found; try: playwright install chromium"
            if os.environ.get("CI") == "true":
                pytest.fail(f"{message}\n{error}", pytrace=False)
            NOTICES.append(message)
            pytest.skip(message)
        yield opened
        opened.close()
