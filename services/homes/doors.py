"""Which home belongs to which role, the weightiest first."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from services.homes import administrator, head, office, province, staff, supervisor, worker
from services.homes.home import Door

DOORS: tuple[Door, ...] = (
    Door("kepala", _("Kepala UPT"), (Role.HEAD,), head.build),
    Door("supervisor", _("Supervisor"), (Role.SUPERVISOR, Role.SECTION_HEAD), supervisor.build),
    Door("pekerja", _("Pekerja sosial"), (Role.SOCIAL_WORKER,), worker.build),
    Door("tata-usaha", _("Tata usaha"), (Role.ADMIN_OFFICE,), office.build),
    Door(
        "pelaksana",
        _("Pelaksana"),
        (Role.INSTRUCTOR, Role.BOARDING_OFFICER, Role.RELIGIOUS_INSTRUCTOR, Role.NURSE, Role.PSYCHOLOGIST),
        staff.build,
    ),
    Door("dinas", _("Dinas provinsi"), (Role.PROVINCE,), province.build),
    Door("administrator", _("Administrator"), (Role.ADMINISTRATOR,), administrator.build),
)


def of(user: User) -> list[Door]:
    """The homes of a person, the weightiest first; nobody without a role has one."""
    return [door for door in DOORS if user.has_role(*door.roles)]
