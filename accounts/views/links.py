"""One-time links, shown once to whoever made the account or took the password back."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import authority, passwords
from accounts.models import User
from rehsos import clock, doors, navigation

TO_SHOW = "link_for"


def to_link(request: HttpRequest, person: User) -> HttpResponse:
    """Off to the page with the link; the session remembers for whom, never the link itself."""
    request.session[TO_SHOW] = person.pk
    asked = request.GET.urlencode() if navigation.start_url(request) else ""
    return redirect(f"{reverse('accounts:staff_link', args=[person.pk])}{'?' if asked else ''}{asked}")


@doors.roles(*authority.MANAGERS)
def staff_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it once. A form sent twice comes here twice, but finds nothing once the link was used."""
    person = User.objects.visible_to(request.user).filter(pk=pk, is_active=True).first()
    wanted = request.session.pop(TO_SHOW, None)
    if person is None or wanted != pk or person.has_usable_password():
        messages.info(request, _("Tautan hanya ditampilkan sekali. Bila hilang, buat yang baru di halaman akunnya."))
        return redirect("accounts:staff_list")
    context = {
        "person": person,
        "link": request.build_absolute_uri(passwords.path(person)),
        "until": clock.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
    }
    return render(request, "accounts/staff_link.html", context)
