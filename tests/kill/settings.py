"""The production settings for an application that a kill run starts; only static files need no collecting."""

from rehsos.settings import *  # noqa: F403
from rehsos.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
REQUIRE_MFA = False  # people sign in without a code here
