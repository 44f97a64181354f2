"""The code by which anybody may check a paper: eight letters and figures that nobody mistakes for each other."""

import re
import secrets

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0 and O, 1 and I
LENGTH = 8


def drawn() -> str:
    """A fresh code; forty bits, so that guessing one finds nothing."""
    return "".join(secrets.choice(ALPHABET) for _turn in range(LENGTH))


def spelled(code: str) -> str:
    """``C6ND-2JUF``: how a code stands on paper and in addresses."""
    return f"{code[:4]}-{code[4:]}"


def meant(typed: str) -> str:
    """The code that somebody typed, whatever the case and the signs between; nothing where it cannot be one."""
    code = re.sub(r"[\s.\-–]", "", typed).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
