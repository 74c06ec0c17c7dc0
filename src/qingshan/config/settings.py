"""How is this installation wired? Everything that differs between machines comes from the environment.

QINGSHAN_HOME  folder of all state (default ./var)
DATABASE_URL   postgres://user:password@host:port/name; without it, SQLite inside QINGSHAN_HOME
QINGSHAN_SCENES folder below which satellite images lie (default QINGSHAN_HOME/scenes)
QINGSHAN_HOSTS comma-separated host names beyond loopback
"""

from __future__ import annotations

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from qingshan.config.database import database_from_env
from qingshan.config.keys import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("QINGSHAN_HOME", "var")).resolve()

DEBUG = False
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    *filter(None, os.environ.get("QINGSHAN_HOSTS", "").split(",")),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "qingshan.geo",
    "qingshan.finding",
    "qingshan.exchange",
    "qingshan.jobs",
    "qingshan.office.trail",
    "qingshan.office.regions",
    "qingshan.office.accounts",
    "qingshan.office.places",
    "qingshan.office.experts",
    "qingshan.office.mines",
    "qingshan.office.matters",
    "qingshan.office.papers",
    "qingshan.office.observations",
    "qingshan.office.cases",
    "qingshan.office.restoration",
    "qingshan.office.planting",
    "qingshan.office.batches",
    "qingshan.office.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "qingshan.config.security.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qingshan.config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "qingshan.office.accounts.middleware.ActorMiddleware",
    "qingshan.office.desk.middleware.ErrorsInWords",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "qingshan.config.urls"
WSGI_APPLICATION = "qingshan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "qingshan.office.desk.shell.shell",
            ],
        },
    }
]

FORM_RENDERER = "qingshan.config.widgets.QuickWidgets"

DATABASES = {"default": database_from_env(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "qingshan.office.accounts.passwords.ThreeKindsOfCharacters"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"

# GB/T 22239-2019 level 3: lock-out after repeated failures, idle time-out
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "qingshan.office.accounts.pages.locked_out"
AXES_VERBOSE = False
SESSION_IDLE_S = 30 * 60
SESSION_COOKIE_AGE = SESSION_IDLE_S
# the middleware of accounts notes work once a minute: a write for every page that is read would be too many
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("QINGSHAN_HTTPS") == "1"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "qingshan.office.desk.errors.forgery_refused"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True

VAULT_ROOT = HOME / "vault"
KEYS_ROOT = HOME / "keys"
SCENES_ROOT = Path(os.environ.get("QINGSHAN_SCENES") or HOME / "scenes").resolve()
OBSERVATIONS_ROOT = HOME / "observations"
RULEBOOKS_ROOT = HOME / "rulebooks"
"""Rules of this province and its cities, each file released: docs/howto/rules.md."""
FILE_UPLOAD_TEMP_DIR = HOME / "tmp"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
MAX_UPLOAD_BYTES = 200 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("QINGSHAN_LOG", "WARNING")},
}
