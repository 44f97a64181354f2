"""Each house rule finds its breach, and leaves alone what only looks like one."""

import pytest

from scripts import house_rules

DOC = '"""One job."""\n'


def rules(tmp_path, source: str, name: str = "module.py") -> list[str]:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return [f"{line}: {rule.split(':')[0]}" for line, rule in sorted(set(house_rules.python_breaches(path)))]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from datetime import datetime\nX = datetime.now()\n", ["3: rehsos.clock is the only source of now"]),
        ("import datetime\nX = datetime.date.today()\n", ["3: rehsos.clock is the only source of now"]),
        (
            "from django.utils import timezone\nX = dict(default=timezone.now)\n",
            ["3: rehsos.clock is the only source of now"],
        ),
        ("from django.utils.timezone import now\n", ["2: rehsos.clock is the only source of now"]),
        ("from rehsos import clock\nX = clock.now()\n", []),
        ("X = mark_safe(name)\n", ["2: markup is escaped"]),
        ('X = mark_safe("&nbsp;")\n', []),
        ('class Meta:\n    fields = "__all__"\n', ["3: a form names its fields"]),
        ('class Meta:\n    fields = ["name"]\n', []),
        ("from django.db.models.signals import post_save\n", ["2: no signals"]),
        ("def act():\n    import json\n", ["3: imports stand at the top of the module"]),
        ("def act():\n    import weasyprint\n", []),
    ],
)
def test_breach_is_found_in_its_line(tmp_path, source, found):
    assert rules(tmp_path, DOC + source) == found


def test_module_says_its_job(tmp_path):
    assert rules(tmp_path, "X = 1\n") == ["1: the first line says the module's one job"]
    assert rules(tmp_path, "", "__init__.py") == []


def test_long_module_and_name_without_meaning_are_found(tmp_path):
    assert rules(tmp_path, DOC + "X = 1\n" * 300, "utils.py") == [
        "1: a module is named after its job, not utils.py",
        "301: 301 lines",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>\n{{ name|safe }}</p>", ["2: markup is escaped"]),
        ("{% autoescape off %}", ["1: markup is escaped"]),
        ("<script>alert(1)</script>", ["1: scripts are files"]),
        ('<script type="module" src="/a.js"></script>', []),
        ('<p style="color: red">', ["1: styles are classes"]),
        ('<button onclick="go()">', ["1: handlers are in script files"]),
        ('<input name="on" value="safe">{{ name }}', []),
    ],
)
def test_breach_is_found_in_a_template(text, found):
    assert [f"{line}: {rule.split(':')[0]}" for line, rule in house_rules.template_breaches(text)] == found
