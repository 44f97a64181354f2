"""How allauth behaves here: nobody signs themselves up, and guesses count per account and address."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import floods, mfa, sign_ins
from accounts.models import User
from rehsos import doors
from rehsos.policies import begin

WAIT_SECONDS = 300


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Nama pengguna atau kata sandi salah."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """One way to sign in, the page; no JSON beside it."""
        return False

    def add_message(self, *args, **kwargs) -> None:
        """Our pages say what needs saying."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """The account *and* the address: a stranger's bad tries never lock the right person out."""
        return f"{credentials.get('username', '').casefold()}|{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Refuse with 429 before the password is looked at; a try that succeeds is given back by the caller."""
        if floods.tries_this_minute(request, "sign-ins") > settings.SIGN_INS_PER_MINUTE:
            raise doors.TooMany(60)
        key = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = ratelimit.consume(request, app="allauth.account", action="login_failed", key=key)
        if not self._login_failed_rl_usage:
            raise doors.TooMany(WAIT_SECONDS)

    def authentication_failed(self, request: HttpRequest, **credentials) -> None:
        sign_ins.failed(credentials.get("username", ""), self.get_client_ip(request))

    def get_login_stages(self) -> list[str]:
        return ["accounts.mfa.CodeStage"]

    def validation_error(self, code: str, *args) -> ValidationError:
        """A limit is answered with 429 everywhere, not with an error in a field."""
        if code == "too_many_login_attempts":
            raise doors.TooMany(WAIT_SECONDS)
        return super().validation_error(code, *args)

    def login(self, request: HttpRequest, user: User) -> None:
        """The code, where there is one, was proved before; the view left in the request what with."""
        factor = getattr(request, "second_factor", "")
        super().login(request, user)
        begin(request.session)
        if factor:
            request.session[mfa.PROVED] = user.pk
        sign_ins.succeeded(user, self.get_client_ip(request), factor)

    def respond_user_inactive(self, request: HttpRequest, user: User):
        """The password was right, the person has left."""
        sign_ins.failed(user.username, self.get_client_ip(request))
        raise PermissionDenied(_("Akun ini sudah dinonaktifkan. Hubungi administrator."))
