"""Deny by default: every view declares who may use it, and this middleware holds it to that."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from rehsos import clock, doors, errors

SINCE, SEEN, KEPT = "signed_in_at", "seen_at", "kept_post"


class Policies:
    """Middleware: sign-in, session limits, roles and methods, in this order, before the view."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        policy: doors.Policy | None = getattr(view, "policy", None)
        if policy is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} does not declare who may use it")
        if not policy.public:
            if request.user.is_authenticated and is_over(request.session):
                logout(request)
                messages.info(request, _("Sesi berakhir karena lama tidak dipakai. Silakan masuk lagi."))
            if not request.user.is_authenticated:
                is_page = request.method != "POST" or not policy.for_script
                return to_sign_in(request) if is_page else HttpResponse(status=401)
            if policy.roles and policy.roles.isdisjoint(request.user.roles):
                raise PermissionDenied(_("Halaman ini untuk peran lain. Hubungi kepala UPT bila ini tugas Anda."))
        if not policy.allows_method(request.method):
            return not_this_way(request, policy)
        if request.method == "POST" and request.session.get(KEPT, {}).get("path") == request.get_full_path():
            del request.session[KEPT]  # on its way again; from here on the page itself keeps the text
        return None


def begin(session) -> None:
    """Start both clocks of a fresh session."""
    session[SINCE] = session[SEEN] = clock.now().timestamp()


def is_over(session) -> bool:
    """Whether a session was left alone too long or is too old; a living one is noted as seen now.

    The note is written at most once a minute, so that reading pages does not write to the database. A clock set
    back must not make sessions immortal, so a time in the future is replaced too.
    """
    now = clock.now().timestamp()
    since, seen = session.setdefault(SINCE, now), session.setdefault(SEEN, now)
    if now - since > settings.ABSOLUTE_SECONDS or now - seen > settings.IDLE_SECONDS:
        return True
    if abs(now - seen) > _noted_after():
        session[SEEN] = now
    return False


def safe_seconds() -> int:
    """How long a page may surely lie open: its reader may have been noted a little before they opened it."""
    return int(settings.IDLE_SECONDS - _noted_after())


def _noted_after() -> float:
    return min(60, settings.IDLE_SECONDS / 10)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in page and back here; a form posted meanwhile waits for the person who filled it."""
    # A fragment's own address is no page to come back to.
    is_page = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
    target = request.get_full_path() if is_page else "/"
    if keep(request):
        target = resolve_url("accounts:resume")
    return away(request, f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': target})}")


def keep(request: HttpRequest) -> bool:
    """Put a posted form aside for the person who filled it; whether there was one."""
    is_form = request.method == "POST" and not request.resolver_match.func.policy.for_script
    owner = doors.key_owner(request.POST.get("form_key", "")) if is_form else None
    if owner:
        fields = [(name, values) for name, values in request.POST.lists() if name not in errors.NEVER_REPEATED]
        request.session[KEPT] = {
            "owner": owner,
            "path": request.get_full_path(),
            "before": urlsplit(errors.page_before(request))._replace(scheme="", netloc="").geturl(),
            "fields": fields,
        }
    return bool(owner)


def away(request: HttpRequest, address: str) -> HttpResponse:
    """Send the whole page elsewhere; a redirect would put the other page into a fragment's place."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return HttpResponse(status=302, headers={"Location": address})


def not_this_way(request: HttpRequest, policy: doors.Policy) -> HttpResponse:
    """405 in words, with the methods that are allowed."""
    words = _("Halaman ini tidak menerima cara pengiriman itu. Buka lagi halamannya dari menu.")
    answer = errors.page(request, 405, _("Cara tidak diterima"), words)
    answer.headers["Allow"] = ", ".join(policy.methods)
    return answer
