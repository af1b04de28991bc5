"""Text that is encrypted at rest, with keys that can be rotated (design section 7)."""

import json
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.signals import setting_changed
from django.db import models


@lru_cache(maxsize=1)
def _keys():
    return MultiFernet([Fernet(key) for key in settings.REFLECTION_KEYS])


def _forget_keys(*, setting, **kwargs):
    if setting == "REFLECTION_KEYS":
        _keys.cache_clear()


setting_changed.connect(_forget_keys, dispatch_uid="courses.encrypted")


def seal(text: str) -> str:
    """Encrypt ``text`` with the first of ``REFLECTION_KEYS``."""
    return _keys().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Decrypt with whichever key fits.

    Raises:
        Unreadable: none of ``REFLECTION_KEYS`` fits.
    """
    try:
        return _keys().decrypt(token).decode()
    except InvalidToken as error:
        raise Unreadable("No key of REFLECTION_KEYS opens this text.") from error


def reseal(token: str) -> str:
    """The same text under the newest key: what rotating the keys does to each row."""
    return seal(unseal(token))


class Unreadable(Exception):
    """A sealed text that no present key opens."""


class EncryptedTextField(models.TextField):
    """Reads and writes ``str``; the database holds a Fernet token. Can't be searched, on purpose."""

    def from_db_value(self, value, expression, connection):
        """Open what the database holds."""
        return None if value is None else unseal(value)

    def get_prep_value(self, value):
        """Seal what goes to the database."""
        value = super().get_prep_value(value)
        return None if value is None else seal(value)


class EncryptedJSONField(EncryptedTextField):
    """Reads and writes what JSON can hold; the database holds a Fernet token like that of a text."""

    def from_db_value(self, value, expression, connection):
        """Open what the database holds."""
        text = super().from_db_value(value, expression, connection)
        return None if text is None else json.loads(text)

    def to_python(self, value):
        """Leave what JSON holds as it is."""
        return value

    def get_prep_value(self, value):
        """Seal what goes to the database."""
        return None if value is None else super().get_prep_value(json.dumps(value, ensure_ascii=False))
