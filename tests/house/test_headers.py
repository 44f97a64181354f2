"""What browsers are told with every page."""

import pytest

pytestmark = pytest.mark.django_db

EXPECTED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.mark.parametrize("path", ["/masuk/", "/akun/", "/tidak/ada/", "/healthz"])
def test_every_answer_carries_the_same_headers(signed_in, path):
    headers = signed_in.get(path).headers
    assert {name: headers[name] for name in EXPECTED} == EXPECTED
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "no-store" in headers["Cache-Control"]


def test_a_page_of_a_signed_in_person_is_never_kept(signed_in):
    assert signed_in.get("/akun/").headers["Cache-Control"] == "no-store"


def test_cookies_are_closed_to_scripts_and_other_sites(client):
    cookie = client.get("/masuk/").cookies["csrftoken"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")


def test_health_says_nothing_but_that(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"baik\n")
    assert "Set-Cookie" not in response.headers
