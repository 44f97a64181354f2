"""The orders on which a client is held: their history, and one that holds from now on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import doors, formatting
from services import orders, permissions
from services.forms.base import tried
from services.forms.orders import OrderForm
from services.models.order import OrderKind
from services.pages import links
from services.views import fetch, readers


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def placement_orders(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "placement_orders")
    initial = {"kind": OrderKind.EXTENSION if case.order_number else OrderKind.REPLACEMENT, "issued_by": case.order_by}
    form = OrderForm(fetch.posted(request), initial=initial, user=request.user, act="order_change", subject=case)
    if form.is_bound and form.is_valid():
        words = {"values": form.values(), "by": request.user, "key": form.cleaned_data["form_key"]}
        if row := tried(form, orders.change, case=case, **words):
            messages.success(request, _("Tercatat; berlaku sampai %s.") % formatting.long_date(row.until_on))
            return redirect("services:placement_orders", number)
    if form.is_bound:
        fetch.seen_case(request, case, "placement_orders")
    context = {
        "case": case,
        "form": form,
        "rows": orders.of(case),
        "may_change": not case.is_closed and not permissions.why_not_log(request.user, case),
        "crumbs": [*links.crumbs(case), (_("Penetapan"), "")],
    }
    return render(request, "services/placement_orders.html", context, status=422 if form.is_bound else 200)
