"""The chapter of the stage report that tells of visits to a former client."""

from django.utils.translation import gettext as _

from rehsos.formatting import number
from reports.blocks import Chapter, Column, Table, Words, row
from reports.dates import listed
from reports.dossier import Dossier
from reports.layouts import shown
from services.models import AftercareVisit


def visits(_dossier: Dossier | None, rows: list[AftercareVisit]) -> list[Chapter]:
    """How the former client fared on each visit, and what was agreed for the next."""
    columns = [Column(_("Tanggal"), 11), Column(_("Cara"), 14), Column(_("Tinggal"), 14), Column(_("Keluarga"), 14)]
    columns += [Column(_("Sekolah atau pekerjaan"), 17), Column(_("Masyarakat"), 14), Column(_("Kekambuhan"), 16)]
    lines = [
        row(
            *(shown(v, f) for f in ("on", "way")),
            _with(v, "living", "lives_with"),
            _with(v, "acceptance", "family"),
            _earning(v),
            _with(v, "standing", "community"),
            shown(v, "relapse"),
        )
        for v in rows
    ]
    follow = [Column(_("Tanggal"), 15), Column(_("Kebutuhan"), 21), Column(_("Hambatan"), 21)]
    follow += [Column(_("Rencana berikutnya"), 23), Column(_("Petugas"), 20)]
    plans = [row(shown(v, "on"), v.needs, v.obstacles, v.plan, v.author.full_name) for v in rows]
    days = _("Kunjungan dilaksanakan %(number)s kali: %(days)s.") % {
        "number": number(len(rows)),
        "days": listed(v.on for v in rows),
    }
    return [
        Chapter(
            _("Kunjungan bimbingan lanjut (F.g)"),
            [
                Words(days),
                Table(columns, lines, _("Keadaan eks klien pada setiap kunjungan")),
                Table(follow, plans, _("Kebutuhan, hambatan, dan rencana")),
            ],
        )
    ]


def _with(visit: AftercareVisit, choice: str, words: str) -> str:
    """What was chosen and, below it, what was written beside it."""
    return "\n".join(filter(None, (shown(visit, choice), getattr(visit, words))))


def _earning(visit: AftercareVisit) -> str:
    """School or work and, where there is one, the income from it."""
    told = _with(visit, "pursuit", "occupation")
    if visit.monthly_income is None:
        return told
    return f"{told}\n{_('Rp%s per bulan') % number(visit.monthly_income)}"
