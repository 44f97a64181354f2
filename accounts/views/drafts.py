"""Drafts: kept while somebody types, listed for them alone, thrown away when they say so."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import drafts
from rehsos import doors, errors, formatting

SHOWN = ("line", "text")  # of what was kept: words, not the choices made beside them


@doors.signed_in(methods=("POST",), for_script=True)
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form now: 204 with the time; 409 if another page keeps the same form, 413 if too long."""
    posted = request.POST
    if doors.key_owner(posted.get("form_key", "")) != request.user.pk:
        raise doors.Refused(_("Formulir ini bukan dari halaman yang dibuka oleh Anda."))
    page, title = posted.get("draft_page", ""), posted.get("draft_title", "")
    try:
        kept = drafts.store(user=request.user, posted=posted, page=page, title=title)
    except drafts.Elsewhere as elsewhere:
        found = elsewhere.found
        return JsonResponse({"words": elsewhere.words, "draft": found.key if found else ""}, status=409)
    except drafts.TooLong:
        words = _("Isian terlalu panjang untuk disimpan sebagai draf; kirim formulirnya bila sudah selesai.")
        return JsonResponse({"words": words}, status=413)
    return HttpResponse(status=204, headers={"Draft-Saved": formatting.time_of_day(kept.saved_at)})


@doors.signed_in(methods=("POST",))
def discard(request: HttpRequest) -> HttpResponse:
    """Throw one draft away and go back to the page."""
    drafts.discard(user=request.user, place=request.POST.get("place", ""))
    return doors.safe_redirect(request, request.POST.get("next"), reverse("accounts:drafts"))


@doors.signed_in
def draft_list(request: HttpRequest) -> HttpResponse:
    """All one's own drafts with their words, those too whose form is no longer there to be filled."""
    rows = []
    for kept in request.user.drafts.unsent().order_by("-saved_at"):
        content = drafts.unsealed(kept)
        shown = [field for field in errors.kept_fields(content.fields) if field.kind in SHOWN and field.value]
        url = drafts.asking(content.page, kept.place) if content.page else ""
        rows.append({"draft": kept, "title": content.title, "words": shown, "url": url})
    context = {"rows": rows, "is_lost": "tanpa-formulir" in request.GET, "days": drafts.DAYS_KEPT}
    return render(request, "accounts/drafts.html", context)
