"""Every setting in one place; what differs between installations comes from the environment."""

import base64
import logging
import os
import secrets
import sqlite3
import sys
from pathlib import Path

import environ
from cryptography.fernet import Fernet

from rehsos import keyfiles, logs

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

env = environ.Env()

# --- Where the data lie, and the keys to them -------------------------------------------------------------------
os.umask(0o077)  # database, files and keys are nobody else's, however open the folder around them is
DATA_DIR = keyfiles.private_folder(Path(env.str("REHSOS_DATA_DIR", default=str(BASE_DIR / "data"))).resolve())
FILES_DIR = DATA_DIR / "files"
KEYS_DIR = DATA_DIR / "keys"

SECRET_KEY = env.str("SECRET_KEY", default="") or keyfiles.read_or_draw(
    KEYS_DIR / "secret_key", lambda: secrets.token_urlsafe(64)
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Keys of encrypted columns, newest first: the first one encrypts, all of them decrypt.
FIELD_KEYS: list[str] = (
    env.list("REHSOS_FIELD_KEYS", default=[])
    or keyfiles.read_or_draw(KEYS_DIR / "field_keys", lambda: Fernet.generate_key().decode()).split()
)
# Key of the blind indexes (HMAC); it must stay the same as long as the data do.
INDEX_KEY: bytes = base64.urlsafe_b64decode(
    env.str("REHSOS_INDEX_KEY", default="")
    or keyfiles.read_or_draw(KEYS_DIR / "index_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
)

# --- How it is reached --------------------------------------------------------------------------------------------
DEBUG = env.bool("REHSOS_DEBUG", default=False)
HTTPS = env.bool("REHSOS_HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many reverse proxies of our own stand in front: that many entries of X-Forwarded-For are believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("REHSOS_PROXIES", default=0)

ROOT_URLCONF = "rehsos.urls"
WSGI_APPLICATION = "rehsos.wsgi.application"

# --- Applications ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "rehsos",
    "audit",
    "accounts",
    "cases",
    "services",
    "reports",
    "backups",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rehsos.middleware.Headers",
    "rehsos.middleware.RequestLog",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before the CSRF check: who is signed out learns that first, and gets the text back.
    "rehsos.middleware.Policies",
    "accounts.middleware.SecondFactor",
    "rehsos.localtime.LocalTime",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.Drafts",
    "allauth.account.middleware.AccountMiddleware",
    "rehsos.middleware.InputGate",
    "rehsos.middleware.ErrorMap",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rehsos.navigation.shell",
            ],
            "builtins": ["cases.templatetags.stages"],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -------------------------------------------------------------------------------------------------------
# WAL of older SQLite can corrupt a database; TRUNCATE with FULL loses nothing on power loss with any version.
SQLITE_JOURNAL = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'rehsos.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that begins by reading and then writes would fail at once under load; this one waits its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA foreign_keys=ON; PRAGMA journal_mode={SQLITE_JOURNAL}; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": env.int("REHSOS_CONN_MAX_AGE", default=60), "CONN_HEALTH_CHECKS": True}
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "options": "-c statement_timeout=20000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000",
    } | DATABASES["default"].get("OPTIONS", {})

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rehsos_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- People and sessions --------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["accounts.hashers.SmallArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email", "nip")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_FORMS = {"login": "accounts.forms.sign_in.SignInForm"}
# Guesses count per account and address together (the adapter joins them), so a stranger cannot lock anybody out.
# allauth's count per address alone queues everybody behind one lock; the adapter counts that itself.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
SIGN_INS_PER_MINUTE = 60
# How long a one-time link to choose a password works.
PASSWORD_RESET_TIMEOUT = 72 * 60 * 60

# A second factor for the roles that decide: six digits from a phone, or a recovery code.
REQUIRE_MFA = env.bool("REHSOS_REQUIRE_MFA", default=True)
MFA_ADAPTER = "accounts.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "rehsos"
MFA_TOTP_TOLERANCE = 1  # the code before and the one after: phones go wrong by half a minute

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
IDLE_SECONDS = env.int("REHSOS_IDLE_SECONDS", default=1800)
ABSOLUTE_SECONDS = SESSION_COOKIE_AGE

# --- Headers --------------------------------------------------------------------------------------------------------
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "rehsos.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
# Asking browsers to preload a domain is a decision of the domain's owner, not of one application on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Input ----------------------------------------------------------------------------------------------------------
# High enough that an oversized note reaches its form, which answers with the limit and the text still in it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Beyond this a body is not even read.
BODY_MAX_SIZE = 64 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Language, static files, log ------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
PLAIN_STATIC = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_AUTOREFRESH = PLAIN_STATIC

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
LOGGING = logs.CONFIG
logs.configure()
