"""Our small middlewares: headers, the request log, and the map from exceptions to pages."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django_structlog.middlewares import RequestMiddleware

from rehsos import errors
from rehsos.inputgate import InputGate
from rehsos.policies import Policies

__all__ = ["ErrorMap", "Headers", "InputGate", "Policies", "RequestLog"]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class Headers:
    """Middleware: no page of ours is ever kept by a browser, shown elsewhere or given a device."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        patch_vary_headers(response, ("Cookie", "HX-Request"))
        return response


class RequestLog(RequestMiddleware):
    """Middleware: one line per request, with the route instead of the path and the person as a number."""

    def bind_user_id(self, request: HttpRequest) -> None:
        """Only if the view asked who it is: the log must not cost a query of its own."""
        user = getattr(request, "_cached_user", None)
        structlog.contextvars.bind_contextvars(user_id=user.pk if user else None)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        match = request.resolver_match
        return f"{request.method} {match.route if match else '(tanpa rute)'}"


class ErrorMap:
    """Middleware: an exception we know becomes its page; any other stays a fault."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return errors.respond(request, error)
