"""The pages where many cases are signed or decided at once: open, fill in, pick."""

from accounts.models import User

MANY, DECIDE = "/supervisi/banyak/", "/supervisi/putuskan/"


def fields(form) -> dict[str, str]:
    """What a browser would post if nothing was touched."""
    posted = {}
    for field in form:
        value = field.value()
        if value is True:
            posted[field.html_name] = "on"
        elif value not in (None, False, "", []):
            posted[field.html_name] = value.isoformat() if hasattr(value, "isoformat") else value
    return posted


def page(client, user, path):
    client.force_login(User.objects.get(pk=user.pk))
    return client.get(path)


def picked(*rows, **typed):
    return {f"pick-{row.pk}": "on" for row in rows} | typed
