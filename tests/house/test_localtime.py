"""Times are told where the reader works."""

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.enums import Role
from rehsos import doors
from rehsos.localtime import LocalTime
from tests.accounts.people import person, upt


def zone_seen(view, user) -> str:
    request = RequestFactory().get("/")
    request.user = user
    seen = []

    def respond(request):
        middleware.process_view(request, view, (), {})
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    middleware = LocalTime(respond)
    middleware(request)
    return seen[0]


def test_a_page_tells_the_time_of_the_institution_and_leaves_no_trace(db):
    makassar = upt("MKS")
    makassar.time_zone = "Asia/Makassar"
    makassar.save()
    user = person("budi", Role.SOCIAL_WORKER, institution=makassar)
    assert zone_seen(doors.signed_in(lambda request: None), user) == "Asia/Makassar"
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"


def test_a_public_page_asks_nobody_who_they_are():
    assert zone_seen(doors.public(lambda request: None), user=None) == "Asia/Jakarta"
