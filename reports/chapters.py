"""The chapters of a stage report that tell what the records of a stage say, kind by kind."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import Aspect
from rehsos.formatting import MONTHS, SHORT_MONTHS, number
from reports import aftercare_chapter, pictures
from reports.blocks import Block, Chapter, Column, Facts, Picture, Table, Words, row
from reports.dossier import Dossier
from reports.layouts import SCALE, blocks_of, capitalised, label_of, part_table, parts_of, shown
from services.models import (
    AdminChecklist,
    AftercareVisit,
    AspectFinding,
    AspectOutcome,
    Assessment,
    AssessmentConference,
    EvaluationConference,
    Goal,
    GoalOutcome,
    Notice,
    OutcomeEvaluation,
    PlanningConference,
    ProgressSheet,
    Readiness,
    StageRecord,
)
from services.workflow import PAIRS

Builder = Callable[[Dossier, list[Any]], list[Chapter]]


def of_kind(dossier: Dossier, kind: type[StageRecord], rows: list[Any] | None = None) -> list[Chapter]:
    """The chapters about one kind of record; by its own layout, else facts and parts one after the other."""
    build = OWN_LAYOUT.get(kind, _plain)
    return build(dossier, rows or dossier.records.get(kind) or dossier.records_of(kind))


def _plain(_dossier: Dossier, rows: list[Any]) -> list[Chapter]:
    blocks: list[Block] = []
    for at, record in enumerate(rows, 1):
        if len(rows) > 1:
            blocks.append(Words("", f"{at}. {record.title}"))
        blocks += blocks_of(record)
    return [Chapter(_titled(rows[0]), blocks)]


def _titled(record: StageRecord) -> str:
    codes = ", ".join(record.activity_codes())
    return f"{record.title} ({codes})" if codes else str(record.title)


def _captioned(caption: Any) -> Builder:
    """Facts, then the parts under a caption."""

    def build(_dossier: Dossier, rows: list[Any]) -> list[Chapter]:
        blocks: list[Block] = []
        for at, record in enumerate(rows, 1):
            if len(rows) > 1:
                blocks.append(Words("", f"{at}. {record.title}"))
            blocks += [block for block in blocks_of(record) if not isinstance(block, Table)]
            kinds = {type(part): str(caption) for part in record.parts()}
            blocks += parts_of(record, kinds)
        return [Chapter(_titled(rows[0]), blocks)]

    return build


def _assessment(_dossier: Dossier, rows: list[Assessment]) -> list[Chapter]:
    record = rows[-1]
    findings = record.parts()
    resources = [
        row(_("Informal"), record.informal_resources),
        row(_("Formal"), record.formal_resources),
        row(_("Kemasyarakatan"), record.societal_resources),
    ]
    caption = _("Profil empat aspek pada asesmen (skala 1–5)")
    return [
        Chapter(
            _("Sumber data dan cara pengumpulan"),
            [
                Words(record.sources),
                Facts([(_("Tanggal asesmen"), shown(record, "on")), (_("Dicatat oleh"), record.author.full_name)]),
            ],
        ),
        Chapter(
            _("Hasil asesmen empat aspek (B.d)"),
            [
                *([part_table(findings, _("Keadaan, kebutuhan, dan kekuatan klien"), str(SCALE))] if findings else []),
                Picture("reports/print/_profile.html", profile_of(findings, []), caption, "sempit"),
            ],
        ),
        Chapter(
            _("Sistem sumber"),
            [
                Table(
                    [Column(_("Sumber"), 24), Column(_("Yang tersedia"), 76)],
                    resources,
                    _("Sistem sumber klien"),
                )
            ],
        ),
        Chapter(
            _("Rumusan masalah dan rekomendasi"),
            [
                Words(record.problem_statement, _("Rumusan masalah")),
                Words(record.recommendation, _("Rekomendasi")),
            ],
        ),
    ]


def profile_of(then: list[AspectFinding], now: list[AspectOutcome]) -> dict[str, Any]:
    """The picture of four aspects; without a second look only the first one is drawn, filled."""
    before = {part.key: part.score for part in then}
    after = {part.key: part.score for part in now}
    if not now:
        before, after = {}, before
    return pictures.profile([(str(a.label), before.get(a.value), after.get(a.value)) for a in Aspect])


def _plan(_dossier: Dossier, rows: list[Goal]) -> list[Chapter]:
    fields = ("problem", "goal", "indicator", "activities", "people", "cost", "technique", "equipment")
    fields += ("facilities", "time", "in_charge")
    widths = (10, 9, 10, 10, 8, 7, 8, 7, 7, 7, 6)
    columns = [Column(_("No."), 3, "c"), Column(_("Bimbingan"), 8)]
    columns += [Column(str(HEADS.get(f) or label_of(Goal, f)), w) for f, w in zip(fields, widths, strict=True)]
    order = list(PAIRS)
    goals = sorted(rows, key=lambda goal: (order.index(goal.bimbingan), goal.pk))
    lines = [
        row(str(at), f"{goal.get_bimbingan_display()}\n{goal.activity_codes()[0]}", *(shown(goal, f) for f in fields))
        for at, goal in enumerate(goals, 1)
    ]
    table = Table(
        columns,
        lines,
        _("Tujuan, kegiatan, dan enam sumber daya per bimbingan"),
        groups=(("", 6), (_("Sumber daya"), 6), ("", 1)),
        formula=[str(at) for at in range(1, len(columns) + 1)],
        head=1,
        note=_(
            "Kode di bawah nama bimbingan adalah butir kegiatan penyusunan rencana. Enam sumber daya: manusia, "
            "biaya, metode dan teknik, peralatan, sarana dan prasarana, waktu."
        ),
    )
    return [Chapter(_("Rencana pemecahan masalah per bimbingan"), [table], is_wide=True)]


# Shorter than the names of the fields, for thirteen narrow columns.
HEADS = {
    "people": gettext_lazy("Manusia"),
    "technique": gettext_lazy("Metode, teknik"),
    "facilities": gettext_lazy("Sarana, prasarana"),
    "in_charge": gettext_lazy("Pen. jawab"),
}


def _progress(_dossier: Dossier, rows: list[ProgressSheet]) -> list[Chapter]:
    blocks: list[Block] = [_scores(rows)]
    for sheet in rows:
        blocks.append(Words("", _("Periode %s") % month_of(sheet.period_on)))
        blocks += parts_of(sheet)
        facts = [(capitalised(str(label)), value) for label, value in sheet.facts() if value]
        skipped = {label_of(ProgressSheet, "period_on")}
        facts = [fact for fact in facts if fact[0] not in skipped]
        blocks.append(Facts([*facts, (_("Dicatat oleh"), sheet.author.full_name)]))
    return [Chapter(_("Perkembangan klien"), blocks)]


def _scores(rows: list[ProgressSheet]) -> Table:
    """The scores of the last sheets side by side."""
    shown_rows = rows[-8:]
    columns = [Column(_("Aspek"), 20)]
    columns += [Column(month_of(s.period_on, short=True), 80 // len(shown_rows), "c") for s in shown_rows]
    scores = [{part.key: part.score for part in sheet.aspects.all()} for sheet in shown_rows]
    lines = [row(str(a.label), *(number(s[a.value]) if a.value in s else "" for s in scores)) for a in Aspect]
    return Table(columns, lines, _("Nilai empat aspek per periode"), note=str(SCALE))


def month_of(day: Any, *, short: bool = False) -> str:
    names = SHORT_MONTHS if short else MONTHS
    return f"{names[day.month - 1]} {day.year}"


def _outcome(dossier: Dossier, rows: list[OutcomeEvaluation]) -> list[Chapter]:
    record = rows[-1]
    goals = {str(goal.pk): goal for goal in dossier.records_of(Goal)}
    lines = [_achieved(at, part, goals.get(part.key)) for at, part in enumerate(record.goals.all(), 1)]
    achieved = Table(
        [
            Column(_("No."), 6, "c"),
            Column(_("Bimbingan"), 18),
            Column(_("Tujuan"), 26),
            Column(_("Indikator"), 20),
            Column(_("Capaian"), 13, "c"),
            Column(_("Bukti"), 17),
        ],
        lines,
        _("Capaian tujuan rencana"),
        head=2,
    )
    assessments = dossier.records_of(Assessment)
    then = assessments[-1].parts() if assessments else []
    now = list(record.aspects.all())
    caption = _("Empat aspek: asesmen awal (garis putus-putus) dan kini (bidang abu-abu), skala 1–5")
    texts = [Words(shown(record, f), label_of(OutcomeEvaluation, f)) for f in ("effectiveness", "efficiency")]
    return [
        Chapter(
            _("Evaluasi hasil pelayanan (E.1.3)"),
            [
                Facts([(_("Tanggal"), shown(record, "on")), (_("Dicatat oleh"), record.author.full_name)]),
                achieved,
                _then_and_now(then, now),
                Picture("reports/print/_profile.html", profile_of(then, now), caption, "sempit"),
                *texts,
                Words(record.recommendation, _("Rekomendasi")),
            ],
        )
    ]


def _achieved(at: int, part: GoalOutcome, goal: Goal | None) -> Any:
    bimbingan, indicator = (goal.get_bimbingan_display(), goal.indicator) if goal else ("", "")
    return row(str(at), bimbingan, str(part), indicator, part.get_achievement_display(), part.evidence)


def _then_and_now(then: list[AspectFinding], now: list[AspectOutcome]) -> Table:
    before, after = ({part.key: part for part in parts} for parts in (then, now))
    lines = []
    for aspect in Aspect:
        first, last = before.get(aspect.value), after.get(aspect.value)
        cells = (first.condition if first else "", str(first.score) if first else "")
        lines.append(row(str(aspect.label), *cells, last.condition if last else "", str(last.score) if last else ""))
    columns = [Column(_("Aspek"), 14), Column(_("Keadaan"), 35), Column(_("Nilai"), 8, "c")]
    columns += [Column(_("Keadaan"), 35), Column(_("Nilai"), 8, "c")]
    groups = (("", 1), (_("Asesmen awal"), 2), (_("Kini"), 2))
    return Table(columns, lines, _("Empat aspek awal dan kini"), groups=groups, note=str(SCALE))


OWN_LAYOUT: Mapping[type[StageRecord], Builder] = {
    AdminChecklist: _captioned(gettext_lazy("Kelengkapan persyaratan administrasi")),
    Notice: _captioned(gettext_lazy("Penyampaian hasil seleksi")),
    Assessment: _assessment,
    AssessmentConference: _captioned(gettext_lazy("Peserta temu bahas")),
    Goal: _plan,
    PlanningConference: _captioned(gettext_lazy("Peserta temu bahas")),
    ProgressSheet: _progress,
    OutcomeEvaluation: _outcome,
    EvaluationConference: _captioned(gettext_lazy("Peserta temu bahas")),
    Readiness: _captioned(gettext_lazy("Kesiapan klien dan lingkungannya")),
    AftercareVisit: aftercare_chapter.visits,
}
