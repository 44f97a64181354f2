"""Middleware: every time on a page is told in the zone of the reader's institution, wherever the server stands."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class LocalTime:
    """After the policies: whoever gets here is known, and public pages need not ask who reads them."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if not view.policy.public and request.user.institution:
            timezone.activate(request.user.institution.time_zone)
