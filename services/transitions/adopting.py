"""A case from another UPT, taken in: the person copied into the own register, an own episode, linked to the old one."""

from datetime import date

from django.utils.translation import gettext as _

from accounts import numbering
from accounts.models import Institution, User
from cases.enums import Stage, WayIn
from cases.models import Case, Client, ClientCategory
from rehsos.doors import Refused
from services.acts import refresh
from services.enums import Move
from services.transitions.moves import move

COPIED = (
    "name nickname sex birth_place birth_on estimated_age estimated_on nik religion education regency district address "
    "phone guardian_name guardian_relation guardian_phone guardian_address is_protected"
).split()


def adopt(case: Case, receiver: Institution, *, by: User, on: date) -> Case:
    """The receiver's own case for the same person; call it inside the transfer's transaction."""
    client = _known(case.client, receiver) or _copy(case.client, receiver, by)
    new = Case.objects.create(
        number=numbering.draw(receiver, "case", receiver.case_number_pattern),
        client=client,
        institution=receiver,
        episode=client.cases.count() + 1,
        service_kind=receiver.service_kind,
        way_in=WayIn.TRANSFER,
        sender=case.institution.name,
        sender_letter=case.number,
        first_contact_on=on,
        opened_on=receiver.today(),
        stage_since_on=receiver.today(),
        order_number=case.order_number,
        order_by=case.order_by,
        order_on=case.order_on,
        order_until_on=case.order_until_on,
    )
    move(new, Move.OPEN, to=Stage.INTAKE, by=by)
    refresh(new)
    return new


def _known(client: Client, receiver: Institution) -> Client | None:
    """The same person in the receiver's register, known by the NIK."""
    if not client.nik_index:
        return None
    known = Client.objects.filter(institution=receiver, nik_index=client.nik_index).first()
    if known and known.cases.filter(closed_on__isnull=True).exists():
        raise Refused([_("Klien ini masih mempunyai kasus yang terbuka.")])
    return known


def _copy(client: Client, receiver: Institution, by: User) -> Client:
    copy = Client(
        institution=receiver,
        number=numbering.draw(receiver, "client", receiver.client_number_pattern),
        registered_by=by,
        **{name: getattr(client, name) for name in COPIED},
    )
    copy.index()
    copy.save()
    ClientCategory.objects.bulk_create(
        ClientCategory(client=copy, category=row.category, is_primary=row.is_primary) for row in client.categories.all()
    )
    return copy
