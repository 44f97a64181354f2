"""What administrators are told agrees with the program: variables, commands, units."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGES = [ROOT / "docs" / name for name in ("pasang.md", "cadangan.md", "perbarui.md")]
UNITS = sorted(DEPLOY.glob("*.service"))

# Described with the installation, made with the pages of the administrator.
PROMISED = {"first_run"}


def read_by_settings() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "rehsos" / "settings.py").read_text()))


def variables_of(text: str) -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))


def test_every_variable_is_documented_and_every_documented_variable_is_read():
    table = (ROOT / "docs" / "pasang.md").read_text().split("## Pengaturan", 1)[1]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == read_by_settings()


def test_sample_environment_names_variables_that_are_read():
    assert variables_of((DEPLOY / "rehsos.env").read_text()) <= read_by_settings()


def test_units_and_pages_name_commands_that_exist():
    text = "\n".join(path.read_text() for path in [*UNITS, *PAGES])
    named = set(re.findall(r"(?:manage\.py|rehsos-manage) ([a-z_]+)", text)) - PROMISED
    assert named - set(get_commands()) == set()
    assert {"audit_head", "audit_verify", "backup", "clearsessions", "files_sweep", "restore"} <= named


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_runs_as_the_service_with_its_environment(unit):
    text = unit.read_text()
    assert {"User=rehsos", "UMask=0077", "EnvironmentFile=/etc/rehsos/rehsos.env"} <= set(text.splitlines())
    assert set(re.findall(r"^Exec\w+=(?!/)(.*)$", text, re.MULTILINE)) == set()


def test_every_job_has_a_timer_and_the_pages_switch_it_on():
    jobs = {unit.stem for unit in UNITS} - {"rehsos"}
    assert {timer.stem for timer in DEPLOY.glob("*.timer")} == jobs
    switched_on = re.search(r"systemctl enable --now (rehsos-.*)", PAGES[0].read_text())[1]
    assert set(switched_on.split()) == {f"{job}.timer" for job in jobs}


def test_proxy_lets_through_what_the_application_wants_to_refuse_itself(settings):
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())[1])
    assert megabytes * 1024 * 1024 > settings.BODY_MAX_SIZE


def test_pages_are_linked_from_the_readme():
    readme = (ROOT / "README.md").read_text()
    assert [page.name for page in PAGES if f"(docs/{page.name})" not in readme] == []
