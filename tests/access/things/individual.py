"""Tasks for each role, and the work with one client: one's own, a colleague's, another UPT's."""

from datetime import timedelta

from accounts import rights
from accounts.enums import Role
from accounts.models import User
from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from cases.enums import Stage
from cases.models import Case
from services import courts, notes, obstacles, processes, tasks
from services.models import Note
from services.note_enums import NoteKind
from tests import factories
from tests.access.things.scene import Known, Scene


def settle(scene: Scene) -> None:
    world, team = scene.world, scene.team
    due_on = team.worker.institution.today() + timedelta(days=3)
    found = {}
    for role in (*rights.WORKLOG, Role.ADMIN_OFFICE):
        person = world.people[role]
        case = scene.cases[OWN] if role in rights.REGISTER else None
        task = tasks.give_by_hand(
            for_user=person, text="Lengkapi laporan.", due_on=due_on, by=team.supervisor, case=case
        )
        found[role, OWN] = {"pk": task.pk}
    about = {"text": "Hubungi keluarga.", "due_on": due_on, "case": scene.cases[COLLEAGUE]}
    found[COLLEAGUE] = {"pk": tasks.give_by_hand(for_user=scene.rival.worker, by=team.head, **about).pk}
    other = scene.other
    elsewhere = {"text": "Hubungi keluarga.", "due_on": due_on, "case": scene.cases[ELSEWHERE]}
    found[ELSEWHERE] = {"pk": tasks.give_by_hand(for_user=other.worker, by=other.supervisor, **elsewhere).pk}
    found[OWN] = found[Role.SOCIAL_WORKER, OWN]
    world.things["task"] = found
    _work(scene)
    _progress(scene)


def _progress(scene: Scene) -> None:
    """A client in service, whose sheet of the running month is still to come."""
    case = factories.case(scene.team, Stage.INTERVENTION, factories.client(scene.team, name="Dimas Prasetyo"))
    scene.world.known.append(Known(case, rights.REGISTER))
    scene.world.queries["services:sheets_due"] = "?berjalan=ya"


def _work(scene: Scene) -> None:
    """Placed clients with notes, obstacles, days of the law and process records; a psychologist's by a task."""
    world = scene.world
    names = {OWN: "Joko Susilo", COLLEAGUE: "Bambang Irawan", ELSEWHERE: "Mbah Lastri"}
    teams = {OWN: scene.team, COLLEAGUE: scene.rival, ELSEWHERE: scene.other}
    placed = {
        thing: factories.case(team, Stage.ASSESSMENT, factories.client(team, name=names[thing]))
        for thing, team in teams.items()
    }
    in_sight = {OWN: rights.REGISTER, COLLEAGUE: rights.UPT_WIDE, ELSEWHERE: rights.NOBODY}
    world.known += [Known(case, in_sight[thing]) for thing, case in placed.items()]
    world.things["hand"] = {thing: {"number": case.number, "slug": "konseling"} for thing, case in placed.items()}
    due_on = placed[OWN].institution.today() + timedelta(days=3)
    ask = {"due_on": due_on, "case": placed[OWN], "by": scene.team.supervisor}
    psychologist, nurse = world.people[Role.PSYCHOLOGIST], world.people[Role.NURSE]
    referred = tasks.give_by_hand(for_user=psychologist, text="Mohon dampingi.", source="referral", **ask)
    world.things["task"][Role.PSYCHOLOGIST, OWN] = {"pk": referred.pk}
    tasks.give_by_hand(for_user=scene.team.worker, text="Temui keluarga.", source="supervision", **ask)
    for thing in (OWN, COLLEAGUE):
        world.things["hand"][Role.NURSE, thing] = {"number": placed[thing].number, "slug": "kesehatan"}
    found = {thing: _written(teams[thing].worker, placed[thing]) for thing in teams}
    for kind in ("note", "obstacle", "court", "process_record"):
        world.things[kind] = {thing: {"pk": rows[kind]} for thing, rows in found.items()}
    for person, kind, bimbingan in ((nurse, "health", "physical"), (psychologist, "counselling", "psychosocial")):
        row = _note(person, placed[OWN], kind, bimbingan)
        world.things["note"][person.active_memberships[0].role, OWN] = {"pk": row.pk}


def _note(by: User, case: Case, kind: str, bimbingan: str) -> Note:
    values = {"variant": "check" if kind == "health" else "summary", "account": "Seperti biasa."}
    on = case.institution.today()
    return notes.write(case=case, kind=NoteKind(kind), bimbingan=bimbingan, on=on, values=values, by=by)


def _written(by: User, case: Case) -> dict[str, int]:
    on = case.institution.today()
    obstacle = obstacles.name(case=case, bimbingan="social", on=on, text="Jarang hadir.", effort="Diingatkan.", by=by)
    court = courts.plan(case=case, values={"kind": "hearing", "on": on, "agenda": "Pemeriksaan saksi"}, by=by)
    words = {"on": on, "title": "Rancangan", "aim": "Asesmen.", "content": "Langkah."}
    process = processes.save(code="B.b", values=words, cases=[case], by=by)
    note = _note(by, case, "counselling", "psychosocial")
    return {"note": note.pk, "obstacle": obstacle.pk, "court": court.pk, "process_record": process.pk}
