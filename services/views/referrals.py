"""Referrals: those in sight, those of one case, a new one, one with its course and what may be done next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.models import Case
from rehsos import doors
from services.acts import case_subject
from services.filters import chips
from services.forms.base import KeyedForm, tried
from services.forms.referrals import CourseActForm, CourseFilter, DesignForm
from services.models import ReferralCourse
from services.pages import links
from services.pages.box import Box
from services.referral_enums import CourseAct
from services.referrals import course
from services.views import fetch, readers
from services.views.case import around
from services.views.paging import page_of

# The act as the address calls it.
SLUGS = {
    "lanjutkan": CourseAct.OVERRIDDEN,
    "kirim": CourseAct.SENT,
    "sampai": CourseAct.RECEIVED,
    "diterima": CourseAct.ACCEPTED,
    "ditolak": CourseAct.REFUSED,
    "tidak-dijawab": CourseAct.NO_ANSWER,
    "hasil": CourseAct.ENDED,
    "hambatan": CourseAct.OBSTACLE,
    "supervisi": CourseAct.SUPERVISED,
    "laporan": CourseAct.REPORTED,
    "batal": CourseAct.CANCELLED,
}


@doors.roles(*readers.CASES)
def referrals(request: HttpRequest) -> HttpResponse:
    """Those in sight, the last first."""
    user = request.user
    known = ReferralCourse.objects.visible_to(user)
    narrowed = CourseFilter(request.GET, known, user=user)
    page = page_of(request, narrowed.qs.select_related("case__client", "partner").defer("case__client__nik"))
    fetch.seen(request, "referrals", dict.fromkeys(case_subject(row.case) for row in page))
    context = {
        "page": page,
        "form": narrowed.form,
        "chips": chips(narrowed.form, request.GET),
        "is_new": not known.exists(),
        "today": user.institution.today(),
    }
    return render(request, "services/referrals/list.html", context)


@doors.roles(*readers.CASES)
def case_referrals(request: HttpRequest, number: str) -> HttpResponse:
    """Those of one case."""
    case = fetch.case(request, number, "case_referrals")
    context = around(request, case, "case_referrals") | {
        "rows": list(case.referral_courses.select_related("partner")),
        "may_design": course.may_design(request.user, case),
        "today": case.institution.today(),
    }
    return render(request, "services/referrals/of_case.html", context)


@doors.roles(Role.SOCIAL_WORKER, methods=("GET", "POST"))
def referral_new(request: HttpRequest, number: str) -> HttpResponse:
    """Design a referral; ``?dari=`` begins with the words of an earlier one of the case."""
    case = fetch.case(request, number, "referral_new")
    form = DesignForm(
        fetch.posted(request), user=request.user, act="referral_new", subject=case, earlier=_earlier(request, case)
    )
    if form.is_bound and form.is_valid():
        words = {"values": form.content(), "by": request.user, "key": form.cleaned_data["form_key"]}
        if made := tried(form, course.design, case=case, **words):
            messages.success(request, _("Rujukan ke %s disusun; kirimkan bila suratnya siap.") % made.partner)
            return redirect("services:referral", made.pk)
    if form.is_bound:
        fetch.seen_case(request, case, "referral_new")
    back, title = reverse("services:case_referrals", args=[case.number]), _("Rujukan baru")
    crumbs = [*links.crumbs(case), (_("Rujukan"), back), (title, "")]
    context = {"form": form, "title": title, "back": back, "crumbs": crumbs}
    return render(request, "services/referrals/partner_form.html", context, status=422 if form.is_bound else 200)


@doors.roles(*readers.CASES)
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, course.in_sight(request.user, pk))


@doors.roles(*readers.CASES, methods=("POST",))
def referral_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One act on it; refused, the page comes back with what was typed."""
    found, name = course.in_sight(request.user, pk), SLUGS.get(act)
    if name is None:
        raise Http404(_("Tindakan tidak dikenal."))
    form = _form(request, found, name, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        words = {"on": data["on"], "text": data["text"], "by": request.user, "key": data["form_key"]}
        if tried(form, course.act, course=found, name=name, **words):
            messages.success(request, _("%s tercatat.") % name.label)
            return redirect("services:referral", pk)
    return _page(request, found, form)


def _earlier(request: HttpRequest, case: Case) -> ReferralCourse | None:
    asked = request.GET.get("dari", "")
    row = case.referral_courses.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
    return row if row and course.may_read(request.user, row) else None


def _form(request: HttpRequest, found: ReferralCourse, name: CourseAct, data: Any = None) -> CourseActForm:
    about = {"user": request.user, "act": f"referral_{name.value}", "subject": found}
    return CourseActForm(data, auto_id=f"{name.value}-%s", **about)


def _page(request: HttpRequest, found: ReferralCourse, refused: KeyedForm | None = None) -> HttpResponse:
    user, case = request.user, found.case
    fetch.seen_case(request, case, "referral")
    back = reverse("services:case_referrals", args=[case.number])
    is_over = found.state in course.IN_VAIN
    context = {
        "course": found,
        "case": case,
        "steps": found.steps.select_related("by"),
        "boxes": _boxes(request, found, refused),
        "may_read": course.may_read(user, found),
        "again_url": f"{reverse('services:referral_new', args=[case.number])}?dari={found.pk}"
        if is_over and course.may_design(user, case)
        else "",
        "today": found.institution.today(),
        "crumbs": [*links.crumbs(case), (_("Rujukan"), back), (found.partner.name, "")],
    }
    return render(request, "services/referrals/course.html", context, status=422 if refused else 200)


def _boxes(request: HttpRequest, found: ReferralCourse, refused: KeyedForm | None) -> list[Box]:
    """What may be done now; the first lies open."""
    boxes: list[Box] = []
    allowed = course.open_acts(request.user, found)
    for slug, name in SLUGS.items():
        is_this = refused is not None and refused.act == f"referral_{name.value}"
        if not is_this and name not in allowed:
            continue
        form = refused if is_this else _form(request, found, name)
        url, label = reverse("services:referral_act", args=[found.pk, slug]), str(name.label)
        fold = "" if is_this or not boxes else label
        boxes.append(Box(label, "plain" if fold else "decision", form=form, url=url, button=_("Simpan"), fold=fold))
    return boxes
