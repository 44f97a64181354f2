"""The one write on the logo of an institution: put another in its place, or take it away."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import authority, keys
from accounts.acts import expect_version, lock_actor
from accounts.models import Institution, User
from audit import trail
from cases import files
from cases.files import Checked
from rehsos.doors import Refused


@transaction.atomic
def change(*, institution: Institution, logo: Checked | None, by: User, version: int, key: str = "") -> Institution:
    """The logo from now on; ``None`` takes it away. Papers that were issued keep the one they have."""
    actor = lock_actor(by)
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    if not authority.is_within(actor, institution):
        raise Http404(_("Lembaga tidak ditemukan."))
    if keys.claim(key, by=by):
        return institution
    if not by.has_role(*authority.MANAGERS):
        raise PermissionDenied(_("Hanya Kepala UPT, tata usaha, atau administrator yang mengubah pengaturan UPT."))
    expect_version(institution, version)
    if logo is None and institution.logo is None:
        raise Refused(_("Belum ada lambang yang dapat dihapus."))
    kept = files.keep(logo, by=by, institution_id=institution.pk) if logo else None
    institution.logo, institution.version = kept and kept.pk, institution.version + 1
    institution.save(update_fields=["logo", "version"])
    trail.append(
        institution_id=institution.pk,
        by=by,
        verb="institution.logo_changed",
        subjects=[trail.Subject("institution", institution.pk, institution.name)],
        data={"sha256": kept.sha256 if kept else ""},
    )
    keys.settle(key, institution.pk)
    return institution
