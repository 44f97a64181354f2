"""``manage.py demo``: three invented UPTs with staff and clients in every stage."""

import secrets

import environ
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from services.demo import build

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Mengisi basis data kosong dengan data contoh: tiga UPT, semua peran, klien di semua tahap."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=88, help="jumlah kasus")
        parser.add_argument("--seed", type=int, default=2026, help="angka awal; sama berarti data sama")

    def handle(self, *args, cases, seed, **options):
        if not build.is_empty():
            raise CommandError(_("Basis data sudah berisi; data contoh hanya untuk basis data kosong."))
        given = environ.Env().str("REHSOS_DEMO_PASSWORD", default="")
        password = given or "-".join("".join(secrets.choice(ALPHABET) for _i in range(4)) for _j in range(3))
        build.build(cases=cases, seed=seed, password=password, told=self._tell)
        self.stdout.write("")
        for user in User.objects.prefetch_related("memberships__institution").order_by("pk"):
            places = ", ".join(f"{m.get_role_display()}, {m.institution.code}" for m in user.memberships.all())
            self.stdout.write(f"  {user.username:14} {user.full_name} ({places})")
        source = _("dari REHSOS_DEMO_PASSWORD") if given else _("diundi sekarang, tidak disimpan di mana pun")
        self.stdout.write(
            _("Kata sandi semua pengguna contoh (%(source)s): %(password)s")
            % {
                "source": source,
                "password": password,
            }
        )

    def _tell(self, done: int) -> None:
        if done % 100 == 0:
            self.stdout.write(_("%d langkah contoh tercatat …") % done)
            self.stdout.flush()
