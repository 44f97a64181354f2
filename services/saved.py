"""The writes on what somebody keeps of the lists: a filter under a name. It says nothing of a client, so no trail."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from accounts.saved_filters import SavedFilter
from services.acts import refuse

MOST = 20


@transaction.atomic
def keep(*, page: str, name: str, query: str, by: User, key: str = "") -> SavedFilter:
    """Keep a filter; a name that is taken by another filter, an empty filter and a 21st are refused."""
    _lock(by)
    if answer := keys.claim(key, by=by):
        return SavedFilter.objects.get(pk=answer)
    own = by.saved_filters.filter(page=page)
    reasons = []
    if not query:
        reasons.append(_("Belum ada filter yang dipasang; kata pencarian tidak ikut disimpan."))
    if own.filter(name__iexact=name).exists():
        reasons.append(_("Nama ini sudah dipakai filter Anda yang lain."))
    if own.count() >= MOST:
        reasons.append(_("Paling banyak %d filter tersimpan; hapus satu dahulu.") % MOST)
    refuse(reasons)
    saved = SavedFilter.objects.create(user=by, page=page, name=name, query=query)
    keys.settle(key, saved.pk)
    return saved


@transaction.atomic
def drop(*, page: str, pk: int, by: User) -> str:
    """Let go of one's own filter and return its name; 404 for anybody else's."""
    _lock(by)
    found = by.saved_filters.filter(page=page, pk=pk).first()
    if found is None:
        raise Http404(_("Filter tidak ditemukan."))
    found.delete()
    return found.name


def _lock(by: User) -> None:
    """The person's own row, so that two tabs cannot both save a twentieth filter."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
