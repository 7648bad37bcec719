"""One parser for every command: what is wrong is said in one line, which names the option."""

from __future__ import annotations

import argparse
import textwrap
from typing import NoReturn

COMMANDS = ("train", "export", "report", "self-test")


class WrongUsage(Exception):
    """Arguments that don't make a command: an unknown option, one without its value, a file too many."""


class _Help(argparse.HelpFormatter):
    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False)  # leaky-relu is one word, to be copied


class Parser(argparse.ArgumentParser):
    """argparse without its abbreviations, and with an error that is an exception and no page of usage."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        program = f"mlp-playground {command}".rstrip()
        super().__init__(program, None, description, epilog, formatter_class=_Help, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage with what argparse found."""
        raise WrongUsage(f"{message.removeprefix('argument ')} ({self.prog} --help lists what there is)")
