"""The register: look for a person first, then enter them, correct what is written, open a case."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.forms import compare
from accounts.models import User
from cases import nik, registry
from cases.enums import WayIn
from cases.models import Case, Client
from rehsos import doors
from services import candidates, merging, permissions, register, transitions
from services.forms.base import tried
from services.forms.case import ORDER, CaseForm
from services.forms.client import PERSON, ClientForm, ClientSearch, DistinctForm
from services.views import candidates as candidates_views
from services.views import fetch, readers
from services.views.paging import page_of

OPENING = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD)
FORM = ("GET", "POST")


@doors.roles(*readers.REGISTER)
def client_list(request: HttpRequest) -> HttpResponse:
    form = ClientSearch(request.GET)
    words = form.words()
    in_sight = form.narrowed(Client.objects.visible_to(request.user), request.user.institution.today())
    found = in_sight.defer("nik").prefetch_related(
        "categories", Prefetch("cases", _open_cases(request.user), "open_cases")
    )
    page = page_of(request, found)
    near = register.near(request.user, words) if words and not page.paginator.count else []
    fetch.seen(request, "client_list", map(fetch.client_subject, [*page, *near]))
    context = {
        "form": form,
        "words": words,
        "page": page,
        "rows": _with_age(request.user, page),
        "near": _with_age(request.user, near),
        "may_read_cases": request.user.has_role(*readers.CASES),
        "may_register": request.user.has_role(*registry.REGISTERING),
    }
    return render(request, "services/client_list.html", context)


@doors.roles(*registry.REGISTERING, methods=FORM)
def client_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    participant = candidates_views.participant_asked(request)
    initial = candidates.initial(participant) if participant else {"name": request.GET.get("nama", "")}
    form = ClientForm(fetch.posted(request), initial=initial, user=user, act="client_new", subject=user.institution)
    distinct = DistinctForm(fetch.posted(request))
    if request.method == "POST" and form.is_valid() & distinct.is_valid():
        client = tried(
            form,
            partial(candidates.register, participant=participant) if participant else registry.register,
            values=form.person(),
            primary=form.cleaned_data["primary"],
            others=form.cleaned_data["others"],
            by=user,
            is_compared=True,
            distinct_because=distinct.reason(),
            key=form.cleaned_data["form_key"],
        )
        if client:
            messages.success(request, _("%(name)s terdaftar dengan nomor %(number)s.") % _named(client))
            return candidates_views.onwards(client, participant)
    context = {"form": form, "distinct": distinct, "alike": _alike(request, form), "participant": participant}
    return render(request, "services/client_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*readers.REGISTER)
def client(request: HttpRequest, number: str) -> HttpResponse:
    if kept := merging.leads_to(request.user, number):
        return redirect("services:client", kept)
    return _page(request, fetch.client(request, number, "client"))


@doors.roles(*permissions.READING_NIK)
def client_nik(request: HttpRequest, number: str) -> HttpResponse:
    """The same page with the whole NIK, under a name of its own in the trail."""
    return _page(request, fetch.client(request, number, "client_nik"), with_nik=True)


def _page(request: HttpRequest, found: Client, *, with_nik: bool = False) -> HttpResponse:
    episodes = list(found.cases.visible_to(request.user).order_by("episode"))
    is_open = found.cases.open().exists()
    context = {
        "client": found,
        "sections": register.sections(found, with_nik=with_nik),
        "with_nik": with_nik,
        "may_read_nik": bool(found.nik) and permissions.may_read_nik(request.user, found),
        "doubts": nik.warnings(found.nik, found.sex, found.birth_on),
        "episodes": episodes,
        "hidden": found.cases.count() - len(episodes),
        "may_correct": request.user.has_role(*registry.REGISTERING),
        "may_open": not is_open and request.user.has_role(*OPENING),
        "may_read_cases": request.user.has_role(*readers.CASES),
        "may_merge": request.user.has_role(*merging.MERGING),
        "absorbed": list(found.absorbed.select_related("by", "merged").defer("merged__nik")),
    }
    return render(request, "services/client.html", context)


@doors.roles(*registry.REGISTERING, methods=FORM)
def client_edit(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.client(request, number, "client_edit")
    form = _edit_form(request.user, found, fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            corrected = tried(
                form,
                registry.correct,
                client=found,
                values=form.person(),
                primary=form.cleaned_data["primary"],
                others=form.cleaned_data["others"],
                by=request.user,
                version=form.cleaned_data["version"],
                key=form.cleaned_data["form_key"],
            )
        except doors.Stale as stale:
            return _overtaken(request, found, stale)
        if corrected:
            messages.success(request, _("Data %(name)s diperbarui.") % _named(corrected))
            return redirect("services:client", corrected.number)
    if form.is_bound:
        fetch.seen(request, "client_edit", [fetch.client_subject(found)])
    context = {"form": form, "client": found}
    if form.is_draft_outdated:
        context["differences"] = compare.differences(form, _edit_form(request.user, found, with_draft=False))
    return render(request, "services/client_edit.html", context, status=422 if form.is_bound else 200)


def _edit_form(user: User, found: Client, data: QueryDict | None = None, *, with_draft: bool = True) -> ClientForm:
    is_whole = permissions.may_read_nik(user, found)
    return ClientForm(
        data,
        initial=_written(found) | ({} if is_whole else {"nik": ""}),
        keeps=None if is_whole else found,
        user=user,
        act="client_edit",
        subject=found,
        version=found.version,
        with_draft=with_draft,
    )


def _overtaken(request: HttpRequest, found: Client, stale: doors.Stale) -> HttpResponse:
    """409: somebody was faster. Both texts come back, and a form that knows of theirs."""
    found.refresh_from_db()
    stored = _edit_form(request.user, found)
    form = _edit_form(request.user, found, compare.renewed(request.POST, stored))
    form.add_error(None, _("%s Bandingkan, lalu simpan lagi bila tulisan Anda yang benar.") % stale.message)
    fetch.seen(request, "client_edit", [fetch.client_subject(found)])
    context = {"form": form, "client": found, "differences": compare.differences(form, stored)}
    return render(request, "services/client_edit.html", context, status=409)


@doors.roles(*OPENING, methods=FORM)
def case_new(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.client(request, number, "case_new")
    upt = found.institution
    participant = candidates_views.participant_asked(request, found)
    initial = {"first_contact_on": upt.today(), "service_kind": upt.service_kind}
    if participant:
        initial |= {"first_contact_on": participant.event.on, "way_in": WayIn.OUTREACH}
    form = CaseForm(fetch.posted(request), initial=initial, user=request.user, act="case_new", subject=found)
    if request.method == "POST" and form.is_valid():
        names = ("way_in", "sender", "sender_letter", "first_contact_on", "service_kind", *ORDER)
        values = {name: form.cleaned_data[name] for name in names}
        key = form.cleaned_data["form_key"]
        act = partial(transitions.open, client=found)
        if participant:
            act = partial(candidates.open_case, participant=participant)
        case = tried(form, act, by=request.user, key=key, **values)
        if case:
            messages.success(request, _("Kasus %s dibuka.") % case.number)
            return redirect("services:case", case.number)
    if form.is_bound:
        fetch.seen(request, "case_new", [fetch.client_subject(found)])
    open_case = found.cases.visible_to(request.user).open().first()
    context = {"form": form, "client": found, "open_case": open_case}
    return render(request, "services/case_new.html", context, status=422 if form.is_bound else 200)


def _with_age(user: User, clients: Iterable[Client]) -> list[tuple[Client, int | None]]:
    today = user.institution.today()
    return [(client, client.age_on(today)) for client in clients]


def _open_cases(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user).open()


def _named(client: Client) -> dict[str, str]:
    return {"name": client.name, "number": client.number}


def _written(client: Client) -> dict[str, object]:
    categories = list(client.categories.all())
    return {
        **{name: getattr(client, name) for name in PERSON},
        "primary": next((row.category for row in categories if row.is_primary), ""),
        "others": [row.category for row in categories if not row.is_primary],
    }


def _alike(request: HttpRequest, form: ClientForm) -> list[register.Alike]:
    """People like the one that was typed, for a form that comes back; each shown is a reading."""
    data = getattr(form, "cleaned_data", {})
    if not form.is_bound or not data.get("name"):
        return []
    alike = register.alike(request.user, name=data["name"], birth_on=data.get("birth_on"), nik=data.get("nik", ""))
    fetch.seen(request, "client_new", (fetch.client_subject(row.client) for row in alike if row.client))
    return alike
