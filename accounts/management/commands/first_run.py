"""``manage.py first_run``: the dinas, the first UPT and the first administrator of a real installation."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import institutions, passwords, staffing
from accounts.enums import Employment, InstitutionKind, Role
from accounts.models import Institution, User
from accounts.staffing import Grant
from rehsos.doors import Refused

# option, question, what stands there already
QUESTIONS = (
    ("dinas_code", "Kode dinas", "DINSOS"),
    ("dinas_name", "Nama dinas", ""),
    ("institution_code", "Kode UPT (di depan nomor kasus, mis. ANKN)", ""),
    ("institution_name", "Nama UPT", ""),
    ("time_zone", "Zona waktu (Asia/Jakarta, Asia/Makassar, Asia/Jayapura)", "Asia/Jakarta"),
    ("admin_username", "Nama pengguna administrator", "admin"),
    ("admin_name", "Nama administrator", ""),
)


class Command(BaseCommand):
    help = "Menyiapkan pemasangan sungguhan yang masih kosong: dinas, UPT pertama, administrator pertama."

    def add_arguments(self, parser):
        for name, question, standing in QUESTIONS:
            words = f"{question} (bawaan: {standing})" if standing else question
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=words)
        parser.add_argument("--address", default=passwords.site(), help="Alamat aplikasi di depan tautan")
        parser.add_argument("--no-input", action="store_true", help="Jangan bertanya; yang kurang adalah kesalahan")

    def handle(self, *args, address, no_input, **options):
        if User.objects.exists() or Institution.objects.exists():
            raise CommandError(_("Basis data sudah berisi. Perintah ini hanya untuk pemasangan baru."))
        answers = {
            name: options[name] or self._ask(question, standing, no_input) for name, question, standing in QUESTIONS
        }
        try:
            admin = found(**answers)
        except Refused as refusal:
            raise CommandError(" ".join(refusal.reasons)) from refusal
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(_("Selesai. Administrator %s memasang kata sandinya di sini:") % admin.username)
        self.stdout.write(address.rstrip("/") + passwords.path(admin))
        self.stdout.write(_("Tautan berlaku sekali, selama %d jam. Sesudah itu buatkan akun Kepala UPT.") % hours)

    def _ask(self, question: str, standing: str, no_input: bool) -> str:
        if no_input and not standing:
            raise CommandError(_("Belum diisi: %s") % question)
        if no_input:
            return standing
        return input(f"{question} [{standing}]: " if standing else f"{question}: ").strip() or standing


@transaction.atomic
def found(
    *,
    dinas_code: str,
    dinas_name: str,
    institution_code: str,
    institution_name: str,
    time_zone: str,
    admin_username: str,
    admin_name: str,
) -> User:
    """All of it or nothing; the system itself is the actor in the trail."""
    zone = {"time_zone": time_zone}
    dinas = institutions.create(
        code=dinas_code, kind=InstitutionKind.DINAS, values={"name": dinas_name} | zone, by=None
    )
    institutions.create(
        code=institution_code, kind=InstitutionKind.UPT, values={"name": institution_name} | zone, by=None
    )
    person = {"name": admin_name, "employment": Employment.OTHER}
    grants = [Grant(Role.ADMINISTRATOR, dinas)]
    return staffing.create(username=admin_username, values=person, grants=grants, by=None)
