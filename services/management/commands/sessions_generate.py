"""``manage.py sessions_generate``: the sessions of the coming weeks of every UPT, made once; run daily by a timer."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts.enums import InstitutionKind
from accounts.models import Institution
from services import arranging


class Command(BaseCommand):
    help = "Membuat sesi empat minggu ke depan dari pola mingguan setiap UPT; yang sudah ada tidak dibuat lagi."

    def handle(self, *args, **options):
        for upt in Institution.objects.filter(kind=InstitutionKind.UPT).order_by("pk"):
            first = arranging.monday(upt.today())
            last = first + timedelta(days=7 * arranging.WEEKS_AHEAD - 1)
            number = arranging.generate(institution=upt, first=first, last=last, by=None)
            self.stdout.write(_("%(code)s: %(number)s sesi dibuat.") % {"code": upt.code, "number": number})
