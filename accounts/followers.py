"""What has to follow when a UPT changes a setting. Each app above names its own; names stay where they are."""

from collections.abc import Collection
from functools import partial

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import Institution


def follow(institution: Institution, changed: Collection[str]) -> None:
    """Once the change is kept, in transactions of their own: acts on cases wait for the row of the UPT, not for these.

    An app says in its configuration ``follows_settings = ("path.of.a.function",)``.
    """
    for config in apps.get_app_configs():
        for path in getattr(config, "follows_settings", ()):
            transaction.on_commit(partial(import_string(path), institution, changed))
