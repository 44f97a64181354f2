"""How allauth behaves here: nobody signs themselves up, and guesses count per account and address."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest

from rehsos import doors

WAIT_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """The account *and* the address: a stranger's bad tries never lock the right person out."""
        login = credentials.get("username", "").casefold()
        return f"{login}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Refuse with 429 before the password is looked at."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="login_failed", key=key
        )
        if not self._login_failed_rl_usage:
            raise doors.TooMany(WAIT_SECONDS)
