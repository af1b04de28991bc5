"""For pytest: quick, in memory, and the same on every machine whatever its ``.env`` says."""

import os
import tempfile
import zlib

os.environ["ENV_FILE"] = os.devnull
# Tests must not meet the database, the email and the uploads of the person who runs them.
os.environ.setdefault("VAR_DIR", os.path.join(tempfile.gettempdir(), f"equity-lms-tests-{os.getuid()}"))

from lms.checks import DEVELOPMENT_REFLECTION_KEY, DEVELOPMENT_SECRET_KEY

from .base import *

DEBUG = False
SECRET_KEY = DEVELOPMENT_SECRET_KEY
REFLECTION_KEYS = [DEVELOPMENT_REFLECTION_KEY]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Two checkouts that are tested at once must not compile over each other.
COMPILED_MESSAGES_DIR = VAR_DIR / f"locale-{zlib.crc32(str(BASE_DIR).encode())}"
LOCALE_PATHS = [COMPILED_MESSAGES_DIR]

if test_db := env("TEST_DB", default=""):
    DATABASES["default"]["TEST"] = {"NAME": test_db}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow hashing is for real passwords
ACCOUNT_RATE_LIMITS = False  # every test signs in from one address
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # look for a file when it is asked for, not for all of them at the start

CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

LOGGING["root"]["level"] = "WARNING"
LOGGING["loggers"]["django"]["level"] = "ERROR"
