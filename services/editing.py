"""May a record be written now? Open stages are; frozen, ended and closed ones are not, save what may follow later."""

from django.utils.translation import gettext as _

from services import gates
from services.enums import ArrearKind
from services.models import Handover, Placement, StageRecord
from services.situation import Situation
from services.workflow import codes_of


def why_not(now: Situation, kind: type[StageRecord]) -> str:
    """Why a record of this kind may not be written now; empty when it may."""
    if now.case.is_closed:
        return _("Kasus sudah ditutup; isinya hanya dapat dibaca.")
    own = set(kind.codes)
    if _follows_later(now, kind, own):
        return _("Isi tahap terkunci karena sedang diajukan.") if now.waiting else ""
    if now.departure and kind in (Placement, Handover):
        return _("Klien sudah dicatat keluar.")
    if now.is_before_system(kind.home):
        return _("Tahap %s berlangsung sebelum sistem; lampirkan pindaiannya di halaman tahap.") % kind.home.label
    if kind.home != now.stage:
        later = kind.home.position > now.stage.position
        return (
            _("Kasus belum sampai di tahap %s.") % kind.home.label
            if later
            else _("Tahap %s sudah selesai dan terkunci.") % kind.home.label
        )
    if now.waiting:
        return _("Isi tahap terkunci karena sedang diajukan.")
    decision = now.step.decision
    if not decision or (kind is Placement and now.case.is_emergency):
        return ""
    return _editable_around(now, own, codes_of(now.step.papers), str(decision.label).lower())


def _editable_around(now: Situation, own: set[str], judged: tuple[str, ...], label: str) -> str:
    if own & set(judged):
        return _("Dasar keputusan %s terkunci sejak disahkan.") % label if now.settled_way else ""
    if not own & _after(now):
        return ""  # what no answer asks for may be written as long as the stage is open
    if not now.way:
        return _("Baru dapat diisi setelah keputusan %s disahkan.") % label
    if not own & set(codes_of(now.way.papers)):
        return _("Tidak diperlukan oleh keputusan %(label)s “%(way)s”.") % {"label": label, "way": now.way.label}
    return ""


def _after(now: Situation) -> set[str]:
    """Every code that some answer of the decision asks for afterwards."""
    ways = now.step.decision.ways.values() if now.step.decision else ()
    return {code for way in ways for code in codes_of(way.papers)}


def _follows_later(now: Situation, kind: type[StageRecord], own: set[str]) -> bool:
    """A waived paper that is still missing, the papers of an exit, and a new version begun during intervention."""
    if now.exit and own & set(codes_of(now.exit.papers)):
        return True
    if kind.home.position < now.stage.position and any(
        arrear.kind == ArrearKind.WAIVER and arrear.code in own for arrear in now.arrears
    ):
        return not kind.is_single or not now.records_of(kind)
    return now.is_revised and bool(kind.edition_of) and not _revision_is_signed(now, kind)


def _revision_is_signed(now: Situation, kind: type[StageRecord]) -> bool:
    code, edition = ("B.e", now.case.assessment_edition) if "B.d" in kind.codes else ("C.i", now.case.plan_edition)
    return edition == 1 or gates.signed(now, code) is not None
