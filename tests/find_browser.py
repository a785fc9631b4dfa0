"""Print the path of a Chromium for the tests of the page; install one where there is none, or fail saying what to do.

Looked for in order: ``KG_CHROMIUM``, a browser on the PATH, Playwright's own; then Playwright's download is tried, then
the system's package. What goes on is told on stderr, so that stdout holds the path alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 600


def tell(message: str) -> None:
    """Say on stderr what goes on."""
    print(message, file=sys.stderr, flush=True)


def is_working(path: str) -> bool:
    """Whether the browser starts: a package's stub or a missing library shows here and not in the middle of a test."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def find_on_path() -> Iterator[str]:
    """The browsers that the system has."""
    for command in COMMANDS:
        path = shutil.which(command)
        if path is not None:
            yield path


def find_playwrights() -> Iterator[str]:
    """Playwright's own browser, where it has been downloaded."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except (Error, OSError):
        return
    if path and Path(path).exists():
        yield path


def is_done(command: Sequence[str]) -> bool:
    """Run an installer with its output on stderr; whether it succeeded."""
    tell("+ " + " ".join(command))
    try:
        done = subprocess.run(command, stdout=2, stdin=subprocess.DEVNULL, timeout=INSTALL_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def is_package_installed(name: str) -> bool:
    """Install a Debian package, where this process may; whether it is there now."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "-y", "--no-install-recommends", name]
    return is_done(install) or (is_done(["apt-get", "update"]) and is_done(install))


def find_browser() -> str | None:
    """The path of a browser that starts, or None when there is none and none can be installed."""
    named = os.environ.get("KG_CHROMIUM")
    if named:
        if is_working(named):
            return named
        tell(f"KG_CHROMIUM={named} does not start; looking for another browser")
    for path in (*find_on_path(), *find_playwrights()):
        if is_working(path):
            return path
    tell("no Chromium here; installing one")
    if is_done([sys.executable, "-m", "playwright", "install", "chromium"]):
        for path in find_playwrights():
            if is_working(path):
                return path
    if is_package_installed("chromium"):
        for path in find_on_path():
            if is_working(path):
                return path
    return None


def ensure_hangul_font() -> None:
    """See that Hangul can be drawn; without a font the tests still run, but a screenshot shows empty boxes."""
    if shutil.which("fc-list") is not None:
        listed = subprocess.run(["fc-list", ":lang=ko"], capture_output=True, check=False).stdout
        if listed.strip():
            return
    if not is_package_installed("fonts-noto-cjk"):
        tell("no font for Hangul found: screenshots may show empty boxes (on Debian: apt-get install fonts-noto-cjk)")


def main() -> int:
    """Print the path of a browser; 1 when there is none."""
    path = find_browser()
    if path is None:
        tell("No Chromium could be found or installed, and the tests of the page need one. Set KG_CHROMIUM to one, or:")
        tell("  apt-get install chromium                               (Debian, Ubuntu)")
        tell("  python -m playwright install --with-deps chromium      (anywhere)")
        return 1
    ensure_hangul_font()
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
