"""What every test may ask for."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection
from django.template import Context, RequestContext, Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from audit import triggers
from tests.database import KeptDatabase

hypothesis_settings.register_profile("quick", max_examples=25, deadline=None)
hypothesis_settings.register_profile("heavy", max_examples=500, deadline=None, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    heavy = config.getoption("markexpr").startswith("heavy")
    hypothesis_settings.load_profile("heavy" if heavy else "quick")


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What lies where the test database belongs is used; its folder goes with the run all the same."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def kept_database(django_db_modify_db_settings_parallel_suffix: None) -> KeptDatabase | None:
    return KeptDatabase() if connection.vendor == "sqlite" else None


@pytest.fixture(scope="session")
def django_db_setup(
    kept_database: KeptDatabase | None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    if kept_database:
        kept_database.keep()
        with django_db_blocker.unblock():
            # Django asks SQLite once whether it knows JSON: as a rule while migrating, otherwise in some counted test.
            assert connection.features.supports_json_field


@pytest.fixture(autouse=True, scope="session")
def remember_the_page_and_not_each_of_its_parts(django_test_environment: None) -> Iterator[None]:
    """``answer.context`` is what the view gave; copying it for every icon took longer than drawing the page."""

    def render(template: Template, context: Context) -> Any:
        if isinstance(context, RequestContext) and context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def lift_append_only_triggers_around_flush() -> Iterator[None]:
    """A test that commits is followed by a flush, and append-only tables refuse to be emptied."""
    flush = TransactionTestCase._fixture_teardown

    def lifted_flush(case: TransactionTestCase) -> None:
        with triggers.lifted(connection):
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lifted_flush)
        yield


@pytest.fixture
def real_passwords(settings) -> None:
    """Hash passwords as production does."""
    settings.PASSWORD_HASHERS = project.PRODUCTION_PASSWORD_HASHERS
