"""One form for every kind of stage record."""

from django import forms

from services.forms.beds import PlacementForm
from services.forms.columns import drawn
from services.forms.layouts import LAYOUTS
from services.forms.links import ResourceLinkForm
from services.forms.progress import ProgressSheetForm
from services.forms.record import RecordForm, part_form
from services.models import Placement, ProgressSheet, ResourceLink, StageRecord

PARENTS: dict[type[StageRecord], type[RecordForm]] = {
    ProgressSheet: ProgressSheetForm,
    Placement: PlacementForm,
    ResourceLink: ResourceLinkForm,
}


def record_form(kind: type[StageRecord]) -> type[RecordForm]:
    layout = LAYOUTS[kind]
    parts = {group.relation: part_form(group) for group in layout.rows}
    parent = PARENTS.get(kind, RecordForm)
    base = type(f"{kind.__name__}Form", (parent,), {"layout": layout, "part_forms": parts})
    return forms.modelform_factory(kind, base, fields=layout.fields, formfield_callback=drawn)


FORMS: dict[type[StageRecord], type[RecordForm]] = {kind: record_form(kind) for kind in LAYOUTS}
