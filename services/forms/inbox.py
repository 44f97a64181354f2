"""The forms of the inbox: a task for a colleague, its answer, its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from services import tasks
from services.enums import TaskSource
from services.forms.base import KeyedForm
from services.forms.columns import Prose
from services.forms.fields import day_field

ENOUGH, MORE = "close", "again"
BY_HAND = (TaskSource.OWN, TaskSource.CONFERENCE, TaskSource.INCIDENT, TaskSource.REFERRAL)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return obj.full_name


class TaskForm(KeyedForm):
    """What is asked, of whom, about which case, until when."""

    for_user = PersonField(User.objects.none(), label=_("Untuk"), empty_label=_("Pilih…"))
    case = forms.CharField(
        label=_("Nomor kasus"),
        max_length=40,
        required=False,
        help_text=_(
            "Kosongkan bila bukan tentang satu kasus. Perawat dan psikolog melihat kasus itu sebatas bagiannya."
        ),
    )
    source = forms.ChoiceField(
        label=_("Berasal dari"), choices=[(one.value, one.label) for one in BY_HAND], initial=TaskSource.OWN
    )
    text = Prose(
        label=_("Yang diminta"), max_length=4000, rows=4, error_messages={"required": _("Isi apa yang diminta.")}
    )
    due_on = day_field(label=_("Tenggat"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upt = self.user.institution
        staff = [person.pk for person in tasks.staff_of(upt)]
        self.fields["for_user"].queryset = User.objects.filter(pk__in=staff).order_by("name", "pk")
        self.fields["due_on"].widget.attrs["min"] = upt.today().isoformat()
        self.initial.setdefault("due_on", upt.today() + tasks.USUAL_DAYS)

    def clean_case(self) -> Case | None:
        number = self.cleaned_data["case"].strip()
        if not number:
            return None
        found = Case.objects.visible_to(self.user).select_related("institution").filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("Kasus ini tidak ditemukan. Periksa nomornya."))
        return found


class AnswerForm(KeyedForm):
    """What was done."""

    answer = Prose(
        label=_("Yang sudah dilakukan"),
        max_length=4000,
        rows=4,
        error_messages={"required": _("Isi apa yang sudah dilakukan.")},
    )


class SettleForm(KeyedForm):
    """Enough, or not yet."""

    verdict = forms.ChoiceField(
        label=_("Keputusan"),
        choices=[(ENOUGH, _("Cukup, tutup tugas")), (MORE, _("Minta dilengkapi"))],
        widget=forms.RadioSelect,
        initial=ENOUGH,
        error_messages={"required": _("Pilih tutup atau minta dilengkapi.")},
    )
    text = Prose(label=_("Catatan"), max_length=4000, required=False, help_text=_("Wajib bila minta dilengkapi."))

    @property
    def is_enough(self) -> bool:
        return self.cleaned_data["verdict"] == ENOUGH
