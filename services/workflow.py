"""THE TABLE: six stages, their papers, decisions, sign-offs, and where a case may go. Read this first.

Pure data. ``gates`` says what is missing, ``transitions`` moves a case; pages, refusals, reports, tests and the
README's diagram read the same rows. A paper is a catalogue code, a tuple (one of these codes), or one of three names:
``plan`` (a goal in at least one bimbingan), ``service`` (each planned bimbingan was served), ``progress`` (every
sheet due so far). A supervision of ``per_bimbingan`` is asked for each bimbingan in the plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from accounts.enums import Role
from cases.enums import Bimbingan, Outcome, Stage, StayEnd
from services.enums import Kind

Paper = str | tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """The codes of one bimbingan: plan, motivation, service (one of), obstacle, supervision."""

    plan: str
    motivation: str
    service: tuple[str, ...]
    obstacle: str
    supervision: str


@dataclass(frozen=True)
class Way:
    """One answer of a decision, and what follows from it."""

    label: str
    papers: tuple[Paper, ...] = ()
    supervision: tuple[str, ...] = ()
    stays: bool = False
    ends: Outcome | None = None
    back_to: Stage | None = None
    needs_date: bool = False


@dataclass(frozen=True)
class Exit:
    """One way a client leaves outside the order of the stages: the event counts at once, these papers follow.

    ``minutes`` is the berita acara. ``opens_aftercare``: the worker may propose that bimbingan lanjut begins.
    """

    outcome: Outcome
    papers: tuple[Paper, ...] = ("minutes",)
    supervision: tuple[str, ...] = ()
    opens_aftercare: bool = True
    barred_by_court_order: bool = False
    needs_conference: bool = False
    needs_receiver: bool = True
    may_come_back: bool = False


@dataclass(frozen=True)
class Decision:
    """A small request inside a stage: worker, then supervisor, then the head."""

    kind: Kind
    label: str
    needs: tuple[str, ...]
    endorsed_by: Role
    ways: Mapping[str, Way]


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    papers: tuple[Paper, ...]
    decision: Decision | None = None
    supervision: tuple[str, ...] = ()
    supervision_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_bimbingan: bool = False
    then: Stage | None = None
    back_to: tuple[Stage, ...] = ()
    endings: Mapping[str, Way] = field(default_factory=dict)


PAIRS: Mapping[Bimbingan, Pair] = {
    Bimbingan.PHYSICAL: Pair("C.b", "D.c", ("D.j", "D.b"), "D.q", "D.w"),
    Bimbingan.VOCATIONAL: Pair("C.e", "D.f", ("D.j",), "D.q", "D.x"),
    Bimbingan.PSYCHOSOCIAL: Pair("C.c", "D.d", ("D.k",), "D.r", "D.y"),
    Bimbingan.SOCIAL: Pair("C.d", "D.e", ("D.l",), "D.s", "D.z"),
    Bimbingan.RESOCIALIZATION: Pair("C.g", "D.h", ("D.n",), "D.u", "D.aa"),
    Bimbingan.COMMUNITY_DEVELOPMENT: Pair("C.f", "D.g", ("D.m",), "D.t", "D.bb"),
    Bimbingan.ADVOCACY: Pair("C.h", "D.i", ("D.o",), "D.v", "D.cc"),
}

WORKFLOW: Mapping[Stage, Step] = {
    Stage.INTAKE: Step(
        papers=("A.u", "A.v"),  # ceklis administrasi, wawancara kelayakan
        decision=Decision(
            kind=Kind.SELECTION,
            label="Seleksi",
            needs=("A.y",),  # supervisi seleksi
            endorsed_by=Role.HEAD,
            ways={
                "accepted": Way("Diterima", papers=("A.w", "A.bb", "A.dd")),  # pemberitahuan, kesepakatan, penempatan
                "waiting_list": Way("Daftar tunggu", papers=("A.w",), stays=True),
                "not_eligible": Way("Tidak layak", papers=("A.w",), ends=Outcome.NOT_ELIGIBLE),
                "referred": Way("Dirujuk", papers=("A.w", "A.x"), ends=Outcome.REFERRED_AT_SELECTION),
            },
        ),
        supervision_if={"A.n": ("A.k", "A.l", "A.m"), "A.q": ("A.p",)},
        then=Stage.ASSESSMENT,
    ),
    Stage.ASSESSMENT: Step(
        papers=("B.d", "B.f", "B.h"),  # asesmen, temu bahas, laporan
        supervision=("B.e",),
        then=Stage.PLANNING,
    ),
    Stage.PLANNING: Step(
        papers=("plan", ("C.j", "C.k", "C.l", "C.m"), "C.n"),  # rencana, temu bahas, persetujuan klien
        supervision=("C.i",),
        then=Stage.INTERVENTION,
        back_to=(Stage.ASSESSMENT,),
    ),
    Stage.INTERVENTION: Step(
        papers=("service", "D.p", "D.dd", "progress"),  # layanan, harian, evaluasi proses, lembar perkembangan
        per_bimbingan=True,
        then=Stage.CLOSING,
        back_to=(Stage.PLANNING,),
    ),
    Stage.CLOSING: Step(
        papers=("E.1.3", "E.1.4", "E.1.6"),  # evaluasi hasil, temu bahas, laporan
        decision=Decision(
            kind=Kind.CLOSING,
            label="Penutupan",
            needs=("E.1.5",),  # supervisi evaluasi
            endorsed_by=Role.HEAD,
            ways={
                "terminate": Way("Terminasi", papers=("E.2.2", "E.2.3", "E.2.5"), supervision=("E.2.4",)),
                "refer": Way("Rujuk", papers=("E.3.2", "E.3.5"), supervision=("E.3.4",), ends=Outcome.REFERRED),
                "continue": Way("Lanjut ke putaran berikutnya", back_to=Stage.PLANNING),
                "extend": Way("Perpanjang", stays=True, needs_date=True),
            },
        ),
        then=Stage.AFTERCARE,
        back_to=(Stage.PLANNING,),
    ),
    Stage.AFTERCARE: Step(
        papers=(("F.b", "F.c", "F.d", "F.e", "F.f"), "F.g"),  # kunjungan
        supervision=("F.i",),
        endings={
            "completed": Way("Selesai bimbingan lanjut", ends=Outcome.COMPLETED),
            "period_over": Way("Masa binjut habis", ends=Outcome.PERIOD_OVER, needs_date=True),
            "moved": Way("Pindah tempat tinggal", ends=Outcome.MOVED, needs_date=True),
            "refused": Way("Menolak bimbingan lanjut", ends=Outcome.REFUSED, needs_date=True),
            "deceased": Way("Meninggal dunia", ends=Outcome.DECEASED, needs_date=True),
            "lost_contact": Way("Putus kontak", ends=Outcome.LOST_CONTACT, needs_date=True),
        },
    ),
}

# Before placement a candidate may leave in these ways; the event and its papers are the same.
CANDIDATE_EXITS: Mapping[StayEnd, Exit] = {
    StayEnd.WITHDREW: Exit(Outcome.WITHDREW, opens_aftercare=False, needs_receiver=False),
    StayEnd.DECEASED: Exit(Outcome.DECEASED, opens_aftercare=False, needs_receiver=False),
}
# From placement to leaving, in any stage.
EXITS: Mapping[StayEnd, Exit] = {
    StayEnd.TAKEN_HOME: Exit(Outcome.TAKEN_HOME, barred_by_court_order=True),
    StayEnd.EXPELLED: Exit(Outcome.EXPELLED, needs_conference=True),
    StayEnd.REFERRED: Exit(Outcome.REFERRED, papers=("minutes", "E.3.2", "E.3.5"), supervision=("E.3.4",)),
    StayEnd.BY_LAW: Exit(Outcome.BY_LAW),
    StayEnd.REUNIFIED: Exit(Outcome.REUNIFIED),
    StayEnd.LEFT_WITHOUT_LEAVE: Exit(Outcome.LEFT_WITHOUT_LEAVE, needs_receiver=False, may_come_back=True),
    StayEnd.DECEASED: Exit(Outcome.DECEASED, opens_aftercare=False),
    StayEnd.TERM_OVER: Exit(Outcome.TERM_OVER),
}
# Moving to another UPT is an exit that waits for the receiver: it counts from the day of acceptance.
TRANSFER = Exit(Outcome.TRANSFERRED, papers=(), opens_aftercare=False, needs_receiver=False)

NAMED_PAPERS = frozenset({"plan", "service", "progress", "minutes"})


def codes_of(papers: tuple[Paper, ...]) -> tuple[str, ...]:
    """Every code that papers mention, alternatives and the codes behind the named papers included."""
    behind = {
        "plan": tuple(pair.plan for pair in PAIRS.values()),
        "service": tuple(dict.fromkeys(code for pair in PAIRS.values() for code in pair.service)),
        "progress": (),
        "minutes": (),
    }
    found: list[str] = []
    for paper in papers:
        found += paper if isinstance(paper, tuple) else behind.get(paper, (paper,))
    return tuple(dict.fromkeys(found))


def sign_offs_of(step: Step) -> tuple[str, ...]:
    """Every supervision code a row of the table can ask for."""
    codes = [*step.supervision, *step.supervision_if]
    if step.per_bimbingan:
        codes += [pair.supervision for pair in PAIRS.values()]
    if step.decision:
        codes += step.decision.needs
        for way in step.decision.ways.values():
            codes += way.supervision
    return tuple(codes)


def stage_of_sign_off(code: str) -> Stage | None:
    """The stage whose row asks for a supervision code; ``None`` for A.i, which belongs to no case."""
    return next((stage for stage, step in WORKFLOW.items() if code in sign_offs_of(step)), None)


def exit_row(way: StayEnd, *, is_placed: bool) -> Exit | None:
    """The row of a departure: of a resident (or programme participant), or of a candidate before placement."""
    return EXITS.get(way) if is_placed else CANDIDATE_EXITS.get(way)
