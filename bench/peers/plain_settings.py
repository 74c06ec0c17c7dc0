"""A plain list page: no sessions, no log-in, no scope, no shell."""

from peers.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "peers.urls"
WSGI_APPLICATION = "peers.wsgi.application"
