"""The frame that letters, agreements and decrees share; and how they spell terms, numbers and lists."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Institution, User
from reports.paper import Paper, Signature, Stamp, draft_mark, foot, numbered_line
from reports.spelling import in_words


@dataclass(frozen=True)
class Article:
    """One pasal: its heading, a paragraph, and points below it."""

    title: str
    text: str = ""
    points: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Made:
    """For whom a paper is printed: whose letterhead, who prints it, and what it carries once it is issued."""

    institution: Institution
    by: User
    stamp: Stamp | None = None


def framed(
    made: Made,
    title: str,
    about: str,
    *,
    under: str = "",
    otherwise: str = "",
    is_secret: bool = False,
    closing: str = "",
    signatures: Sequence[Sequence[Signature]] = (),
) -> Paper:
    """The frame. ``under`` stands below the number; ``otherwise`` is a number that somebody wrote by hand."""
    draft, numbered = draft_mark(made.stamp), numbered_line(made.stamp, otherwise)
    secret = _("RAHASIA") if is_secret else ""
    return Paper(
        title=title,
        about=about,
        subtitle="\n".join(filter(None, (numbered, under, draft))),
        running_head=" · ".join(filter(None, (title, numbered if made.stamp else "", about, secret, draft))),
        foot=foot(made.institution, by=made.by, draft=draft, stamp=made.stamp),
        institution=made.institution,
        is_secret=is_secret,
        closing=closing,
        signatures=signatures,
        stamp=made.stamp,
    )


def lines_of(text: str) -> list[str]:
    """The lines of a text, without the marks and numbers that people put before them."""
    lines = [line.strip().lstrip("-–•*").strip() for line in text.splitlines()]
    return [line for line in (_unnumbered(line) for line in lines) if line]


def _unnumbered(line: str) -> str:
    number, dot, rest = line.partition(".")
    if dot and number.isdecimal() and len(number) < 3 and rest.startswith(" "):
        return rest.strip()
    return line


def article(title: str, text: str) -> Article:
    """A pasal out of what somebody wrote: one line is a paragraph, several are points."""
    lines = lines_of(text)
    return Article(title, points=lines) if len(lines) > 1 else Article(title, "".join(lines))


def spelled_out(number: int) -> str:
    """``6 (enam)``, as contracts write numbers."""
    return f"{number} ({in_words(number)})"


def terms(institution: Institution) -> dict[str, Any]:
    """What the UPT calls those it serves, inside a sentence and at its beginning."""
    term = institution.client_term
    return {"term": term, "Term": term[:1].upper() + term[1:]}
