"""What a production site must never run with.

The same list stops ``lms.settings.production`` from loading, so that no process starts on it, and answers
``manage.py check --deploy``, so that an operator reads all of it at once.
"""

from collections.abc import Iterator, Mapping

from cryptography.fernet import Fernet
from django.core.checks import Error

#: Known to everybody who reads this repository; right for a machine that holds invented people only.
DEVELOPMENT_SECRET_KEY = "development-only-secret-key-known-to-everybody-who-reads-this"
DEVELOPMENT_REFLECTION_KEY = "ZGV2ZWxvcG1lbnQtb25seS1yZWZsZWN0aW9uLWtleSE="

#: Django's own check asks for as much.
SECRET_KEY_LENGTH = 50


def unsafe_settings(settings: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield a check's id and a sentence for each setting that is unsafe in production."""
    secret_key = str(settings.get("SECRET_KEY") or "")
    if len(secret_key) < SECRET_KEY_LENGTH or secret_key == DEVELOPMENT_SECRET_KEY:
        yield "lms.E001", f"SECRET_KEY must be a secret of your own, {SECRET_KEY_LENGTH} characters or more."
    hosts = settings.get("ALLOWED_HOSTS") or []
    if not hosts or "*" in hosts:
        yield "lms.E002", "ALLOWED_HOSTS must name the hosts that this site answers for."
    if settings.get("DEBUG"):
        yield "lms.E003", "DEBUG must be off: its error pages show settings and what people wrote."
    yield from _unsafe_reflection_keys(list(settings.get("REFLECTION_KEYS") or []))


def _unsafe_reflection_keys(keys: list[str]) -> Iterator[tuple[str, str]]:
    if not keys or DEVELOPMENT_REFLECTION_KEY in keys:
        yield "lms.E004", "REFLECTION_KEYS must hold a key of your own: reflections are encrypted with it."
    if not all(_is_fernet_key(key) for key in keys):
        yield "lms.E005", "Each of REFLECTION_KEYS must be a Fernet key: 32 bytes in URL-safe base64."


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def check_production(app_configs: object, **kwargs: object) -> list[Error]:
    """Django's form of ``unsafe_settings``, for ``manage.py check --deploy``."""
    from django.conf import settings

    names = ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "REFLECTION_KEYS")
    values = {name: getattr(settings, name, None) for name in names}
    return [Error(sentence, id=check_id) for check_id, sentence in unsafe_settings(values)]
