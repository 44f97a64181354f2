"""Setting up, renewing and switching off one's own second factor."""

from allauth.mfa.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import mfa, qr
from accounts.forms.keyed import tried
from accounts.forms.second_factor import ConfirmedForm, EnrolForm
from accounts.views import fetch
from rehsos import doors

TO_SHOW = "recovery_codes_of"


@doors.signed_in(methods=fetch.FORM)
def second_factor(request: HttpRequest) -> HttpResponse:
    """The QR code and the secret until the phone proves that it has them; then what there is to do."""
    user = request.user
    if mfa.is_enrolled(user):
        return _enrolled(request)
    secret = mfa.pending_secret(request.session)
    form = EnrolForm(fetch.posted(request), user=user, act="enrol", subject=user, secret=secret)
    if request.method == "POST" and form.is_valid():
        key, session = form.cleaned_data["form_key"], request.session
        if tried(form, mfa.enrol, person=user, secret=secret, session_key=session.session_key, key=key):
            mfa.spend(user, form.cleaned_data["code"])
            session.pop(mfa.PENDING, None)
            session[mfa.PROVED] = session[TO_SHOW] = user.pk
            return redirect("accounts:recovery_codes")
    address = get_adapter().build_totp_url(user, secret)
    side, path = qr.outline(address)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "address": address, "side": side, "path": path, "secret": groups}
    context["is_obliged"] = mfa.is_obliged(user)
    return render(request, "accounts/second_factor.html", context, status=422 if form.is_bound else 200)


@doors.signed_in(methods=fetch.FORM)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes for a lost phone, shown once after they were made; new ones on request."""
    user = request.user
    if not mfa.is_enrolled(user):
        return redirect("accounts:second_factor")
    form = ConfirmedForm(fetch.posted(request), user=user, act="recovery_codes", subject=user)
    if request.method == "POST" and form.is_valid():
        if tried(form, mfa.renew_recovery_codes, person=user, key=form.cleaned_data["form_key"]):
            request.session[TO_SHOW] = user.pk
            return redirect("accounts:recovery_codes")
    shown = mfa.recovery_codes(user) if request.session.pop(TO_SHOW, None) == user.pk else []
    context = {"form": form, "codes": shown}
    return render(request, "accounts/recovery_codes.html", context, status=422 if form.is_bound else 200)


@doors.signed_in(methods=fetch.FORM)
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Back to the password alone, where the role allows it."""
    user = request.user
    form = ConfirmedForm(fetch.posted(request), user=user, act="second_factor_off", subject=user)
    if request.method == "POST" and form.is_valid():
        if tried(form, mfa.remove, person=user, key=form.cleaned_data["form_key"]):
            request.session.pop(mfa.PROVED, None)
            messages.success(request, _("Kode masuk sudah dimatikan."))
            return redirect("accounts:account")
    context = {"form": form, "is_obliged": mfa.is_obliged(user)}
    return render(request, "accounts/second_factor_off.html", context, status=422 if form.is_bound else 200)


def _enrolled(request: HttpRequest) -> HttpResponse:
    context = {
        "left": len(mfa.recovery_codes(request.user)),
        "is_obliged": mfa.is_obliged(request.user),
        "is_missing": mfa.is_missing(request),
    }
    return render(request, "accounts/second_factor_on.html", context)
