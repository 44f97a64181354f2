"""The form of one session: a mark for each client, read straight from what was posted, and what is told of it."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.files import Checked, CheckedFileField
from services.attending import Answer
from services.forms.base import KeyedForm
from services.forms.columns import SCALE, prose
from services.models import Session, SessionCorrection
from services.session_enums import Mark

POSTED = re.compile(r"(mark|score|note)-([0-9]{1,18})", re.ASCII)
NO_SCORE = ("", _("Nilai"))
SCORES = (NO_SCORE, *((str(value), words) for value, words in SCALE))
PHOTOS_AT_ONCE = 5


class PhotosField(CheckedFileField):
    """Several pictures at once."""

    def __init__(self, **options: Any) -> None:
        widget = forms.ClearableFileInput()
        widget.allow_multiple_selected = True
        widget.attrs["multiple"] = True
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if isinstance(one, UploadedFile)]
        if len(uploads) > PHOTOS_AT_ONCE:
            raise ValidationError(_("Paling banyak %s foto sekali kirim.") % PHOTOS_AT_ONCE)
        return [super(PhotosField, self).clean(one) for one in uploads]


def _prose(name: str, rows: int = 2, **options: Any) -> forms.Field:
    field = prose(Session._meta.get_field(name), required=False, **options)
    field.widget.attrs["rows"] = rows
    return field


class AttendanceForm(KeyedForm):
    """What is told of a session. ``answers`` are the marks; ``wish`` says that the form is only to be drawn again."""

    method = Session._meta.get_field("method").formfield(
        choices=[("", _("Tidak disebut")), *Session._meta.get_field("method").choices]
    )
    material = _prose("material")
    result = _prose("result")
    obstacle = _prose("obstacle", help_text=_("Bila diisi, tercatat juga sebagai hambatan bimbingan ini."))
    guests = forms.IntegerField(
        label=_("Peserta bukan klien"), required=False, min_value=0, max_value=5000, help_text=_("Banyaknya orang.")
    )
    guest_names = _prose("guest_names", label=_("Siapa mereka"))
    photos = PhotosField(label=_("Foto"), required=False, help_text=_("JPEG, PNG, atau PDF, paling besar 10 MB."))
    is_late_entry = forms.BooleanField(label=_("Disalin dari daftar hadir kertas"), required=False)
    find = forms.CharField(label=_("Tambah peserta di luar daftar"), max_length=80, required=False)
    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=SessionCorrection._meta.get_field("reason").max_length,
        required=False,
        help_text=_("Isi yang lama tetap tersimpan di bawah halaman ini."),
    )

    def clean_guests(self) -> int:
        return self.cleaned_data["guests"] or 0

    @property
    def wish(self) -> str:
        """``find`` or ``all-present``: buttons that work without script and save nothing."""
        wished = self.data.get("wish", "") if self.is_bound else ""
        return wished if wished in ("find", "all-present") else ""

    @property
    def answers(self) -> dict[int, Answer]:
        """What was posted for each stay; a mark that nobody knows stays, so that the write refuses it."""
        return answers_in(self.data) if self.is_bound else answers_in(self.typed_before or QueryDict())

    def told(self) -> dict[str, Any]:
        """The columns of the session."""
        names = ("method", "material", "result", "obstacle", "guests", "guest_names", "is_late_entry")
        return {name: self.cleaned_data[name] for name in names}


def answers_in(posted: Mapping[str, Any]) -> dict[int, Answer]:
    found: dict[int, dict[str, str]] = {}
    for name, value in posted.items():
        if match := POSTED.fullmatch(name):
            found.setdefault(int(match[2]), {})[match[1]] = str(value)
    return {stay: _answer(parts) for stay, parts in found.items()}


def _answer(parts: dict[str, str]) -> Answer:
    score = parts.get("score", "")
    return Answer(
        parts.get("mark", ""),
        int(score) if score.isascii() and score.isdecimal() and len(score) < 5 else None,
        parts.get("note", "").replace("\r\n", "\n"),
    )


MARKS = tuple((mark.value, mark.label) for mark in Mark)
