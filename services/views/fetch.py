"""The first line of every view on personal data: fetch within one's sight, and leave a trace of the reading."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from audit import trail
from cases.enums import Stage
from cases.models import Case, Client
from services import photos
from services.acts import case_subject
from services.models import Activity


def case(request: HttpRequest, number: str, page: str) -> Case:
    """A case the reader may see, else 404; a GET leaves an access row for the case and its client."""
    rows = Case.objects.visible_to(request.user).select_related("client", "institution")
    rows = rows.annotate(photo=photos.newest("client"))
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404(_("Kasus tidak ditemukan."))
    if request.method != "POST":
        seen_case(request, found, page)
    return found


def seen_case(request: HttpRequest, found: Case, page: str) -> None:
    """The trace itself; a refused form that comes back with the whole page leaves one too."""
    seen(request, page, [case_subject(found), client_subject(found.client)])


def client(request: HttpRequest, number: str, page: str) -> Client:
    """A client the reader may see, else 404; a GET leaves an access row."""
    found = Client.objects.visible_to(request.user).select_related("institution").filter(number=number).first()
    if found is None:
        raise Http404(_("Klien tidak ditemukan."))
    if request.method != "POST":
        seen(request, page, [client_subject(found)])
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is an answer too."""
    return request.POST if request.method == "POST" else None


def stage(slug: str) -> Stage:
    try:
        return Stage.from_slug(slug)
    except ValueError as unknown:
        raise Http404(_("Tahap tidak dikenal.")) from unknown


def seen(request: HttpRequest, page: str, subjects: Iterable[trail.Subject]) -> None:
    """One bulk insert for everything a page shows; without it there is no page."""
    shown = list(subjects)
    if shown:
        trail.seen(by=request.user, institution_id=request.user.institution.pk, page=page, subjects=shown)


def client_subject(found: Client) -> trail.Subject:
    return trail.Subject("client", found.pk, found.number)


def activity_subject(found: Activity) -> trail.Subject:
    return trail.Subject("activity", found.pk, found.code)
