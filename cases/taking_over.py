"""Enter many people in a register at once: those whose cases a UPT had before this system."""

from collections.abc import Iterable, Sequence

from django.db.models import Max

from accounts import numbering
from accounts.models import Institution, User
from cases.models import Client, ClientCategory


def register_many(*, people: Sequence[tuple[Client, str]], institution: Institution, by: User) -> list[Client]:
    """Give everybody the next number and keep them with their PPKS category, in three inserts whatever their number.

    Call it inside the act that checked them and that tells the trail; the lock on the numbers is held from here on.
    """
    numbers = numbering.draw_many(institution, "client", institution.client_number_pattern, len(people))
    for (client, _category), number in zip(people, numbers, strict=True):
        client.number, client.registered_by = number, by
        client.index()
    clients = Client.objects.bulk_create(client for client, _category in people)
    ClientCategory.objects.bulk_create(
        ClientCategory(client=client, category=category, is_primary=True)
        for client, (_client, category) in zip(clients, people, strict=True)
    )
    return clients


def known(institution: Institution, pks: Iterable[int]) -> dict[int, tuple[Client, int]]:
    """People of the register by key, each with the number of their next episode."""
    rows = Client.objects.filter(institution=institution, pk__in=list(pks)).annotate(last=Max("cases__episode"))
    return {client.pk: (client, (client.last or 0) + 1) for client in rows}
