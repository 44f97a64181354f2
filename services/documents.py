"""Documents and photos of a client: added, and withdrawn where they do not belong; never changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import files, portraits, soundness
from cases.files import Checked
from cases.models import Case
from services import permissions
from services.acts import allow, lock, refuse, tell
from services.document_enums import ALWAYS_RESTRICTED, DocumentKind
from services.models import CaseDocument, ClientPhoto, DocumentWithdrawal


@transaction.atomic
def add(*, case: Case, values: Mapping[str, Any], file: Checked, by: User, key: str = "") -> CaseDocument:
    """One document, also of a closed case. Health, drug tests and psychology are restricted whatever is said."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return CaseDocument.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    row = CaseDocument(case=case, by=by, **values)
    row.is_restricted = row.is_restricted or row.kind in ALWAYS_RESTRICTED
    refuse(_faults(row, case.institution.today()))
    soundness.demand(row)
    row.file = files.keep(file, by=by, institution_id=case.institution_id)
    row.save(force_insert=True)
    tell(case, by=by, verb="document.added", data={"document": row.pk, "is_restricted": row.is_restricted})
    keys.settle(key, row.pk)
    return row


def _faults(row: CaseDocument, today: date) -> list[str]:
    reasons = []
    if row.on and row.on > today:
        reasons.append(_("Tanggal dokumen tidak boleh di masa depan."))
    if row.kind == DocumentKind.OTHER and not row.note.strip():
        reasons.append(_("Tulis pada keterangan, dokumen apa ini."))
    return reasons


def why_not_withdraw(user: User, document: CaseDocument) -> str:
    if document.by_id == user.pk or user.has_role(Role.SUPERVISOR, Role.HEAD):
        return ""
    return _("Dokumen ditarik oleh yang menambahkannya, supervisor, atau Kepala UPT.")


@transaction.atomic
def withdraw(*, case: Case, document_id: int, reason: str, by: User, key: str = "") -> DocumentWithdrawal:
    """A document of another person, or a wrong one: it stays listed with the reason, its file is given out no more."""
    case = lock(case, by=by)
    document = CaseDocument.objects.filter(case=case, pk=document_id).first()
    if document is None:
        raise Http404(_("Dokumen tidak ditemukan."))
    if answer := keys.claim(key, by=by):
        return DocumentWithdrawal.objects.get(pk=answer)
    allow(why_not_withdraw(by, document))
    is_gone = DocumentWithdrawal.objects.filter(document=document).exists()
    refuse([_("Dokumen ini sudah ditarik.")] if is_gone else [])
    row = DocumentWithdrawal(document=document, reason=reason.strip(), by=by)
    soundness.demand(row)
    row.save(force_insert=True)
    tell(case, by=by, verb="document.withdrawn", data={"document": document.pk}, reason=row.reason)
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def take_photo(*, case: Case, photo: Checked, by: User, key: str = "") -> ClientPhoto:
    """A new photo of the client of a case, in place of the one before."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return ClientPhoto.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    portrait = portraits.of(photo)
    kept = [files.keep(part, by=by, institution_id=case.institution_id) for part in portrait]
    row = ClientPhoto.objects.create(client=case.client, picture=kept[0], thumbnail=kept[1], by=by)
    tell(case, by=by, verb="photo.taken", data={"photo": row.pk})
    keys.settle(key, row.pk)
    return row
