"""What gunicorn serves."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rehsos.settings")

application = get_wsgi_application()
# A service that could lose or show what it must not does not start.
call_command("check", databases=["default"])
