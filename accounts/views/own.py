"""What is a person's own: their page, their password, their session."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import mfa, passwords
from accounts.forms.passwords import OwnPasswordForm
from accounts.views import fetch
from rehsos import doors


@doors.signed_in(methods=("GET", "POST"))
def account(request: HttpRequest) -> HttpResponse:
    """One's own name, NIP and roles, and a new password."""
    form = OwnPasswordForm(request.user, fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        person = passwords.change(person=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, person)
        messages.success(request, _("Kata sandi sudah diganti."))
        return redirect("accounts:account")
    context = {"form": form, "is_enrolled": mfa.is_enrolled(request.user)}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@doors.signed_in(methods=("POST",))
def session(request: HttpRequest) -> HttpResponse:
    """A sign of life from a page that is only being read; the policies have noted it already."""
    return HttpResponse(status=204)
