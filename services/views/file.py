"""The only way a kept file goes out: to those who may see the activity it belongs to, and never unseen."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _

from cases import files
from rehsos import doors
from services.models import Activity
from services.views import fetch, readers


@doors.roles(*readers.WORKLOG)
def file(request: HttpRequest, pk: UUID) -> FileResponse:
    activity = Activity.objects.visible_to(request.user).select_related("evidence").filter(evidence=pk).first()
    if activity is None or not files.path(activity.evidence).is_file():
        raise Http404(_("Berkas tidak ditemukan."))
    fetch.seen(request, "file", [fetch.activity_subject(activity)])
    return files.serve(activity.evidence)
