"""A UPT begins: which steps are done and which are missing, each with the page which does it."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.authority import MANAGERS
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, User
from accounts.views import tabs
from rehsos import doors
from services import beginning
from services.pages import start as steps_of


@doors.roles(*MANAGERS)
def start(request: HttpRequest) -> HttpResponse:
    """Of one's own UPT; the administrator chooses, and begins with one that is not ready."""
    upts = list(_in_reach(request.user))
    upt = _chosen(request, upts)
    steps = steps_of.steps(request.user, upt) if upt else []
    context = {
        "upt": upt,
        "upts": upts if len(upts) > 1 else [],
        "steps": steps,
        "ready": sum(step.state != steps_of.MISS for step in steps),
        "may_report": request.user.has_role(Role.HEAD, Role.ADMIN_OFFICE),
        "tabs": tabs.of(request, "services:start"),
    }
    return render(request, "services/start.html", context)


def _in_reach(user: User) -> QuerySet[Institution]:
    upts = beginning.with_gaps(Institution.objects.filter(kind=InstitutionKind.UPT))
    return upts if user.has_role(Role.ADMINISTRATOR) else upts.filter(pk=getattr(user.institution, "pk", None))


def _chosen(request: HttpRequest, upts: list[Institution]) -> Institution | None:
    code = request.GET.get("upt")
    if code is None:
        return next((upt for upt in upts if upt.is_unready), upts[0] if upts else None)
    found = next((upt for upt in upts if upt.code == code), None)
    if found is None:
        raise Http404(_("Lembaga tidak ditemukan."))
    return found
