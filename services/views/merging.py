"""Gabung nomor: two numbers beside each other, what a merge would do, and the merge."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Client
from rehsos import doors
from services import merging, register
from services.forms.base import KeyedForm, tried
from services.views import fetch


class MergeForm(KeyedForm):
    """Which other number is the same person, and how that is known."""

    other = forms.CharField(
        label=gettext_lazy("Nomor induk yang ganda"),
        max_length=40,
        help_text=gettext_lazy("Isinya pindah ke klien ini; nomor lamanya tetap menuju ke sini."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"),
        max_length=500,
        help_text=gettext_lazy("Bagaimana Anda tahu bahwa keduanya satu orang."),
    )


@doors.roles(*merging.MERGING, methods=("GET", "POST"))
def client_merge(request: HttpRequest, number: str) -> HttpResponse:
    kept = fetch.client(request, number, "client_merge")
    initial = {"other": request.GET.get("dengan", "")}
    form = MergeForm(fetch.posted(request), initial=initial, user=request.user, act="client_merge", subject=kept)
    typed = form["other"].value() or ""
    other = _other(request, typed, kept)
    if form.is_bound and form.is_valid():
        if other is None:
            form.add_error("other", _("Nomor ini tidak ada di register UPT."))
        elif row := tried(
            form,
            merging.merge,
            kept=kept,
            merged=other,
            reason=form.cleaned_data["reason"],
            by=request.user,
            key=form.cleaned_data["form_key"],
        ):
            messages.success(request, _("Nomor %s digabung; isinya ada di klien ini.") % row.merged.number)
            return redirect("services:client", kept.number)
    fetch.seen(request, "client_merge", [fetch.client_subject(one) for one in (kept, other) if one])
    context = {
        "client": kept,
        "other": other,
        "form": form,
        "alike": [] if other else _alike(request, kept),
        "sides": _sides(kept, other) if other else [],
        "preview": merging.preview(kept, other) if other else None,
        "why_not": merging.why_not_merge(request.user, other) if other else "",
    }
    return render(request, "services/client_merge.html", context, status=422 if form.is_bound else 200)


def _other(request: HttpRequest, number: str, kept: Client) -> Client | None:
    rows = Client.objects.filter(institution=request.user.institution, number=number.strip())
    return rows.exclude(pk=kept.pk).first() if number.strip() else None


def _alike(request: HttpRequest, kept: Client) -> list[register.Alike]:
    found = register.alike(request.user, name=kept.name, birth_on=kept.birth_on, nik=kept.nik)
    return [row for row in found if row.client and row.client.pk != kept.pk]


def _sides(kept: Client, other: Client) -> list[tuple[str, object, object]]:
    """Both registers, line by line."""
    pairs = zip(register.sections(kept), register.sections(other), strict=True)
    lines = [(_("Nama"), kept.name, other.name)]
    for (_title, left), (_same, right) in pairs:
        theirs = dict(right)
        lines += [(label, value, theirs.get(label, "")) for label, value in left if value or theirs.get(label)]
    return lines
