"""Settings of the test run: a throw-away home, fast hashing, no manifest of static files."""

import os
import tempfile

os.environ.setdefault("FENGHUO_HOME", tempfile.mkdtemp(prefix="fenghuo-test-"))

from fenghuo.desk.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FENGHUO_OPEN_METEO = "http://127.0.0.1:9/"  # nobody listens there: no test leaves this machine
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A database in memory is one connection for all threads; a browser's requests need one each.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}  # noqa: F405
