"""The people around staff pages: one who manages accounts of each kind, and what their forms send."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Institution, User
from rehsos import doors
from tests.accounts.people import dinas, person, upt

NEW = {
    "username": "rina",
    "name": "Rina Wulandari",
    "title_before": "",
    "title_after": "S.Sos.",
    "employment": "pns",
    "nip": "19850101 201001 2 001",
    "rank": "Penata",
    "rank_group": "III/c",
    "position": "Pekerja Sosial Ahli Muda",
    "email": "",
    "roles": ["social_worker"],
    "since_on": "",
    "until_on": "",
}


@dataclass(frozen=True)
class House:
    upt: Institution
    admin: User
    head: User
    office: User
    supervisor: User
    worker: User
    stranger: User


def house() -> House:
    here = upt()
    return House(
        upt=here,
        admin=person("admin", Role.ADMINISTRATOR, institution=dinas()),
        head=person("kepala", Role.HEAD),
        office=person("tatausaha", Role.ADMIN_OFFICE),
        supervisor=person("supervisor", Role.SUPERVISOR),
        worker=person("pekerja", Role.SOCIAL_WORKER),
        stranger=person("orang_lain", Role.SOCIAL_WORKER, institution=upt("BDG")),
    )


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def keyed(user: User, act: str, subject: object, **values: Any) -> dict[str, Any]:
    """What a form of an act sends: the fields, a fresh key, and the version it was drawn from."""
    version = subject.version if isinstance(subject, models.Model) and hasattr(subject, "version") else 1
    return {"form_key": doors.form_key(user, act, subject), "version": version} | values


def address(name: str, *args) -> str:
    return reverse(f"accounts:{name}", args=args)
