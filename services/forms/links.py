"""The form of a link to a resource: an institution of the directory, or whoever is written down."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from services.forms.record import RecordForm
from services.models import Partner


class ResourceLinkForm(RecordForm):
    """Only the UPT's own directory is offered; the name of who is chosen there need not be written again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(retired_on__isnull=True) | Q(pk=self.instance.partner_id)
        self.fields["partner"].queryset = Partner.objects.filter(own, institution=self.case.institution)
        self.fields["partner"].empty_label = _("Tidak ada di direktori")
        self.fields["resource"].required = False
        self.fields["resource"].help_text = _("Boleh kosong bila lembaganya dipilih di atas.")

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        if not data.get("resource") and data.get("partner"):
            data["resource"] = data["partner"].name
        if not data.get("resource") and "resource" not in self.errors:
            self.add_error("resource", _("Pilih lembaga di direktori, atau tulis siapa yang dihubungi."))
