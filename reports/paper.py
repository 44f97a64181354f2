"""What every paper has around its contents: letterhead, running head, footer and signatures."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import qr
from accounts.enums import Role, StandInKind
from accounts.models import Institution, User
from audit.models import Chain
from cases import files, logos
from rehsos import clock
from rehsos.formatting import moment
from reports import codes

HEAD_DIGITS = 16
DOTS = "." * 30


@dataclass(frozen=True)
class Stamp:
    """What a paper carries once it is issued: its number, since when, and the code by which anybody may check it.

    ``address`` is where the codes are looked up, e.g. ``https://rehsos.example/periksa/``.
    """

    number: str
    code: str
    at: datetime
    address: str

    @property
    def spelled_code(self) -> str:
        return codes.spelled(self.code)

    @cached_property
    def square(self) -> tuple[int, str]:
        """Side and outline of the QR code, which leads to the paper's own page."""
        return qr.outline(f"{self.address}{self.spelled_code}/")

    @property
    def shown_address(self) -> str:
        """The address as people type it."""
        return self.address.partition("//")[2].rstrip("/") or self.address


@dataclass(frozen=True)
class Signature:
    """One block: what the signer does, their post, and three lines below the ink."""

    lead: str
    post: str
    name: str
    rank: str = ""
    nip: str = ""
    duty: str = ""  # what stands in the box for a stamp of duty
    plain: str = ""  # the name without titles, as decrees have it


@dataclass(frozen=True)
class Paper:
    """The frame of one paper. ``signatures`` are rows of one to three blocks, each row one under the other."""

    title: str
    about: str  # what tells this paper from others of its kind, for the title of the file
    subtitle: str
    running_head: str
    foot: str
    institution: Institution
    is_secret: bool = False
    closing: str = ""
    signatures: Sequence[Sequence[Signature]] = field(default_factory=tuple)
    stamp: Stamp | None = None

    @property
    def letterhead(self) -> list[str]:
        """The lines of the authority and, last, the institution's own name, as the head of the paper prints them."""
        lines = [line.strip() for line in self.institution.letterhead.splitlines() if line.strip()]
        name = self.institution.name.upper()
        return lines if lines and lines[-1].upper() == name else [*lines, name]

    @cached_property
    def logo(self) -> str:
        """The logo as the address of a picture that lies in the paper itself; nothing where there is none."""
        stored = logos.of(self.institution)
        if stored is None:
            return ""
        return f"data:{stored.content_type};base64,{b64encode(files.path(stored).read_bytes()).decode()}"

    @property
    def contact(self) -> list[str]:
        return [line for line in (self.institution.address, self.institution.contact) if line]


def foot(institution: Institution, *, by: User, draft: str = "", stamp: Stamp | None = None) -> str:
    """The footer: the head of the trail the paper stands on, when and by whom it was printed, whether it is a draft.

    An issued paper says instead when it was issued, and its code.
    """
    head = Chain.objects.filter(pk=institution.pk).values_list("digest", flat=True).first() or ""
    groups = " ".join(head[at : at + 4] for at in range(0, HEAD_DIGITS, 4)).strip() or "–"
    if stamp:
        told = {"moment": moment(stamp.at), "code": stamp.spelled_code}
        printed = _("diterbitkan %(moment)s · kode %(code)s") % told
    else:
        printed = _("dicetak %(moment)s oleh %(name)s") % {"moment": moment(clock.now()), "name": by.name}
    parts = [_("Jejak audit %s") % groups, printed, draft]
    return " · ".join(part for part in parts if part)


def head_of(institution: Institution, day: date) -> User | None:
    """Who headed an institution on a day, by the dates of their post."""
    rows = institution.memberships.filter(role=Role.HEAD, user__is_active=True).select_related("user")
    rows = rows.filter(Q(since_on__isnull=True) | Q(since_on__lte=day))
    found = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=day)).order_by("-since_on", "-pk").first()
    return found.user if found else None


def head_post(institution: Institution, capacity: str = "") -> str:
    """The head's post; ``Plt.`` or ``Plh.`` stands before it where somebody else acts in it."""
    post = _("Kepala %s,") % institution.name
    return f"{StandInKind(capacity).label} {post}" if capacity in (StandInKind.ACTING, StandInKind.DAILY) else post


def signature(user: User | None, *, lead: str, post: str) -> Signature:
    """The block of a person; without one, dots for a name written by hand."""
    if user is None:
        return Signature(lead, post, "." * 40)
    name = " ".join(part for part in (user.title_before, user.name.upper()) if part)
    full = f"{name}, {user.title_after}" if user.title_after else name
    nip = _("NIP %s") % user.nip_display if user.nip else ""
    return Signature(lead, post, full, rank(user), nip, plain=user.name.upper())


def rank(user: User) -> str:
    """``Penata Muda Tk. I (III/b)``; a contract employee has a golongan and no pangkat."""
    if user.rank and user.rank_group:
        return f"{user.rank} ({user.rank_group})"
    return user.rank or (_("Golongan %s") % user.rank_group if user.rank_group else "")


def draft_mark(stamp: Stamp | None) -> str:
    """What a letter is called before it is issued."""
    return "" if stamp else _("KONSEP – belum disahkan")


def numbered_line(stamp: Stamp | None, otherwise: str = "") -> str:
    """``Nomor: …``; dots for a number that is still to come."""
    return _("Nomor: %s") % (stamp.number if stamp else otherwise or DOTS)


def place_and_date(institution: Institution, day: str) -> str:
    return f"{institution.city}, {day}" if institution.city else day


def who(user: Any) -> str:
    """Name with titles and, below it, the NIP: how tables name who did something."""
    return f"{user.full_name}\n{_('NIP %s') % user.nip_display}" if user.nip else user.full_name
