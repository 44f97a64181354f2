"""The forms of the acts on a case: submit, decide, withdraw, supervise, approve, endorse, send back, assign."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import records
from services.catalogue import CATALOGUE
from services.enums import Verdict
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field
from services.models import Decision, Request, Supervision, Transition
from services.workflow import WORKFLOW, Way, codes_of, sign_offs_of

APPROVE, ENDORSE, RETURN = "setujui", "sahkan", "kembalikan"


@dataclass(frozen=True)
class Answer:
    """A choice with the words that say what follows from it."""

    label: Any
    hint: Any = ""

    def __str__(self) -> str:
        return str(self.label)


class AnswerField(forms.ChoiceField):
    """Answers to choose from, each with its consequence; drawn as tiles by ``services/_act.html``."""

    def __init__(self, answers: dict[str, Answer] | None = None, **kwargs: Any) -> None:
        super().__init__(choices=list((answers or {}).items()), widget=forms.RadioSelect, **kwargs)


def _column(model: type, name: str, **options: Any) -> forms.Field:
    return prose(model._meta.get_field(name), **{"required": False, **options})


def _way_answers(ways: Mapping[str, Way]) -> dict[str, Answer]:
    return {key: Answer(way.label, _consequence(way)) for key, way in ways.items()}


def _ending_answers() -> dict[str, Answer]:
    dated, full = _("Perlu tanggal dan alasan."), _("Perlu semua isi tahap.")
    endings = WORKFLOW[Stage.AFTERCARE].endings
    return {key: Answer(way.label, dated if way.needs_date else full) for key, way in endings.items()}


def _consequence(way: Way) -> str:
    """What a way asks for and where it leads, in one line."""
    parts = []
    if way.papers:
        titles = [str(kind.title).lower() for kind in records.behind(codes_of(way.papers))]
        parts.append(_("Sesudah itu: %s.") % ", ".join(titles))
    if way.back_to:
        parts.append(_("Kembali ke tahap %s.") % way.back_to.label)
    if way.stays:
        parts.append(_("Kasus tetap di tahap ini."))
    if way.ends:
        parts.append(_("Kasus ditutup."))
    return " ".join(map(str, parts))


# --- The worker -----------------------------------------------------------------------------------------------------
class SubmitForm(KeyedForm):
    """The end of a stage, with a word to the supervisor."""

    reason = _column(Request, "reason", label=_("Pesan untuk supervisor"))


class EndingForm(KeyedForm):
    """The end of the case, in aftercare: how, when, why."""

    way = AnswerField(
        _ending_answers(),
        label=_("Cara kasus berakhir"),
        error_messages={"required": _("Pilih cara kasus ini berakhir.")},
    )
    event_on = day_field(
        label=_("Tanggal peristiwa"), required=False, help_text=_("Kosongkan bila bimbingan lanjut selesai.")
    )
    reason = _column(Request, "reason", help_text=_("Wajib kecuali bila bimbingan lanjut selesai."))


class DecideForm(KeyedForm):
    """What the worker proposes in the decision of a stage."""

    way = AnswerField(label=_("Usulan"), error_messages={"required": _("Pilih keputusan yang diusulkan.")})
    until_on = day_field(label=_("Diperpanjang sampai"), required=False, help_text=_("Hanya untuk perpanjangan."))
    reason = _column(Request, "reason", required=True, error_messages={"required": _("Isi alasan keputusan.")})

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = WORKFLOW[stage].decision
        ways = decision.ways if decision else {}
        self.fields["way"].choices = list(_way_answers(ways).items())
        if not any(way.needs_date for way in ways.values()):
            del self.fields["until_on"]


class WithdrawForm(KeyedForm):
    """A waiting request is taken back."""

    request = forms.IntegerField(widget=forms.HiddenInput)
    note = _column(Decision, "note", label=_("Alasan"))


# --- Supervisor and head --------------------------------------------------------------------------------------------
class VerdictForm(KeyedForm):
    """The supervisor approves or returns. ``next`` is where the page of the queue wants to go on."""

    request = forms.IntegerField(widget=forms.HiddenInput)
    next = forms.CharField(widget=forms.HiddenInput, required=False)
    choice = AnswerField(
        {
            APPROVE: Answer(_("Setujui")),
            RETURN: Answer(_("Kembalikan"), _("Tahap dibuka lagi; alasan dibaca pekerja sosial.")),
        },
        label=_("Keputusan"),
        error_messages={"required": _("Pilih setujui atau kembalikan.")},
    )
    note = _column(
        Decision, "note", label=_("Catatan supervisi"), help_text=_("Temuan, arahan, atau alasan pengembalian.")
    )

    def say_what_follows(self, answer: str, words: str) -> None:
        """Put the consequence beside one answer."""
        choices = [
            (key, Answer(one.label, words) if key == answer else one) for key, one in self.fields["choice"].choices
        ]
        self.fields["choice"].choices = choices

    @property
    def is_return(self) -> bool:
        return self.cleaned_data["choice"] == RETURN


class EndorseForm(VerdictForm):
    """The head endorses or returns."""

    choice = AnswerField(
        {
            ENDORSE: Answer(_("Sahkan"), _("Berlaku seketika.")),
            RETURN: Answer(_("Kembalikan"), _("Pekerja sosial memperbaiki, lalu mengajukan lagi.")),
        },
        label=_("Keputusan"),
        error_messages={"required": _("Pilih sahkan atau kembalikan.")},
    )
    note = _column(Decision, "note", help_text=_("Alasan wajib ditulis bila dikembalikan."))


class SuperviseForm(KeyedForm):
    """One supervision under one code, with or without a request."""

    code = forms.ChoiceField(label=_("Butir supervisi"))
    on = day_field(label=_("Tanggal"))
    verdict = forms.ChoiceField(
        label=_("Hasil"), choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.APPROVED
    )
    note = _column(Supervision, "note", required=True, error_messages={"required": _("Isi catatan supervisi.")})
    directions = _column(
        Supervision, "directions", help_text=_("Menjadi tugas bagi pekerja sosial kasus; ia menjawab, Anda menutup.")
    )
    due_on = day_field(
        label=_("Arahan ditindaklanjuti paling lambat"), required=False, help_text=_("Kosong: dalam tujuh hari.")
    )

    def __init__(self, *args: Any, stage: Stage, codes: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any code is read: an exit or a new version is supervised under one of another stage, and the act refuses all
        # that is not asked for.
        known = [code for step in WORKFLOW.values() for code in sign_offs_of(step)]
        self.fields["code"].choices = [(code, CATALOGUE[code].label) for code in known]
        shown = codes or sign_offs_of(WORKFLOW[stage])
        self.fields["code"].widget.choices = [(code, CATALOGUE[code].label) for code in shown]
        self.initial.setdefault("on", self.user.institution.today())


class SendBackForm(KeyedForm):
    """The case goes to an earlier stage."""

    to_stage = forms.ChoiceField(label=_("Ke tahap"))
    reason = _column(
        Transition,
        "reason",
        label=_("Alasan"),
        required=True,
        error_messages={"required": _("Isi alasan mundur tahap.")},
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any stage is read, so that a second click is answered like the first; only the possible ones are offered.
        self.fields["to_stage"].choices = Stage.choices
        self.fields["to_stage"].widget.choices = [(to.value, to.label) for to in WORKFLOW[stage].back_to]


class AssignForm(KeyedForm):
    """Which social worker takes the case."""

    worker = forms.ModelChoiceField(User.objects.none(), label=_("Pekerja sosial"), empty_label=_("Pilih…"))
    only = forms.BooleanField(
        label=_("Jadikan satu-satunya: tugas pekerja sosial lain pada kasus ini berakhir hari ini"),
        required=False,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = case.institution.memberships.filter(role=Role.SOCIAL_WORKER)
        self.fields["worker"].queryset = User.objects.filter(is_active=True, memberships__in=members).distinct()
