"""``manage.py reset_account``: a way back in for whom nobody else can help, such as the only administrator."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import mfa, passwords, staffing
from accounts.models import User
from rehsos.doors import Refused


class Command(BaseCommand):
    help = "Menghapus kata sandi sebuah akun dan mencetak tautan sekali pakai; tercatat di jejak atas nama sistem."

    def add_arguments(self, parser):
        parser.add_argument("username", help="nama pengguna")
        parser.add_argument("--reason", required=True, help="alasan, masuk ke jejak")
        parser.add_argument("--second-factor", action="store_true", help="hapus juga kode masuk (ponsel hilang)")
        parser.add_argument("--address", default=passwords.site(), help="alamat aplikasi di depan tautan")

    def handle(self, *args, username, reason, second_factor, address, **options):
        person = User.objects.filter(username__iexact=username, is_active=True).first()
        if person is None:
            raise CommandError(_("Tidak ada akun aktif bernama %s.") % username)
        try:
            person = _reset(person, reason, second_factor)
        except Refused as refusal:
            raise CommandError(" ".join(refusal.reasons)) from refusal
        self.stdout.write(_("%s memasang kata sandinya di sini:") % person.full_name)
        self.stdout.write(address.rstrip("/") + passwords.path(person))


@transaction.atomic
def _reset(person: User, reason: str, second_factor: bool) -> User:
    if second_factor and mfa.is_enrolled(person):
        person = staffing.reset_second_factor(person=person, reason=reason, by=None, version=person.version)
    return staffing.reset_password(person=person, reason=reason, by=None, version=person.version)
