"""The tabs of a case."""


def tab(client, user, case, name="", **query):
    client.force_login(user)
    return client.get(f"/kasus/{case.number}/{name}", query)
