"""The pages of the settings beside each other, as far as the reader may open them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.mandates import READERS

PAGES = (
    ("services:start", _("Persiapan"), (Role.ADMINISTRATOR, Role.HEAD, Role.ADMIN_OFFICE)),
    ("accounts:staff_list", _("Akun dan peran"), (Role.ADMINISTRATOR, Role.HEAD, Role.ADMIN_OFFICE)),
    ("accounts:institution_list", _("Lembaga"), (Role.ADMINISTRATOR,)),
    ("accounts:own_institution", _("UPT"), (Role.HEAD, Role.ADMIN_OFFICE)),
    ("accounts:stand_in_list", _("Pengganti"), (Role.ADMINISTRATOR, *READERS)),
    ("services:opening", _("Kasus berjalan"), (Role.HEAD, Role.ADMIN_OFFICE, Role.SUPERVISOR)),
    (
        "services:programme",
        _("Daftar kegiatan"),
        (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE),
    ),
    ("services:batch_settings", _("Angkatan"), (Role.HEAD, Role.ADMIN_OFFICE)),
    ("services:handover", _("Serah tugas"), (Role.HEAD, Role.SUPERVISOR)),
)


@dataclass
class Tab:
    label: str
    url: str
    is_current: bool


def of(request: HttpRequest, current: str) -> list[Tab]:
    """The tabs of this reader; none where there would be only one."""
    tabs = []
    for name, label, roles in PAGES:
        try:
            if request.user.has_role(*roles):
                tabs.append(Tab(label, reverse(name), name == current))
        except NoReverseMatch:
            continue
    return tabs if len(tabs) > 1 else []
