"""The page of a record: where it lies, and its form as it is drawn for somebody."""


def address(case, kind, record=None):
    tail = f"{record.pk}/" if record else ""
    return f"/kasus/{case.number}/tahap/{kind.home.slug}/isi/{kind.slug}/{tail}"


def drawn(client, user, url):
    client.force_login(user)
    return client.get(url).context["form"]
