"""The one box at the head of a case: what it waits for, whose turn it is, and the button that goes there."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import Role
from rehsos import formatting
from services import due_dates, gates
from services.enums import Kind, State
from services.models import Request
from services.pages import exits, links
from services.pages.box import item, state_words, told
from services.pages.reader import Reader
from services.situation import Situation

SHOWN = 6  # more than so many things are found on the page of the stage


def box(now: Situation, reader: Reader) -> dict[str, Any]:
    """What ``services/_next_step.html`` draws."""
    if now.case.closed_on and not now.waiting:
        ended = {"how": now.case.get_outcome_display(), "when": formatting.long_date(now.case.closed_on)}
        return {"title": _("Kasus ditutup"), "lead": _("%(how)s, %(when)s.") % ended, "tone": "ok"}
    if now.waiting:
        return _waiting(now, reader, now.waiting)
    missing = gates.unmet_in(now)
    return _missing(now, reader, missing) if missing else _ready(now, reader)


def _waiting(now: Situation, reader: Reader, request: Request) -> dict[str, Any]:
    is_for_head = request.state == State.AWAITING_HEAD
    title = _("Menunggu pengesahan") if is_for_head else _("Menunggu keputusan supervisor")
    is_theirs = reader.user.has_role(Role.HEAD) if is_for_head else reader.may_supervise
    due = due_dates.reminder_on(request.requested_at, now.case.institution.time_zone)
    step = {
        "text": _("Buka tahap %s") % now.stage.label,
        "due": due,
        "url": links.stage(now.case, now.stage, "putusan"),
        "action": _("Periksa") if is_theirs else _("Lihat"),
    }
    return {"title": title, "lead": state_words(request), "items": [step]}


def _missing(now: Situation, reader: Reader, missing: list[gates.Unmet]) -> dict[str, Any]:
    if reader.is_worker:
        items = [item(now, one) for one in missing[:SHOWN]]
    else:
        items = [told(one) for one in missing[:SHOWN]]
    if len(missing) > SHOWN:
        text = _("dan %s hal lain") % formatting.number(len(missing) - SHOWN)
        items.append({"text": text, "url": links.stage(now.case, now.stage), "action": _("Lihat semua")})
    if due := due_dates.stage_due_on(now):
        items[0] = {**items[0], "due": due}
    return {"title": _("Langkah berikutnya"), "lead": _lead(now), "items": items, **_afterwards(now)}


def _lead(now: Situation) -> str:
    if now.pending == Kind.STAGE:
        return _("Lengkapi, lalu ajukan akhir tahap %s.") % now.stage.label
    if now.pending == Kind.EXIT:
        return _("Klien sudah keluar. Lengkapi berkasnya, lalu ajukan pengesahan keluar.")
    return _("Lengkapi, lalu usulkan keputusan %s.") % str(now.pending.label).lower()


def _ready(now: Situation, reader: Reader) -> dict[str, Any]:
    what = _("Ajukan akhir tahap %s") % now.stage.label
    if now.pending == Kind.EXIT:
        what = _("Ajukan pengesahan keluar")
    elif now.pending != Kind.STAGE:
        what = _("Usulkan keputusan %s") % str(now.pending.label).lower()
    elif now.step.endings:
        what = _("Ajukan akhir kasus")
    url = exits.url(now.case, "langkah") if now.pending == Kind.EXIT else links.stage(now.case, now.stage, "langkah")
    step = {"text": what, "due": due_dates.stage_due_on(now), "url": url, "action": _("Ajukan")}
    if not reader.is_worker:
        step |= {"text": _("Isi tahap lengkap; pekerja sosial belum mengajukan"), "action": _("Lihat")}
    return {"title": _("Siap diajukan"), "items": [step], "tone": "ok", **_afterwards(now)}


def _afterwards(now: Situation) -> dict[str, Any]:
    """Which supervisions follow once it is submitted."""
    codes = [sign_off.code for sign_off in gates.sign_offs(now)]
    words = _("Setelah diajukan, supervisor memberi supervisi dan memutus:")
    return {"footer": words, "footer_codes": codes} if codes else {}
