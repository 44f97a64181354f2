"""The sessions of one person, ended at once wherever they are open."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from accounts.models import User
from rehsos import clock


def end_all(person: User, *, but: str | None = None) -> int:
    """Delete every living session of ``person``, except the one whose key is ``but``; how many there were.

    Sessions know their person only inside their sealed data. Those of half a day are few, so they are opened in turn.
    """
    ended = 0
    for session in list(Session.objects.filter(expire_date__gt=clock.now()).exclude(session_key=but)):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()
            ended += 1
    return ended
