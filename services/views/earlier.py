"""A scan of a paper from before the system is added to a stage."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rehsos import doors
from services import scans
from services.forms.base import tried
from services.forms.opening import ScanForm
from services.pages import before, links
from services.views import fetch, readers
from services.views.stage import page


@doors.roles(*readers.CASES, methods=("POST",))
def earlier_scan(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = fetch.case(request, number, "stage"), fetch.stage(stage)
    act = before.act(home)
    form = ScanForm(request.POST, request.FILES, user=request.user, act=act, subject=case, auto_id=f"{act}-%s")
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("title", "on", "file")}
        if tried(form, scans.add, case=case, stage=home, by=request.user, key=data["form_key"], **values):
            messages.success(request, _("Pindaian disimpan."))
            return redirect(links.stage(case, home, "sebelum-sistem"))
    return page(request, case, home, form)
