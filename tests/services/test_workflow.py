"""The table is total: every stage has a row, every code exists, everything leads somewhere and can be reached."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.enums import Role
from cases.enums import Bimbingan, Outcome, Stage
from services import records
from services.catalogue import CATALOGUE, Kind
from services.management.commands.workflow import MARKS, block
from services.models.planning import PLAN_CODES
from services.workflow import (
    CANDIDATE_EXITS,
    EXITS,
    NAMED_PAPERS,
    PAIRS,
    TRANSFER,
    WORKFLOW,
    Step,
    codes_of,
    sign_offs_of,
    stage_of_sign_off,
)

# process.md, "Pairs by name, never by position", in the words of the document.
PAIRS_BY_NAME = {
    "Bimbingan fisik": ("C.b", "D.c", ("D.j", "D.b"), "D.q", "D.w"),
    "Bimbingan keterampilan": ("C.e", "D.f", ("D.j",), "D.q", "D.x"),
    "Bimbingan psikososial": ("C.c", "D.d", ("D.k",), "D.r", "D.y"),
    "Bimbingan sosial": ("C.d", "D.e", ("D.l",), "D.s", "D.z"),
    "Bimbingan resosialisasi": ("C.g", "D.h", ("D.n",), "D.u", "D.aa"),
    "Pengembangan masyarakat": ("C.f", "D.g", ("D.m",), "D.t", "D.bb"),
    "Advokasi": ("C.h", "D.i", ("D.o",), "D.v", "D.cc"),
}


def ways_of(step: Step):
    return [*(step.decision.ways.values() if step.decision else ()), *step.endings.values()]


def papers_of(step: Step):
    return [*step.papers, *(paper for way in ways_of(step) for paper in way.papers)]


def test_every_stage_has_a_row_in_order():
    assert list(WORKFLOW) == list(Stage)


def test_table_reads_as_the_process_was_written():
    """Papers, sign-offs, and where a case goes from each stage, without the decisions."""
    assert {
        stage.letter: (step.papers, step.supervision, dict(step.supervision_if), step.then, step.back_to)
        for stage, step in WORKFLOW.items()
    } == {
        "A": (("A.u", "A.v"), (), {"A.n": ("A.k", "A.l", "A.m"), "A.q": ("A.p",)}, Stage.ASSESSMENT, ()),
        "B": (("B.d", "B.f", "B.h"), ("B.e",), {}, Stage.PLANNING, ()),
        "C": (
            ("plan", ("C.j", "C.k", "C.l", "C.m"), "C.n"),
            ("C.i",),
            {},
            Stage.INTERVENTION,
            (Stage.ASSESSMENT,),
        ),
        "D": (("service", "D.p", "D.dd", "progress"), (), {}, Stage.CLOSING, (Stage.PLANNING,)),
        "E": (("E.1.3", "E.1.4", "E.1.6"), (), {}, Stage.AFTERCARE, (Stage.PLANNING,)),
        "F": ((("F.b", "F.c", "F.d", "F.e", "F.f"), "F.g"), ("F.i",), {}, None, ()),
    }
    assert [stage.letter for stage, step in WORKFLOW.items() if step.per_bimbingan] == ["D"]


def test_decisions_read_as_the_process_was_written():
    assert {
        stage.letter: (
            step.decision.needs,
            step.decision.endorsed_by,
            {
                name: (way.papers, way.supervision, way.stays, way.ends, way.back_to)
                for name, way in step.decision.ways.items()
            },
        )
        for stage, step in WORKFLOW.items()
        if step.decision
    } == {
        "A": (
            ("A.y",),
            Role.HEAD,
            {
                "accepted": (("A.w", "A.bb", "A.dd"), (), False, None, None),
                "waiting_list": (("A.w",), (), True, None, None),
                "not_eligible": (("A.w",), (), False, Outcome.NOT_ELIGIBLE, None),
                "referred": (("A.w", "A.x"), (), False, Outcome.REFERRED_AT_SELECTION, None),
            },
        ),
        "E": (
            ("E.1.5",),
            Role.HEAD,
            {
                "terminate": (("E.2.2", "E.2.3", "E.2.5"), ("E.2.4",), False, None, None),
                "refer": (("E.3.2", "E.3.5"), ("E.3.4",), False, Outcome.REFERRED, None),
                "continue": ((), (), False, None, Stage.PLANNING),
                "extend": ((), (), True, None, None),
            },
        ),
    }


def test_every_code_of_the_table_is_in_the_catalogue_under_its_own_stage():
    strangers = [
        (stage.letter, code)
        for stage, step in WORKFLOW.items()
        for code in (*codes_of(tuple(papers_of(step))), *sign_offs_of(step), *sum(step.supervision_if.values(), ()))
        if code not in CATALOGUE or CATALOGUE[code].stage != stage
    ]
    assert strangers == []


def test_each_of_the_sixteen_case_supervisions_is_asked_for_by_some_row():
    wanted = [code for code, item in CATALOGUE.items() if item.kind == Kind.SUPERVISE and code != "A.i"]
    asked = [code for step in WORKFLOW.values() for code in sign_offs_of(step)]
    assert len(wanted) == 16
    assert sorted(asked) == sorted(wanted)


def test_a_supervision_belongs_to_the_stage_that_asks_for_it():
    supervisions = [code for code, item in CATALOGUE.items() if item.kind == Kind.SUPERVISE]
    assert {code: stage_of_sign_off(code) for code in supervisions} == {
        code: None if code == "A.i" else Stage(CATALOGUE[code].stage) for code in supervisions
    }


def test_pairs_equal_those_of_the_document_by_name():
    assert {
        str(bimbingan.label): (pair.plan, pair.motivation, pair.service, pair.obstacle, pair.supervision)
        for bimbingan, pair in PAIRS.items()
    } == PAIRS_BY_NAME
    assert list(PAIRS) == list(Bimbingan)


def test_pairs_agree_with_what_the_catalogue_says_of_each_code():
    assert [
        (bimbingan, code)
        for bimbingan, pair in PAIRS.items()
        for code in (pair.plan, pair.motivation, *pair.service, pair.obstacle, pair.supervision)
        if bimbingan not in CATALOGUE[code].bimbingan
    ] == []


def test_plan_codes_of_goals_are_those_of_the_pairs():
    assert PLAN_CODES == {bimbingan: pair.plan for bimbingan, pair in PAIRS.items()}


@pytest.mark.parametrize("kind", records.RECORDS, ids=lambda kind: kind.__name__)
def test_codes_of_a_record_live_in_its_home_stage(kind):
    assert [code for code in kind.codes if code not in CATALOGUE or CATALOGUE[code].stage != kind.home] == []


def test_registry_names_every_record_once_and_every_slug_once_in_a_stage():
    every = {kind for kind in _subclasses(records.StageRecord) if not kind._meta.abstract}
    assert len(records.RECORDS) == len(every) and set(records.RECORDS) == every
    slugs = [(kind.home, kind.slug) for kind in records.RECORDS]
    assert len(slugs) == len(set(slugs))
    assert [records.by_slug(kind.home, kind.slug) for kind in records.RECORDS] == list(records.RECORDS)
    with pytest.raises(LookupError):
        records.by_slug(Stage.ASSESSMENT, "tidak-ada")


def _subclasses(kind):
    return {found for child in kind.__subclasses__() for found in ({child} | _subclasses(child))}


@pytest.mark.parametrize("stage", Stage)
def test_every_paper_is_satisfied_by_a_record_of_its_stage_or_an_activity(stage):
    unsatisfied = []
    for paper in papers_of(WORKFLOW[stage]):
        if paper in NAMED_PAPERS:
            continue
        codes = paper if isinstance(paper, tuple) else (paper,)
        kinds = [kind for kind in records.behind(codes) if kind.home == stage]
        covered = {code for kind in kinds for code in kind.codes}
        loggable = len(codes) == 1 and CATALOGUE[codes[0]].kind != Kind.SUPERVISE
        if not (set(codes) <= covered or (not kinds and loggable)):
            unsatisfied.append(paper)
    assert unsatisfied == []


def test_one_record_stands_behind_each_group_of_codes():
    """Gates name the first record behind a paper; there must not be a second that would do as well."""
    papers = [paper for step in WORKFLOW.values() for paper in papers_of(step) if paper not in NAMED_PAPERS]
    groups = [paper if isinstance(paper, tuple) else (paper,) for paper in papers]
    assert [codes for codes in groups if len(records.behind(codes)) > 1] == []


def test_every_way_leads_to_exactly_one_place():
    leads = {
        (stage.letter, way.label): [way.stays, way.ends is not None, way.back_to is not None].count(True)
        for stage, step in WORKFLOW.items()
        for way in ways_of(step)
    }
    onward = {("A", "Diterima"), ("E", "Terminasi")}
    assert leads == {where: 0 if where in onward else 1 for where in leads}
    assert WORKFLOW[Stage.INTAKE].then and WORKFLOW[Stage.CLOSING].then


def test_a_case_goes_forward_by_one_and_back_only_to_earlier_stages():
    stages = list(Stage)
    assert [step.then for step in WORKFLOW.values()] == [*stages[1:], None]
    assert [
        (stage, earlier)
        for stage, step in WORKFLOW.items()
        for earlier in (*step.back_to, *(way.back_to for way in ways_of(step) if way.back_to))
        if earlier.position >= stage.position
    ] == []


def test_every_outcome_is_reached_by_a_way_or_an_exit():
    ends = [way.ends for step in WORKFLOW.values() for way in ways_of(step) if way.ends]
    exits = [row.outcome for row in (*EXITS.values(), *CANDIDATE_EXITS.values(), TRANSFER)]
    assert len(ends) == len(set(ends))
    assert {*ends, *exits} == set(Outcome)


def test_diagram_in_the_readme_is_drawn_from_the_table(capsys):
    readme = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    assert MARKS.findall(readme) == [block()]
    call_command("workflow")
    assert capsys.readouterr().out in block()


def test_diagram_draws_every_stage_way_and_sign_off_once():
    drawn = block()
    assert [stage.value for stage in Stage if f'\n    {stage.value}["' not in drawn] == []
    labels = [way.label for step in WORKFLOW.values() for way in ways_of(step)]
    assert [label for label in labels if drawn.count(f'"{label}') + drawn.count(f'"{label}:') < 1] == []
    assert [code for step in WORKFLOW.values() for code in sign_offs_of(step) if code not in drawn] == []
