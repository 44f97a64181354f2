"""The home of the office: the register in numbers, and who was entered last."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Client
from services.forms.client import CASELESS, THIS_MONTH
from services.homes.home import Home, figure, month_start

SHOWN = 8


def build(user: User) -> Home:
    today = user.institution.today()
    clients = Client.objects.visible_to(user)
    entered = Q(registered_at__date__gte=month_start(today))
    counts = clients.aggregate(all=Count("pk"), month=Count("pk", entered))
    waiting = clients.filter(cases__isnull=True).count()
    latest = list(clients.defer("nik").order_by("-registered_at", "-pk")[:SHOWN])
    listing = reverse("services:client_list")
    context = {
        "figures": [
            figure(counts["all"], _("klien terdaftar"), listing),
            figure(counts["month"], _("terdaftar bulan ini"), f"{listing}?only={THIS_MONTH}"),
            figure(waiting, _("belum punya kasus"), f"{listing}?only={CASELESS}", "wait"),
            figure(Case.objects.visible_to(user).open().count(), _("kasus terbuka"), reverse("services:case_list")),
        ],
        "latest": latest,
    }
    return Home("services/home_office.html", context, clients=latest)
