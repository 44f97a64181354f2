"""The file of who may what is the table, holds every address of the site, and agrees with what views declare."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from accounts import rights
from accounts.enums import Role
from accounts.management.commands import access_matrix
from rehsos import checks

ROUTES = access_matrix.addresses()


def test_the_file_is_what_the_command_prints():
    printed = io.StringIO()
    call_command("access_matrix", stdout=printed)
    assert access_matrix.FILE.read_text(encoding="utf-8") == printed.getvalue()


def test_the_file_holds_every_address_for_everybody():
    with access_matrix.FILE.open(encoding="utf-8", newline="") as file:
        found = {(row["alamat"], row["peran"]) for row in csv.DictReader(file)}
    people = [*(str(role.label) for role in Role), "belum masuk"]
    assert found == {(f"/{route}", who) for route, _view in checks.views() for who in people}


@pytest.mark.parametrize("change", ["an address without a rule", "a rule without an address"])
def test_an_address_and_its_rule_come_and_go_together(monkeypatch, change):
    name = "services:case"
    if change == "an address without a rule":
        monkeypatch.delitem(rights.RULES, name)
    else:
        name = "services:nowhere"
        monkeypatch.setitem(rights.RULES, name, rights.page(rights.ALL))
    with pytest.raises(CommandError, match=name):
        access_matrix.table()


def test_every_view_is_open_to_the_roles_of_its_rule():
    """What is declared at the door, and which methods; the walk proves the rest."""
    declared = {route: view.policy for route, view in checks.views()}
    for name, route in ROUTES.items():
        rule, policy = rights.RULES[name], declared[route]
        methods = {method for method, roles in (("GET", rule.reads), ("POST", rule.acts)) if roles}
        assert (policy.public, policy.roles or rights.ALL, set(policy.methods)) == (
            rule.is_public,
            rule.reads | rule.acts,
            methods,
        ), name


def test_only_those_who_work_with_clients_are_shown_any():
    shown = {role for rule in rights.RULES.values() for role in rule.shows}
    assert shown - {Role.ADMINISTRATOR} == rights.REGISTER | rights.WORKLOG
    assert not {Role.PROVINCE, Role.ADMINISTRATOR} & (rights.REGISTER | rights.WORKLOG)
    # The trail of a person is read under a trace too; to the administrator it names no client.
    to_administrators = {name for name, rule in rights.RULES.items() if Role.ADMINISTRATOR in rule.shows}
    assert to_administrators == {"services:person_trail"}
