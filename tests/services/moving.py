"""A session moved to another day, hour or room."""

from services import arranging


def move(people, session, despite=False, **values):
    told = {name: getattr(session, name) for name in arranging.SETTLED}
    return arranging.move(
        session_id=session.pk,
        values={**told, **values},
        by=people.supervisor,
        version=session.version,
        despite=despite,
    )
