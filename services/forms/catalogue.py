"""The filter of the catalogue page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Stage
from services.catalogue import CATALOGUE, ActivityItem, Group, for_stage, matching

SUPPORTING = Group.SUPPORTING.value


class CatalogueFilter(forms.Form):
    """Words and a stage; what is left empty, or makes no sense, leaves nothing out."""

    q = forms.CharField(label=_("Kata atau kode"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Tahap"),
        required=False,
        choices=[
            ("", _("Semua")),
            *((stage.value, f"{stage.letter} {stage.label}") for stage in Stage),
            (SUPPORTING, Group.SUPPORTING.label),
        ],
    )

    def found(self) -> tuple[ActivityItem, ...]:
        """The activities that pass the filter, in printed order."""
        self.is_valid()
        stage = self.cleaned_data.get("stage", "")
        if stage == SUPPORTING:
            items = tuple(item for item in CATALOGUE.values() if item.group == Group.SUPPORTING)
        else:
            items = for_stage(stage) if stage else tuple(CATALOGUE.values())
        return matching(self.cleaned_data.get("q", ""), items)
