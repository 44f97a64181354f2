"""The second factor of somebody: set up, its code, signing in."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from accounts import mfa
from accounts.models import User
from audit.models import Entry
from tests.accounts.people import PASSWORD
from tests.accounts.staff import keyed


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def enrolled(user: User) -> str:
    """Set the second factor up without its page; the secret."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    mfa.enrol(person=user, secret=secret, session_key=None)
    return secret


def enrol_by_page(client: Client, user: User, **values):
    page = client.get("/akun/kode/").content.decode()
    secret = re.search(r"<b>([A-Z2-7 ]{32,})</b>", page)[1].replace(" ", "")
    data = keyed(user, "enrol", user, code=code_of(secret), password=PASSWORD) | values
    return client.post("/akun/kode/", data), secret


def sign_in(client: Client, user: User):
    return client.post("/masuk/?next=/akun/", {"login": user.username, "password": PASSWORD})


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))
