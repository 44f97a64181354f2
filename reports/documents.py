"""The papers about one case, each written from what is on record the moment it is printed."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Outcome, Stage, StayEnd
from cases.models import Case, Client
from rehsos.formatting import long_date, number
from reports import chapters, decisions, pdf, portrait, process
from reports.blocks import Chapter, Facts, numbered
from reports.dates import enumerated, period
from reports.dossier import Dossier, written_out
from reports.paper import Paper, Stamp, foot, numbered_line, place_and_date, signature
from reports.process import FOLLOWING, SIGN_OFFS
from reports.signers import approver_post, head_signature
from services import records
from services.catalogue import LISTS, for_stage
from services.models import StageRecord
from services.workflow import codes_of


def stage_report(case: Case, stage: Stage, *, by: User) -> bytes:
    """The report on one stage as a PDF; raises ``dossier.NotReached`` where the case has not been in it.

    ``by`` prints it, and must be allowed to see the case: the paper shows the full identity.
    """
    return pdf.render("reports/print/stage_report.html", stage_context(case, stage, by=by))


def stage_context(case: Case, stage: Stage, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    """Frame and chapters of a stage report, every date in the UPT's time zone."""
    with timezone.override(ZoneInfo(case.institution.time_zone)):
        dossier = Dossier(case, stage)
        told = _chapters(dossier)
        numbered(block for chapter in told for block in chapter.blocks)
        return {"paper": _paper(dossier, by, stamp), "chapters": told, "closing_letter": _letter(len(told))}


def _chapters(dossier: Dossier) -> list[Chapter]:
    """All chapters in their order, lettered; the table of activities names the letters of the others."""
    present = [(name, chapter) for name, chapter in _told(dossier) if chapter]
    letters: dict[type[StageRecord] | str, str] = {}
    for at, (name, _chapter) in enumerate(present, 2):
        letters.setdefault(name, _letter(at))
    photo = portrait.of(dossier.case.client)
    found = [Chapter(_("Identitas klien dan kasus"), [Facts(identity(dossier), is_first_strong=True, photo=photo)])]
    found += [process.activities(dossier, letters), *(chapter for _name, chapter in present)]
    for at, chapter in enumerate(found):
        chapter.letter = _letter(at)
    return found


def _told(dossier: Dossier) -> list[tuple[type[StageRecord] | str, Chapter | None]]:
    """What was delivered and written, the decision after what it judged; then notes, sign-offs and what is missing."""
    judged = records.behind(codes_of(dossier.step.papers)) if dossier.step.decision else records.RECORDS
    before = [kind for kind in dossier.records if kind in judged]
    after = [kind for kind in dossier.records if kind not in judged]
    written = [(kind, chapter) for kind in before for chapter in chapters.of_kind(dossier, kind)]
    # A landscape page in their midst would leave half a page empty.
    written.sort(key=lambda part: part[1].is_wide)
    return [
        ("services", process.services(dossier)),
        *written,
        ("decision", decisions.decision(dossier)),
        *((kind, chapter) for kind in after for chapter in chapters.of_kind(dossier, kind)),
        ("departure", decisions.departure(dossier)),
        *_from_elsewhere(dossier),
        ("notes", process.notes(dossier)),
        ("addenda", decisions.addenda(dossier)),
        (SIGN_OFFS, decisions.sign_offs(dossier)),
        ("waivers", decisions.waivers(dossier)),
        (FOLLOWING, decisions.following(dossier)),
    ]


def _from_elsewhere(dossier: Dossier) -> list[tuple[type[StageRecord], Chapter]]:
    """Papers of other stages that were written in this one: a referral at an exit, a new assessment or plan."""
    kinds: list[type[StageRecord]] = []
    if dossier.stage != Stage.CLOSING and any(event.way == StayEnd.REFERRED for event in dossier.departures):
        kinds += records.behind(("E.3.2", "E.3.5"))
    if dossier.stage == Stage.INTERVENTION:
        kinds += [kind for kind in records.RECORDS if kind.edition_of and dossier.edition_of(kind) > 1]
    return [(kind, chapter) for kind in kinds for chapter in chapters.of_kind(dossier, kind)]


def _letter(at: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]


def identity(dossier: Dossier) -> list[tuple[str, str]]:
    """Whom the paper is about; the full name, for only those who may see the file get the paper."""
    case, client = dossier.case, dossier.case.client
    end = dossier.end
    days = (dossier.day - dossier.began_on).days + 1
    span = {"period": period(dossier.began_on, dossier.day), "days": number(days)}
    running = {"day": long_date(dossier.began_on)}
    rows = [
        (_("Nama"), client.name.upper()),
        (_("No. induk / no. kasus"), f"{client.number} / {case.number} ({_('episode ke-%d') % case.episode})"),
        (_("NIK"), client.masked_nik or _("belum ada")),
        (_("Tempat, tanggal lahir"), birth(client, dossier.day)),
        (_("Jenis kelamin / agama"), f"{client.get_sex_display()} / {client.get_religion_display() or '–'}"),
        (_("Pendidikan terakhir"), client.get_education_display()),
        (_("Alamat"), _address(dossier)),
        (_("Kategori PPKS"), _categories(dossier)),
        (_("Wali"), _guardian(dossier)),
        (_("Jalur masuk"), _way_in(dossier)),
        *_stay(dossier),
        (
            _("Masa tahap"),
            _("%(period)s (%(days)s hari)") % span if end else _("%(day)s, masih berjalan") % running,
        ),
    ]
    if dossier.stage.is_per_round and dossier.moves[-1].round > 1:
        rows.append((_("Putaran"), _("ke-%d") % dossier.round))
    return [*rows, (_("Pekerja sosial"), "; ".join(worker.full_name for worker in dossier.workers))]


def birth(client: Client, day: date) -> str:
    """Where and when somebody was born, and how old they are on a day."""
    age = client.age_on(day)
    years = _("%d tahun") % age if age is not None else ""
    if not client.birth_on:
        return ", ".join(filter(None, (client.birth_place, _("perkiraan umur %s") % years if years else "")))
    born = ", ".join(filter(None, (client.birth_place, long_date(client.birth_on))))
    return f"{born} ({years})"


def _address(dossier: Dossier) -> str:
    client = dossier.case.client
    district = _("Kec. %s") % client.get_district_display() if client.district else ""
    return ", ".join(filter(None, (client.address, district, client.get_regency_display() if client.regency else "")))


def _categories(dossier: Dossier) -> str:
    return "; ".join(str(row.get_category_display()) for row in dossier.case.client.categories.all())


def _guardian(dossier: Dossier) -> str:
    client = dossier.case.client
    return f"{client.guardian_name} ({client.guardian_relation})" if client.guardian_relation else client.guardian_name


def _way_in(dossier: Dossier) -> str:
    """How the client came, sent by whom, on what order, in an emergency."""
    case = dossier.case
    order = ""
    if case.order_number:
        until = _(", berlaku sampai %s") % long_date(case.order_until_on) if case.order_until_on else ""
        order = ", ".join(filter(None, (_("penetapan No. %s") % case.order_number, case.order_by))) + until
    emergency = _("penerimaan darurat") if case.is_emergency else ""
    return ", ".join(filter(None, (case.get_way_in_display(), case.sender, case.sender_letter, order, emergency)))


def _stay(dossier: Dossier) -> list[tuple[str, str]]:
    """Placement and leaving, as far as they had happened on the day of the paper."""
    stays = [stay for stay in dossier.stays if stay.placed_on <= dossier.day]
    rows = [(_("Penempatan"), ", ".join(filter(None, (long_date(s.placed_on), s.place)))) for s in stays]
    left = [s for s in stays if s.left_on and s.left_on <= dossier.day]
    return rows + [(_("Keluar"), f"{long_date(s.left_on)} ({s.get_end_display().lower()})") for s in left if s.left_on]


def _paper(dossier: Dossier, by: User, stamp: Stamp | None) -> Paper:
    case, stage = dossier.case, dossier.stage
    title = _("Laporan Tahap %s") % " ".join(w if w == "dan" else w.capitalize() for w in dossier.name.split())
    numbered_as = numbered_line(stamp) if stamp else ""
    draft = "" if dossier.end else _("KONSEP – belum disahkan")
    head = [title, numbered_as, _("kasus %s") % case.number, case.client.shown_name, _("RAHASIA"), draft]
    return Paper(
        title=title,
        about=_("kasus %s") % case.number,
        subtitle="\n".join(filter(None, (numbered_as, _printed_name(stage), draft))),
        running_head=" · ".join(part for part in head if part),
        foot=foot(case.institution, by=by, draft=draft, stamp=stamp),
        institution=case.institution,
        is_secret=True,
        closing=_closing(dossier),
        signatures=_signatures(dossier),
        stamp=stamp,
    )


def _printed_name(stage: Stage) -> str:
    """The full name of the stage in the founding document."""
    first, *rest = dict.fromkeys(LISTS[item.list_code].name for item in for_stage(stage))
    names = [first, *(name.lower() for name in rest)]
    return _("Tahap %(letter)s. %(names)s") % {"letter": stage.letter, "names": enumerated(names)}


def _closing(dossier: Dossier) -> str:
    demikian = _("Demikian laporan ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.")
    if not dossier.end:
        return _("Laporan ini konsep: tahap belum berakhir dan isinya masih dapat berubah.")
    day = long_date(dossier.end.on)
    if dossier.end.outcome:
        words = {"day": day, "outcome": Outcome(dossier.end.outcome).label.lower()}
        return _("Kasus ditutup pada %(day)s: %(outcome)s.") % words + " " + demikian
    words = {"day": day, "next": written_out(Stage(dossier.end.to_stage))}
    return _("Tahap berakhir pada %(day)s dan kasus berlanjut ke tahap %(next)s.") % words + " " + demikian


def _signatures(dossier: Dossier):
    institution = dossier.case.institution
    maker = dossier.maker
    day = long_date(dossier.day) if dossier.end else "." * 24
    rows = [
        (
            head_signature(
                institution,
                dossier.day,
                lead=_("Mengetahui,"),
                decided=dossier.endorsement,
                paper=dossier.stage,
                maker=maker,
            ),
            signature(
                maker,
                lead=place_and_date(institution, day),
                post=f"{maker.position if maker and maker.position else _('Pekerja Sosial')},",
            ),
        )
    ]
    if approval := dossier.approval:
        lead = _("Telah disupervisi %s,") % long_date(approval.decided_at)
        rows.append((signature(approval.decided_by, lead=lead, post=approver_post(institution, approval)),))
    return rows
