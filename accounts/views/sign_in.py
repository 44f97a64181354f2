"""Sign-in, sign-out, a form that waited for its owner, and the first password."""

from allauth.account.adapter import get_adapter
from allauth.account.stages import LoginStageController
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import drafts, passwords, sign_ins
from accounts.forms.passwords import ChosenPasswordForm
from accounts.forms.second_factor import CodeForm
from accounts.mfa import CodeStage
from accounts.models import User
from accounts.views import fetch
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


@doors.public(methods=("GET", "POST"))
def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in, for whoever has just given the right password."""
    stage = LoginStageController.enter(request, CodeStage.key)
    if stage is None or not stage.login.user.is_active:
        return redirect("accounts:login")
    person = stage.login.user
    form = CodeForm(fetch.posted(request), user=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        request.second_factor = form.authenticator.type
        return stage.exit()
    if form.errors:
        sign_ins.code_failed(person, get_adapter(request).get_client_ip(request))
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


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
    if address := _as_draft(request.user, fields, kept):
        del request.session[KEPT]
        messages.info(request, words)
        return redirect(address)
    return errors.page(request, 200, _("Kirim lagi formulir Anda"), words, keep=fields, action=kept["path"])


def _as_draft(person: User, fields: QueryDict, kept: dict) -> str:
    """The address of the form's own page with the text in it; nothing where the form keeps no drafts."""
    if "draft" not in fields:
        return ""
    page = next(filter(drafts.is_page, (kept["path"], kept["before"])), "")
    try:
        draft = drafts.store(user=person, posted=fields, page=page)
    except (drafts.Elsewhere, drafts.TooLong):
        return ""
    page = drafts.unsealed(draft).page
    return drafts.asking(page, draft.place) if page else ""


@doors.public(methods=("GET", "POST"))
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds a one-time link chooses a password that nobody else ever sees."""
    person = passwords.holder(token)
    if person is None:
        return _dead_link(request)
    form = ChosenPasswordForm(person, fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        if not passwords.choose(token=token, password=form.cleaned_data["new_password1"]):
            return _dead_link(request)
        messages.success(request, _("Kata sandi sudah terpasang. Masuklah dengan nama pengguna %s.") % person.username)
        return redirect("accounts:login")
    context = {"form": form, "person": person}
    return render(request, "accounts/set_password.html", context, status=422 if form.errors else 200)


def _dead_link(request: HttpRequest) -> HttpResponse:
    words = _("Tautan ini sudah dipakai, lewat waktunya, atau tidak utuh. Mintalah yang baru kepada administrator.")
    return errors.page(request, 404, _("Tautan tidak berlaku"), words)
