"""The first lines of views about accounts: an account within one's sight, and what was sent."""

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User

FORM = ("GET", "POST")


def person(request: HttpRequest, pk: int) -> User:
    """An account the reader may look after, else 404."""
    found = User.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Akun tidak ditemukan."))
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, or nothing: an empty form that was sent is wrong, not fresh."""
    return request.POST if request.method == "POST" else None
