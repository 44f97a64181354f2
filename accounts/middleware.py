"""Who must prove a second factor reaches nothing else before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from accounts import mfa
from rehsos import policies

BEFORE = frozenset({"accounts:account", "accounts:second_factor", "accounts:logout", "accounts:session"})


class SecondFactor:
    """Middleware, after the policies: an obliged person without the code goes to where it is set up."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if view.policy.public or request.resolver_match.view_name in BEFORE or not mfa.is_missing(request):
            return None
        policies.keep(request)
        return policies.away(request, resolve_url("accounts:second_factor"))
