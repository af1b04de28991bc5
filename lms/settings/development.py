"""A machine of one's own: invented people, keys that everybody knows, email into a folder.

Also what ``make run`` serves a demonstration with, with DEBUG=0.
"""

from lms.checks import DEVELOPMENT_REFLECTION_KEY, DEVELOPMENT_SECRET_KEY

from .base import *

DEMONSTRATION = True
DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_SECRET_KEY)
REFLECTION_KEYS = REFLECTION_KEYS or [DEVELOPMENT_REFLECTION_KEY]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
INTERNAL_IPS = ["127.0.0.1"]
