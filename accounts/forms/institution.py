"""The form of an institution: what differs between UPTs, as far as its reader may change it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind
from accounts.forms.keyed import KeyedForm, column
from accounts.institutions import FOUNDING, OWN, fields_for
from accounts.models import Institution
from accounts.patterns import CODE, ZONES, written

RHYTHMS = ((1, _("Setiap bulan")), (3, _("Setiap tiga bulan")), (6, _("Setiap enam bulan")), (12, _("Setiap tahun")))
PATTERNS = ("client_number_pattern", "case_number_pattern", "letter_number_pattern")


class InstitutionForm(KeyedForm):
    """Changes to an institution. Patterns are tried by their columns' own validators."""

    name = column(Institution, "name")
    service_kind = column(Institution, "service_kind")
    time_zone = forms.ChoiceField(label=_("Zona waktu"), choices=list(ZONES.items()))
    letterhead = column(
        Institution,
        "letterhead",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Baris di atas nama UPT: pemerintah provinsi, lalu nama dinas. Satu baris per tingkat."),
    )
    address = column(Institution, "address")
    contact = column(Institution, "contact")
    city = column(Institution, "city", help_text=_("Kota di depan tanggal surat."))
    client_term = column(Institution, "client_term", help_text=_("Misalnya penerima manfaat, klien, atau PM."))
    client_number_pattern = column(Institution, "client_number_pattern")
    case_number_pattern = column(Institution, "case_number_pattern")
    letter_number_pattern = column(Institution, "letter_number_pattern")
    admin_requirements = column(
        Institution,
        "admin_requirements",
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Daftar periksa saat seleksi, satu persyaratan per baris."),
    )
    progress_months = forms.TypedChoiceField(label=_("Irama lembar perkembangan"), choices=RHYTHMS, coerce=int)
    aftercare_months = column(
        Institution,
        "aftercare_months",
        help_text=_("Kunjungan pada bulan ke berapa sesudah keluar, dipisah koma, misalnya 1,3,6,12."),
    )
    emergency_days = column(
        Institution,
        "emergency_days",
        label=_("Batas berkas penerimaan darurat"),
        min_value=1,
        max_value=365,
        help_text=_("Dalam hari sesudah masuk; sesudah itu masuk tunggakan."),
    )
    return_days = column(
        Institution,
        "return_days",
        label=_("Batas kembali sesudah pergi tanpa izin"),
        min_value=1,
        max_value=365,
        help_text=_("Dalam hari; sesudah itu kembalinya menjadi kasus baru."),
    )

    shifts = column(
        Institution,
        "shifts",
        help_text=_("Nama dan jam mulai, dipisah koma, misalnya Pagi 07.00, Siang 14.00, Malam 21.00."),
    )

    fieldsets = (
        (_("Lembaga"), (("code", "kind"), "name", ("service_kind", "time_zone"))),
        (_("Kop surat"), ("letterhead", "address", ("contact", "city"))),
        (_("Nomor"), PATTERNS),
        (
            _("Pelayanan"),
            (
                "client_term",
                "admin_requirements",
                ("progress_months", "aftercare_months"),
                ("emergency_days", "return_days"),
                "shifts",
            ),
        ),
    )

    def __init__(self, *args: Any, institution: Institution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = fields_for(self.user)
        for name in [name for name in FOUNDING + OWN if name not in allowed]:
            del self.fields[name]
        shown = institution or Institution(code="UPT")
        for name in PATTERNS:
            self.fields[name].help_text = _example(shown, name)
        if shown.progress_months not in dict(RHYTHMS):
            present = (shown.progress_months, _("Setiap %d bulan") % shown.progress_months)
            self.fields["progress_months"].choices = [*RHYTHMS, present]
        self.initial = {name: getattr(shown, name) for name in allowed} | self.initial

    def clean_admin_requirements(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["admin_requirements"].splitlines()]
        lines = [line for line in lines if line]
        if len(set(lines)) < len(lines):
            raise ValidationError(_("Ada persyaratan yang tertulis dua kali."))
        return "\n".join(lines)

    def clean_aftercare_months(self) -> str:
        return ",".join(month.strip() for month in self.cleaned_data["aftercare_months"].split(","))

    def values(self) -> dict[str, Any]:
        """The columns of the institution."""
        return {name: self.cleaned_data[name] for name in FOUNDING + OWN if name in self.cleaned_data}


class NewInstitutionForm(InstitutionForm):
    """A UPT that joins."""

    code = forms.RegexField(
        f"^{CODE.pattern}$",
        label=_("Kode"),
        help_text=_("2–12 huruf besar atau angka. Berdiri di depan nomor kasus dan tidak dapat diubah lagi."),
        error_messages={"invalid": _("2–12 huruf besar atau angka, dimulai dengan huruf.")},
    )
    kind = column(Institution, "kind", choices=InstitutionKind.choices)


def _example(institution: Institution, name: str) -> str:
    """What the present pattern makes, so that nobody has to guess what the braces do."""
    year = institution.today().year
    number = written(getattr(institution, name), code=institution.code, year=year, seq=7)
    return _("Sekarang menghasilkan %s.") % number
