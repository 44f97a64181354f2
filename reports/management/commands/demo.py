"""``manage.py demo``: three invented UPTs with staff and clients in every stage."""

import secrets
from datetime import date

import environ
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from reports import demo
from reports.months import Month
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
        self.stdout.write(_("Setahun kehidupan di tiga UPT ditulis satu per satu; ini memakan satu sampai tiga menit."))
        self.stdout.flush()
        build.build(cases=cases, seed=seed, password=password, told=self._tell, more=demo.lives)
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

    def _tell(self, month: date) -> None:
        self.stdout.write(_("Menulis data contoh, %s …") % Month(month).label)
        self.stdout.flush()
