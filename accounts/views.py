"""Sign-in, sign-out, a form that waited for its owner, and a person's own page."""

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import sign_ins
from rehsos import doors, errors
from rehsos.policies import KEPT


class SignIn(LoginView):
    """allauth's sign-in alone, without the pages it would link to."""

    def get_context_data(self, **kwargs) -> dict:
        return super(LoginView, self).get_context_data(**kwargs)

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


login = doors.public(SignIn.as_view(), methods=("GET", "POST"))


@doors.signed_in(methods=("POST",))
def logout(request: HttpRequest) -> HttpResponse:
    """End the session and empty this browser: the next person at the desk finds nothing."""
    sign_ins.ended(request.user)
    end_session(request)
    response = redirect("accounts:login")
    # Not "cookies": that would reach every other application of the same domain.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@doors.signed_in
def resume(request: HttpRequest) -> HttpResponse:
    """Show the form that was posted after the session had ended, to the person who filled it and to nobody else."""
    kept = request.session.get(KEPT)
    if not kept or kept["owner"] != request.user.pk:
        request.session.pop(KEPT, None)
        return redirect("/")
    fields = QueryDict(mutable=True)
    for name, values in kept["fields"]:
        fields.setlist(name, values)
    words = _("Sesi Anda berakhir sebelum formulir ini diterima. Teksnya masih utuh: periksa, lalu kirim lagi.")
    return errors.page(request, 200, _("Kirim lagi formulir Anda"), words, keep=fields, action=kept["path"])


@doors.signed_in(methods=("GET", "POST"))
def account(request: HttpRequest) -> HttpResponse:
    """One's own name, NIP and roles, and a new password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            sign_ins.password_changed(request.user)
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Kata sandi sudah diganti."))
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form}, status=422 if form.errors else 200)
