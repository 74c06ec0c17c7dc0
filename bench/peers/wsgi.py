"""The door of the plain list for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "peers.plain_settings"
application = get_wsgi_application()
