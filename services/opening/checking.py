"""What of a list is new to a UPT, what it has already, what cannot be taken over yet: a few queries for all rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases import soundness
from cases.crypto import blind_index
from cases.enums import Stage, Status, StayEnd
from cases.models import Case, Client, Stay
from cases.names import fold
from services.models import House
from services.opening.rows import Row

PERSON = (
    "name sex birth_place birth_on estimated_age nik religion education address regency "
    "guardian_name guardian_relation guardian_phone"
).split()
ORDER = "order_number order_by order_on order_until_on".split()


class Answer(Enum):
    NEW, KNOWN, WRONG = "new", "known", "wrong"


@dataclass
class Checked:
    """A row with its answer; ``told`` says why it is known, ``client_pk`` is who is registered without an open case."""

    row: Row
    answer: Answer = Answer.NEW
    told: str = ""
    case_number: str = ""
    client_pk: int | None = None
    worker: User | None = None

    @property
    def name(self) -> str:
        return self.row.cells.get("name", "")


@dataclass
class Known:
    """Somebody whom the register, or an earlier row, holds."""

    nik_index: str
    old_number: str
    age: Any
    client_pk: int | None = None
    case_number: str = ""
    line: int = 0


@dataclass
class Register:
    """Everybody in a UPT, by what tells one person from another."""

    by_nik: dict[str, Known] = field(default_factory=dict)
    by_old_number: dict[str, Known] = field(default_factory=dict)
    by_name: dict[tuple[str, Any], list[Known]] = field(default_factory=dict)

    def add(self, known: Known, name: str, born: Any) -> None:
        if known.nik_index:
            self.by_nik[known.nik_index] = known
        if known.old_number:
            self.by_old_number[known.old_number] = known
        self.by_name.setdefault((name, born), []).append(known)

    def find(self, one: Known, name: str, born: Any) -> Known | None:
        """The same old number, the same NIK, or the same name and birth where neither number says they are two."""
        found = self.by_old_number.get(one.old_number) or self.by_nik.get(one.nik_index)
        return found or next((other for other in self.by_name.get((name, born), ()) if _may_be(one, other)), None)


def _may_be(one: Known, other: Known) -> bool:
    pairs = ((one.nik_index, other.nik_index), (one.old_number, other.old_number))
    return not any(mine and theirs and mine != theirs for mine, theirs in pairs)


def checked(rows: Iterable[Row], institution: Institution) -> list[Checked]:
    """Every row with its answer, in the order of the list."""
    register, workers, houses = _register(institution), _workers(institution), _houses(institution)
    return [_checked(row, institution, register, workers, houses) for row in rows]


def _checked(
    row: Row, institution: Institution, register: Register, workers: dict[str, User], houses: dict[str, str]
) -> Checked:
    found = Checked(row, worker=workers.get(str(row.get("worker") or "").casefold()))
    if row.get("worker") and found.worker is None:
        row.fault("worker", _("bukan pekerja sosial UPT ini hari ini; pakai nama penggunanya"))
    if (house := row.get("house")) and houses:
        if fold(house) in houses:
            row.values["house"] = houses[fold(house)]
        else:
            row.fault("house", _("belum ada di Sarana; tambahkan dahulu, atau pakai namanya yang sama"))
    row.faults += [("", words) for words in _too_long(row, institution)]
    who = _known(row, institution)
    name, born = fold(row.get("name") or ""), row.get("birth_on") or ("age", row.get("estimated_age"))
    same = register.find(who, name, born) if row.get("name") else None
    if same and same.case_number:
        found.answer, found.case_number = Answer.KNOWN, same.case_number
        found.told = _("sudah ada: kasus %s") % same.case_number
    elif same and same.line:
        row.faults.append(("", _("orang yang sama sudah ada di baris %s") % same.line))
    elif same:
        found.client_pk = same.client_pk
        found.told = _("sudah terdaftar; kasusnya ditambahkan")
    if row.faults and found.answer == Answer.NEW:
        found.answer = Answer.WRONG
    elif found.answer == Answer.NEW:
        register.add(who, name, born)
    return found


def _known(row: Row, institution: Institution) -> Known:
    """The row as others below it are compared with it."""
    index = blind_index(row.get("nik")) if row.get("nik") and not row.has_fault("nik") else ""
    return Known(index, row.get("old_number") or "", row.get("estimated_age"), line=row.number)


def _register(institution: Institution) -> Register:
    """All clients with their open case and the old number of any case that was taken over."""
    open_case = Case.objects.filter(client=OuterRef("pk"), closed_on__isnull=True).values("number")[:1]
    # The last case that was taken over tells the old number, whether it is still open or not.
    taken = Case.objects.filter(client=OuterRef("pk"), opening__isnull=False).order_by("-pk")
    rows = Client.objects.filter(institution=institution, is_merged=False).annotate(
        open_number=Subquery(open_case),
        old_number=Subquery(taken.values("opening__old_number")[:1]),
        taken_number=Subquery(taken.values("number")[:1]),
    )
    names = ("pk", "folded_name", "birth_on", "estimated_age", "nik_index", "open_number", "old_number", "taken_number")
    register = Register()
    for pk, name, birth_on, age, index, number, old, taken_number in rows.order_by("pk").values_list(*names):
        known = Known(index, old or "", age, client_pk=pk, case_number=number or taken_number or "")
        register.add(known, name, birth_on or ("age", age))
    return register


def _workers(institution: Institution) -> dict[str, User]:
    """The social workers of today by the name they sign in with."""
    today = institution.today()
    rows = institution.memberships.filter(role=Role.SOCIAL_WORKER, user__is_active=True).select_related("user")
    return {row.user.username.casefold(): row.user for row in rows if row.holds_on(today)}


def _houses(institution: Institution) -> dict[str, str]:
    """The houses in use by their folded name; where a UPT has none yet, any name goes."""
    rows = House.objects.filter(institution=institution, retired_on__isnull=True)
    return {fold(name): name for name in rows.values_list("name", flat=True)}


# --- A row as rows of the database ----------------------------------------------------------------------------------
def client_of(row: Row, institution: Institution) -> Client:
    """The person, not saved and without a number."""
    given = {name: row.values[name] for name in PERSON if name in row.values}
    client = Client(institution=institution, is_protected=row.get("is_protected") == "yes", **given)
    client.estimated_age = None if client.birth_on else client.estimated_age
    client.estimated_on = institution.today() if client.estimated_age is not None else None
    return client


def case_of(row: Row, institution: Institution) -> Case:
    """The case where it stands, not saved and without a number, client or episode."""
    stage = row.stage or Stage.INTAKE
    started = row.get("first_contact_on")
    return Case(
        institution=institution,
        service_kind=institution.service_kind,
        way_in=row.get("way_in") or "",
        sender=row.get("sender") or "",
        first_contact_on=started,
        opened_on=started,
        stage=stage,
        stage_since_on=row.since(stage),
        round=row.get("round") or 1,
        status=_status(stage),
        version=1,
        taken_over_on=institution.today(),
        **{name: row.values[name] for name in ORDER if name in row.values},
    )


def stay_of(row: Row, case: Case) -> Stay | None:
    if not row.get("placed_on"):
        return None
    left = row.get("left_on")
    return Stay(
        case=case,
        institution=case.institution,
        house=row.get("house") or "",
        room=row.get("room") or "",
        placed_on=row.get("placed_on"),
        left_on=left,
        end=StayEnd.COMPLETED if left else "",
    )


def _status(stage: Stage) -> Status:
    return {Stage.INTAKE: Status.CANDIDATE, Stage.AFTERCARE: Status.AFTERCARE}.get(stage, Status.ACTIVE)


def _too_long(row: Row, institution: Institution) -> list[str]:
    """What the columns of the database demand, where the row has the values at all."""
    asked = {"number", "folded_name", "opened_on", "stage_since_on", "first_contact_on", "birth_on"}
    asked |= {"way_in", "sex", "name"} - set(row.values)
    made = [client_of(row, institution), case_of(row, institution)]
    stay = stay_of(row, made[1])
    models = [*made, *([stay] if stay else [])]
    titles = {soundness.title(field) for one in models for field in one._meta.concrete_fields if field.name in asked}
    words = [fault for one in models for fault in soundness.faults(one)]
    lengths = {"notes": (row.get("notes") or "", 2000), "old_number": (row.get("old_number") or "", 60)}
    for key, (value, most) in lengths.items():
        if len(value) > most:
            row.fault(key, _("lebih dari %s huruf") % most)
    return [fault for fault in words if fault.partition(":")[0] not in titles]
