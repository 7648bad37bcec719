"""Finds the system libraries and tools that pip can't install; as root on Debian, installs them.

Needs nothing but Python, so that it can run before anything else is there.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A shared library (by its soname) or a program, and the Debian package that has it."""

    name: str
    package: str

    def is_there(self) -> bool:
        """Whether it can be used; asked of the loader and not of dpkg, so that it holds on every distribution."""
        if ".so" not in self.name:
            return shutil.which(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


_PYTHON = f"libpython{sys.version_info.major}.{sys.version_info.minor}"

# what Qt links to beyond these (libX11, libfreetype, libxcb-image, …) comes with the packages named here
GROUPS: dict[str, tuple[Need, ...]] = {
    "qt": (
        Need("libGL.so.1", "libgl1"),
        Need("libEGL.so.1", "libegl1"),
        Need("libxkbcommon.so.0", "libxkbcommon0"),
        Need("libdbus-1.so.3", "libdbus-1-3"),
        Need("libfontconfig.so.1", "libfontconfig1"),
        Need("libglib-2.0.so.0", "libglib2.0-0"),
    ),
    "x11": (
        Need("libxcb-cursor.so.0", "libxcb-cursor0"),
        Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        Need("libxcb-icccm.so.4", "libxcb-icccm4"),
        Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
        Need("libxcb-shape.so.0", "libxcb-shape0"),
    ),
    "test": (
        Need("Xvfb", "xvfb"),
        Need("xauth", "xauth"),
        Need("xdotool", "xdotool"),
        Need("openbox", "openbox"),
    ),
    "bundle": (
        Need("objdump", "binutils"),
        # Debian's own python3 is linked without it, and PyInstaller's bootloader loads it
        Need(f"{_PYTHON}.so.1.0", _PYTHON),
    ),
}


def missing(groups: list[str]) -> list[Need]:
    """What of `groups` isn't there."""
    return [need for group in groups for need in GROUPS[group] if not need.is_there()]


def install(needs: list[Need]) -> None:
    """Install the packages of `needs` with apt-get; on failure show what it said."""
    packages = sorted({need.package for need in needs})
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    # the lock may be held by another apt for a while, as on a machine that has just started
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ([*apt, "update"], [*apt, "install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode != 0:
            print(done.stdout, file=sys.stderr)
            return


def advice(needs: list[Need]) -> str:
    """The line to type, where apt is there; otherwise the names of what is missing."""
    packages = " ".join(sorted({need.package for need in needs}))
    if shutil.which("apt-get"):
        return f"Install them with:\n\n    sudo apt-get install --no-install-recommends {packages}\n"
    names = " ".join(need.name for need in needs)
    return f"Missing: {names}\nInstall them with your system's package manager; Debian calls the packages: {packages}\n"


def main() -> int:
    """0 when every required library is there, 1 when one is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="+", choices=GROUPS, help="what must be there")
    parser.add_argument("--wanted", nargs="+", default=[], choices=GROUPS, help="what may be missing, with a word")
    parser.add_argument("--install", action="store_true", help="as root, install with apt-get what is missing")
    asked = parser.parse_args()
    if not sys.platform.startswith("linux"):
        return 0
    absent = missing([*asked.groups, *asked.wanted])
    if absent and asked.install and os.geteuid() == 0 and shutil.which("apt-get"):
        install(absent)
    required, wanted = missing(asked.groups), missing(asked.wanted)
    if required:
        print(f"Some system libraries are missing. {advice([*required, *wanted])}", file=sys.stderr)
    elif wanted:
        print(f"Some tools are missing; what needs them is skipped. {advice(wanted)}", file=sys.stderr)
    return 1 if required else 0


if __name__ == "__main__":
    sys.exit(main())
