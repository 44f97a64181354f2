"""A sample paper: the letterhead, a number and the head's block as they print. It tells of no client."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from accounts.patterns import written
from rehsos.formatting import long_date
from reports import pdf
from reports.blocks import Facts
from reports.paper import Paper, foot, place_and_date
from reports.signers import head_signature


def sample(institution: Institution, *, by: User) -> bytes:
    """The PDF; nothing is issued, and no number is used up."""
    with timezone.override(ZoneInfo(institution.time_zone)):
        context = {"paper": _paper(institution, by), "facts": Facts(_facts(institution))}
        return pdf.render("reports/print/letterhead.html", context)


def _facts(institution: Institution) -> list[tuple[str, str]]:
    year = institution.today().year
    patterns = (
        (_("Nomor surat"), institution.letter_number_pattern),
        (_("Nomor kasus"), institution.case_number_pattern),
        (_("Nomor induk"), institution.client_number_pattern),
    )
    return [(label, written(pattern, code=institution.code, year=year, seq=1)) for label, pattern in patterns]


def _paper(institution: Institution, by: User) -> Paper:
    today = institution.today()
    draft = _("CONTOH – bukan naskah dinas")
    return Paper(
        title=_("Contoh Naskah"),
        about=institution.name,
        subtitle=draft,
        running_head=_("Contoh naskah · %s") % institution.name,
        foot=foot(institution, by=by, draft=draft),
        institution=institution,
        closing=_("Bila kop, nomor, dan tanda tangan ini sudah benar, UPT siap menerbitkan naskah."),
        signatures=[[head_signature(institution, today, lead=place_and_date(institution, long_date(today)))]],
    )
