"""The home of instructors, house officers, nurses and psychologists: their own work of the month."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from services import worktime
from services.catalogue import CATALOGUE
from services.homes import meetings
from services.homes.home import Home, figure
from services.models import Activity

SHOWN = 8


def build(user: User) -> Home:
    month = worktime.of_month(user, user.institution.today())
    latest = Activity.objects.visible_to(user).filter(by=user)[:SHOWN]
    worklog = reverse("services:activity_list")
    context = {
        "figures": [
            figure(month["number"], _("kegiatan bulan ini"), worklog),
            figure(month["minutes"], _("menit tercatat bulan ini"), worklog),
        ],
        "meetings": meetings.of(user),
        "latest": [(activity, CATALOGUE.get(activity.code)) for activity in latest],
    }
    return Home("services/home_staff.html", context)
