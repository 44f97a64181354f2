"""What a leaver would leave behind, in numbers. Each app above names what it counts; names stay where they are."""

from django.apps import apps
from django.utils.module_loading import import_string

from accounts.models import User


def of(person: User) -> list[tuple[str, int]]:
    """Every kind of duty with the number of those that rest on ``person`` today.

    An app says in its configuration ``duties = ((label, "path.of.a.function"),)``; the function counts for a user.
    """
    named = [duty for config in apps.get_app_configs() for duty in getattr(config, "duties", ())]
    return [(label, import_string(path)(person)) for label, path in named]
