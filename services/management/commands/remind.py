"""``manage.py remind``: tells whoever let the day of a task pass, and who gave it; once per task."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from services import tasks


class Command(BaseCommand):
    help = _("Mengabari tugas yang lewat tenggat, sekali untuk tiap tugas.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%d tugas lewat tenggat dikabarkan.") % tasks.remind())
