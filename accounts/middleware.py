"""Who must prove a second factor reaches nothing else before; whoever comes for a draft finds it somewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse

from accounts import mfa
from accounts.drafts import ASKED
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


class Drafts:
    """Middleware: a page may be opened with a draft in its form; where no form takes it, its words are shown anyway."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if ASKED in request.GET and response.status_code < 500 and request.user.is_authenticated:
            if request.user.draft_asked in request.user.unsent_drafts:
                return redirect(f"{reverse('accounts:drafts')}?tanpa-formulir=1")
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.method == "GET" and not view.policy.public:
            request.user.draft_asked = request.GET.get(ASKED, "")
