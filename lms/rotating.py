"""Rotating the keys of what is encrypted at rest: every row under the newest, so that an old one can go."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from courses.encrypted import EncryptedTextField, reseal


def reseal_everything() -> int:
    """Put every encrypted text under the first of ``REFLECTION_KEYS``; return how many texts that were.

    Works on a site in use: a row is written only if its text is still the one that was read, so that words
    saved meanwhile (under the newest key already) are never overwritten.

    Raises:
        Unreadable: a text opens with none of the keys; those before it are done, none is changed wrongly.
    """
    return sum(_reseal(model, name) for model, name in _encrypted_fields())


def _encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.name


def _reseal(model: type[models.Model], name: str) -> int:
    # The column as it lies there; read as the field, it would be opened.
    rows = model._base_manager.annotate(sealed=Cast(name, TextField()))
    count = 0
    for pk, sealed in rows.values_list("pk", "sealed").iterator(chunk_size=500):
        resealed = Value(reseal(sealed), output_field=TextField())
        count += rows.filter(pk=pk, sealed=sealed).update(**{name: resealed})
    return count
