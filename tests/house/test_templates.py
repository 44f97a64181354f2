"""The shell of every page, and rules that hold for every template, script and stylesheet."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.enums import Role
from rehsos import navigation
from tests.accounts.people import person

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static").rglob("*.css"))
SPRITE = set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', (ROOT / "static/icons.svg").read_text()))


def request_of(user, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


def labels(user, path: str = "/") -> list[str]:
    return [str(line.entry.label) for group in navigation.build(request_of(user, path)).groups for line in group]


@pytest.mark.parametrize("role", Role)
def test_the_shell_renders_for_every_role(db, role):
    html = render_to_string("base.html", request=request_of(person("budi", role)))
    assert str(role.label) in html
    assert "Keluar dari aplikasi" in html
    assert html.count("<main") == 1


def test_a_person_with_two_roles_sees_both(db):
    user = person("budi", Role.SUPERVISOR)
    user.memberships.create(institution=user.institution, role=Role.SOCIAL_WORKER)
    del user.active_memberships
    assert navigation.build(request_of(user)).role_labels == "Pekerja sosial, Supervisor"


def test_who_is_signed_out_sees_no_menu():
    shell = navigation.build(request_of(AnonymousUser()))
    assert (shell.groups, shell.phone, shell.search_url) == ([], [], "")
    assert "<nav" not in render_to_string("base.html", request=request_of(AnonymousUser()))


def test_a_bare_page_needs_no_request():
    assert 'lang="id"' in render_to_string("bare.html")


def test_the_menu_names_only_roles_there_are():
    assert {role for group in navigation.MENU for entry in group for role in entry.roles} <= set(Role)


def test_the_place_in_the_menu_is_marked(db):
    groups = navigation.build(request_of(person("budi", Role.SOCIAL_WORKER), "/katalog/")).groups
    assert [line.entry.name for group in groups for line in group if line.is_current] == ["services:catalogue"]


def test_a_page_that_is_not_mounted_is_not_in_the_menu(db, monkeypatch):
    entries = (
        navigation.Entry("services:catalogue", "Katalog", "list"),
        navigation.Entry("services:nowhere", "Ke mana", "list"),
    )
    monkeypatch.setattr(navigation, "MENU", (entries,))
    assert labels(person("budi", Role.NURSE)) == ["Katalog"]


def test_a_menu_entry_is_only_for_its_roles(db, monkeypatch):
    entries = (navigation.Entry("services:catalogue", "Katalog", "list", ("supervisor",)),)
    monkeypatch.setattr(navigation, "MENU", (entries,))
    assert [labels(person(f"orang{role}", role)) for role in (Role.NURSE, Role.SUPERVISOR)] == [[], ["Katalog"]]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_template_obeys_the_content_policy(template):
    text = template.read_text()
    assert not re.findall(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_icon_of_a_template_is_in_the_sprite(template):
    named = re.findall(r'{%\s*icon\s+"([^"]+)"|#i-([a-z0-9-]+)|\bpicture="([^"]+)"', template.read_text())
    assert {name for names in named for name in names if name} <= SPRITE


def test_every_icon_of_the_menu_is_in_the_sprite():
    assert {entry.icon for group in navigation.MENU for entry in group} <= SPRITE


@pytest.mark.parametrize("style", STYLES, ids=lambda p: p.name)
def test_a_stylesheet_fetches_only_files_beside_it(style):
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", style.read_text()):
        assert (style.parent / address).is_file(), address
    assert "sourceMappingURL" not in style.read_text()
    assert "@import" not in style.read_text()


def includes(text: str) -> list[tuple[str, str]]:
    """The fragments a template includes, with the whole tag."""
    return [(tag[1], tag[0]) for tag in re.findall(r'({%\s*include\s+"([^"]+)"[^%]*%})', text)]


def needing_a_token() -> set[str]:
    """The fragments that draw a form of their own, and those that include one of them."""
    texts = {str(path.relative_to(ROOT / "templates")): path.read_text() for path in TEMPLATES}
    found = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    while grown := {name for name, text in texts.items() if found & {n for n, _tag in includes(text)}} - found:
        found |= grown
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_form_that_posts_carries_the_token(template):
    """``only`` keeps the token out of a fragment, so it is handed down by name."""
    text, needing = template.read_text(), needing_a_token()
    assert [
        tag for name, tag in includes(text) if name in needing and " only" in tag and "csrf_token=" not in tag
    ] == []
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.S)
    assert [form[:80] for form in forms if "csrf" not in form] == []


@pytest.mark.parametrize("template", [path for path in TEMPLATES if "_pager.html" in path.read_text()], ids=str)
def test_a_pager_keeps_what_the_page_was_asked_for(template):
    """``querystring`` fails on anything but the query itself, and only where there is a second page."""
    for line in re.findall(r"{% include \"services/_pager.html\"[^%]*%}", template.read_text()):
        assert "params=request.GET only" in line
