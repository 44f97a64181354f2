"""``manage.py remind``: tells of tasks whose day has passed, and of the days of the law that come; each once."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from services import courts, tasks


class Command(BaseCommand):
    help = _("Mengabari tugas yang lewat tenggat dan agenda sidang yang dekat, masing-masing sekali.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%d tugas lewat tenggat dikabarkan.") % tasks.remind())
        self.stdout.write(_("%d agenda sidang dikabarkan.") % courts.remind())
