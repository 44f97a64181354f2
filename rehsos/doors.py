"""Doors everyone goes through: who may use a URL, keys that make a form answerable once, safe redirects, refusals."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

READ = ("GET",)


# --- Who may use a URL ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Policy:
    """Who may use a URL and with which methods; HEAD goes wherever GET goes."""

    public: bool = False
    roles: frozenset[str] = frozenset()  # empty: everyone who is signed in
    methods: tuple[str, ...] = READ
    for_script: bool = False  # posted to by a script of ours: signed out, 401 instead of the sign-in page

    def allows_method(self, method: str | None) -> bool:
        return ("GET" if method == "HEAD" else method) in self.methods


def _declare(view: Callable, policy: Policy) -> Callable:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def public(view: Callable | None = None, *, methods: Iterable[str] = READ) -> Callable:
    """``@public`` or ``@public(methods=("GET", "POST"))``: nobody needs to sign in."""
    policy = Policy(public=True, methods=tuple(methods))
    return _declare(view, policy) if view else lambda view: _declare(view, policy)


def signed_in(view: Callable | None = None, *, methods: Iterable[str] = READ, for_script: bool = False) -> Callable:
    """``@signed_in`` or ``@signed_in(methods=...)``: everyone who is signed in."""
    policy = Policy(methods=tuple(methods), for_script=for_script)
    return _declare(view, policy) if view else lambda view: _declare(view, policy)


def roles(*names: str, methods: Iterable[str] = READ) -> Callable:
    """``@roles(Role.HEAD, methods=("GET", "POST"))``: holders of one of these roles; 403 for others."""
    if not names:
        raise ValueError("roles() needs at least one role; use signed_in for everyone")
    policy = Policy(roles=frozenset(str(name) for name in names), methods=tuple(methods))
    return lambda view: _declare(view, policy)


# --- Refusals -------------------------------------------------------------------------------------------------------
class Stale(Exception):
    """Somebody was faster: answered with 409 and the person's own text."""

    def __init__(self, message: str, *, by: str = "", at: datetime | None = None) -> None:
        super().__init__(message)
        self.message, self.by, self.at = message, by, at


class Refused(Exception):
    """The rules do not allow this act: answered with 422, the reasons and the person's own text."""

    def __init__(self, reasons: str | Iterable[str]) -> None:
        self.reasons: list[str] = [reasons] if isinstance(reasons, str) else [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


class TooMany(Exception):
    """Too many tries: answered with 429; ``retry_after`` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


# --- Form keys ------------------------------------------------------------------------------------------------------
def form_key(user: Model, form: str, obj: object) -> str:
    """A fresh key (at most 80 characters) for one showing of ``form`` about ``obj`` to ``user``."""
    value = f"{user.pk}.{secrets.token_urlsafe(9)}.{_fingerprint(form, obj)}"
    return _signer().sign(value)


def check_key(key: str, user: Model, form: str, obj: object) -> str:
    """``key`` itself if it was made for this user, form and object; else :class:`Refused`."""
    if key_owner(key) == user.pk and key.split(".")[2] == _fingerprint(form, obj):
        return key
    raise Refused(_("Formulir ini bukan dari halaman yang dibuka oleh Anda. Muat ulang halaman, lalu kirim lagi."))


def key_owner(key: str) -> int | None:
    """The primary key of the user for whom a genuine form key was made; ``None`` for any other text."""
    try:
        return int(_signer().unsign(key).split(".")[0])
    except (BadSignature, ValueError):
        return None


def key_place(key: str) -> str:
    """What a genuine form key stands for: the same text for the same form about the same object; else nothing."""
    return key.split(".")[2] if key_owner(key) else ""


def _signer() -> Signer:
    return Signer(sep=".", salt="rehsos.doors.form_key")


def _fingerprint(form: str, obj: object) -> str:
    named = f"{obj._meta.label_lower}:{obj.pk}" if isinstance(obj, Model) else str(obj)
    return hashlib.sha256(f"{form}\0{named}".encode()).hexdigest()[:12]


# --- Redirects ------------------------------------------------------------------------------------------------------
def safe_redirect(request: HttpRequest, target: str | None, fallback: str) -> HttpResponseRedirect:
    """Go to ``target`` if it lies on this very site, else to ``fallback`` (a path)."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe and target else fallback)
