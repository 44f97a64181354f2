"""Surat rujukan (A.x, E.3.2) with the form for its answer: initials, the reason, and what the worker chose to share."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos.formatting import long_date
from reports import pdf
from reports.blocks import Facts
from reports.letters import Made, framed, terms
from reports.paper import place_and_date
from reports.signers import head_signature
from services.models import ReferralCourse

TEMPLATE = "reports/print/referral.html"


def letter(course: ReferralCourse, *, by: User) -> bytes:
    """The letter as a draft for number and signature; ``by`` must be allowed to read what is shared."""
    with timezone.override(ZoneInfo(course.institution.time_zone)):
        return pdf.render(TEMPLATE, context(course, by=by))


def context(course: ReferralCourse, *, by: User) -> dict[str, Any]:
    upt, words = course.institution, terms(course.institution)
    day = course.sent_on or upt.today()
    short = "".join(f"{part[0].upper()}." for part in course.case.client.name.split())
    paper = framed(
        Made(upt, by),
        _("Surat Rujukan"),
        _("kasus %s") % course.case.number,
        is_secret=True,
        closing=_("Demikian disampaikan, atas perhatian dan kerja samanya diucapkan terima kasih."),
        signatures=[[head_signature(upt, day, lead="")]],
    )
    about = _("Rujukan %(term)s berinisial %(short)s") % {**words, "short": short}
    who = f"{short} / {course.case.number}"
    return {
        "paper": paper,
        "dated": place_and_date(upt, long_date(day)),
        "head": Facts(
            [(_("Nomor"), ""), (_("Sifat"), _("Rahasia")), (_("Lampiran"), _("1 (satu) berkas")), (_("Hal"), about)]
        ),
        "receiver": course.partner.head_title or course.partner.name,
        "place": course.partner.place,
        "opening": _("Dengan ini kami merujuk satu orang %(term)s untuk dilayani lembaga Saudara:") % words,
        "client": Facts(_told(course, who), is_first_strong=True),
        "shared": course.summary,
        "who": who,
        "until": long_date(course.answer_due_on) if course.answer_due_on else "",
        "answers": (
            _("Syarat atau alasan"),
            _("Tanggal dan jam serah terima"),
            _("Nama petugas penghubung"),
            _("Jabatan, telepon, pos-el"),
            _("Nomor kasus di lembaga penerima"),
        ),
    }


def _told(course: ReferralCourse, who: str) -> list[tuple[str, str]]:
    client, day = course.case.client, course.institution.today()
    age = client.age_on(day)
    years = _("%d tahun") % age if age is not None else "–"
    return [
        (_("Inisial / nomor kasus"), who),
        (_("Jenis kelamin / umur"), f"{client.get_sex_display()} / {years}"),
        (_("Alasan rujukan"), course.reason),
        (_("Pelayanan yang diminta"), course.asked),
        (_("Persetujuan"), _consent(course)),
        (_("Disertakan"), ", ".join(course.part_labels)),
    ]


def _consent(course: ReferralCourse) -> str:
    if course.is_consented and course.consent_on:
        return _("Disetujui %(name)s, %(day)s") % {"name": course.consent_name, "day": long_date(course.consent_on)}
    return _("Atas keputusan Kepala UPT") if course.override_by_id else _("belum ada")
