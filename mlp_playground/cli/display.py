"""Whether a window can open. Qt would end the program where its screen doesn't answer, so this asks first."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path

PATIENCE = 2.0
"""Seconds for a Wayland server on this machine to answer."""


def has_display() -> bool:
    """Whether Qt will find a screen. Only Linux can be without one, and Qt's screenless platforms need none."""
    if not sys.platform.startswith("linux"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    platforms = [name.partition(":")[0] for name in chosen.split(";")] if chosen else ["wayland", "xcb"]
    return any(_answers(name) for name in platforms)


def _answers(platform: str) -> bool:
    if platform == "xcb":
        return bool(os.environ.get("DISPLAY")) and x_answers()
    return wayland_answers() if platform.startswith("wayland") else True


def x_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in. Without libxcb Qt has no way to it either."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)  # an object even where it fails
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    # stays open as long as the program: a server that starts afresh when its last client goes must not do so just now
    return True


def wayland_answers() -> bool:
    """Whether a Wayland server listens where its variables say."""
    if "WAYLAND_SOCKET" in os.environ:  # opened by the server that started us
        return True
    name = os.environ.get("WAYLAND_DISPLAY") or ("wayland-0" if _is_wayland_session() else "")
    if not name:
        return False
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.settimeout(PATIENCE)
            server.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)))
    except OSError:
        return False
    return True


def _is_wayland_session() -> bool:
    return os.environ.get("XDG_SESSION_TYPE") == "wayland"
