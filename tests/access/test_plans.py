"""No page reads a table that grows from end to end: what the database says it would do, asked of every page."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.rights import Who
from tests.access.test_matrix import LABELS, PROMISED, ROUTES, papers, settled, world  # noqa: F401
from tests.access.world import World

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's is asked with many rows")

PAGES = [name for name in ROUTES if "pdf" not in name and name != "healthz"]
# What an installation has some hundreds of, and never many more.
SMALL = re.compile(r"SCAN (accounts_\w+|rehsos_cache|subquery|CONSTANT ROW)")
# Numbers over all UPT are read from an index that holds them and nothing else.
OVER_ALL = ("SCAN cases_case USING INDEX case_list_due", "SCAN cases_stay USING INDEX")


def shown(name: str) -> Iterator[tuple[Who, str]]:
    """Each reader of a page, with the first of the things that it shows them."""
    seen = set()
    for cell, promised in PROMISED[name].items():
        if cell.method == "GET" and promised.status == 200 and cell.who not in seen:
            seen.add(cell.who)
            yield LABELS[cell.who], cell.thing


def scans(world: World, who: Who, address: str) -> set[str]:  # noqa: F811
    """What one answer reads from end to end, each with the question that needed it."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        world.send(who, "GET", address)
        transaction.set_rollback(True)
    found = set()
    with connection.cursor() as cursor:
        for sql in {query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")}:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"), [])
            plan = [row[3] for row in cursor.fetchall()]
            found |= {(line, sql) for line in plan if line.startswith("SCAN ")}
    return {f"{line}: {sql[sql.index(' FROM ') :][:300]}" for line, sql in found if not is_harmless(line, sql)}


def is_harmless(line: str, sql: str) -> bool:
    return bool(SMALL.match(line)) or (line.startswith(OVER_ALL) and "GROUP BY" in sql)


@pytest.mark.heavy
@pytest.mark.parametrize("name", PAGES)
def test_no_page_reads_a_growing_table_from_end_to_end(world, name):  # noqa: F811
    found = {(who, line) for who, thing in shown(name) for line in scans(world, who, world.address(name, who, thing))}
    assert found == set()
