"""Django's settings, from FENGHUO_HOME and a handful of environment variables (docs/administration.md)."""

import os
from urllib.parse import urlsplit

import dj_database_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import home

HOME = home.prepare()
PORT = int(os.environ.get("PORT", "8000"))
PUBLIC_URL = os.environ.get("FENGHUO_URL", f"http://localhost:{PORT}").rstrip("/")

SECRET_KEY = home.key("secret")
DEBUG = os.environ.get("FENGHUO_DEBUG") == "1"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    urlsplit(PUBLIC_URL).hostname,
    *filter(None, os.environ.get("FENGHUO_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
_HTTPS = PUBLIC_URL.startswith("https:")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"

FENGHUO_NOW = timezone.now  # the one clock; tests set it
FENGHUO_PEN = "fenghuo.desk.journal.commands.write"
FENGHUO_JOURNAL_KEY = home.key("journal").encode()
FENGHUO_LEASE_SECONDS = float(os.environ.get("FENGHUO_LEASE_SECONDS", "60"))
FENGHUO_MAP = HOME / "map"  # a township's own relief, contours, streams and roads
FENGHUO_OPEN_METEO = os.environ.get("FENGHUO_OPEN_METEO", "https://api.open-meteo.com/v1/forecast")
FENGHUO_CAP_CHECK_PUBLIC = os.environ.get("FENGHUO_CAP_CHECK_PUBLIC") == "1"
FENGHUO_SMTP = os.environ.get("FENGHUO_SMTP", "")  # smtp://user:password@host:25?from=desk@example.org

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "fenghuo.desk.site",
    "fenghuo.desk.summary",
    "fenghuo.desk.danger",
    "fenghuo.desk.incident",
    "fenghuo.desk.inspection",
    "fenghuo.desk.warning",
    "fenghuo.desk.duty",
    "fenghuo.desk.channel",
    "fenghuo.desk.gather",
    "fenghuo.desk.journal",
    "fenghuo.desk.officers",
    "fenghuo.desk.places",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fenghuo.desk.site.middleware.content_security_policy",
    "fenghuo.desk.site.middleware.CallerMiddleware",
]
ROOT_URLCONF = "fenghuo.desk.site.urls"
WSGI_APPLICATION = "fenghuo.desk.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "fenghuo.desk.site.context.desk",
            ],
            "builtins": ["fenghuo.desk.site.templatetags.fenghuo"],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "fenghuo.sqlite3",
    "OPTIONS": {
        # A writer takes its lock at the start, so two acts never deadlock on an upgrade.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}
_URL = os.environ.get("DATABASE_URL")
DATABASES = {"default": dj_database_url.parse(_URL, conn_max_age=60) if _URL else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "officers.Officer"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
USE_TZ = True
TIME_ZONE = os.environ.get("FENGHUO_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "uploads"
FENGHUO_ARCHIVE = (
    HOME / "archive"
)  # the index of archived papers, made anew from the database when it is gone
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"fenghuo": {"level": "INFO"}},
}
