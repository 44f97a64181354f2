"""The list of guards that are broken on purpose is about code and tests that are there."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((ROOT / "tests" / "broken.toml").read_text(encoding="utf-8"))["broken"]


def test_each_guard_stands_in_its_file_once():
    found = {one["guard"]: (ROOT / one["file"]).read_text(encoding="utf-8").count(one["was"]) for one in LISTED}
    assert found == {one["guard"]: 1 for one in LISTED}


def test_each_guard_has_tests_that_are_there():
    tests = [path for one in LISTED for path in one["tests"].split()]
    assert [path for path in tests if not (ROOT / path).exists()] == []
