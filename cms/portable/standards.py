"""Facts of the state as rows: learning standards, clock-hour categories, renewal rules."""

from collections.abc import Iterable

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from cms.models import ClockHourCategory, LearningStandard, RenewalRule
from cms.portable.mistakes import Notes


def import_standards(text: str, *, file: str = "standards.yaml") -> int:
    """Bring the standards to where ``text`` (a YAML list) has them, by code; gives their number.

    Standards that it doesn't name stay: courses point to them.

    Raises:
        CannotImport: with every mistake; nothing was changed.
    """
    notes = Notes()
    rows = _entries(yaml.safe_load(text), notes, file)
    with transaction.atomic():
        for line, entry in rows:
            _save(LearningStandard, {"code": entry.get("code")}, entry, notes, file, line)
        notes.stop_on_mistakes()
    return len(rows)


def import_clock_hours(text: str, *, file: str = "clock-hours.yaml") -> int:
    """Bring categories and renewal rules to where ``text`` has them; gives the number of rules.

    Rules that it doesn't name are removed: they no longer hold.

    Raises:
        CannotImport: with every mistake; nothing was changed.
    """
    notes = Notes()
    facts = yaml.safe_load(text)
    with transaction.atomic():
        for line, entry in _entries(facts["categories"], notes, file):
            _save(ClockHourCategory, {"slug": entry.get("slug")}, entry, notes, file, line)
        notes.stop_on_mistakes()
        categories = {category.slug: category for category in ClockHourCategory.objects.all()}
        kept = []
        for line, entry in _entries(facts["renewal"], notes, file):
            slug = entry.pop("category", None)
            if slug and slug not in categories:
                notes.about(file)(line, f"There is no category “{slug}”; there are {', '.join(categories)}.")
                continue
            match = {"holder": entry.get("holder"), "category": categories.get(slug)}
            kept.append(_save(RenewalRule, match, entry, notes, file, line))
        notes.stop_on_mistakes()
        RenewalRule.objects.exclude(pk__in=[rule.pk for rule in kept]).delete()
    return len(kept)


def _entries(entries: Iterable, notes: Notes, file: str) -> list[tuple[int, dict]]:
    found = []
    for number, entry in enumerate(entries, start=1):
        if isinstance(entry, dict):
            found.append((0, dict(entry)))
        else:
            notes.about(file)(0, f"Entry {number} is no mapping of fields.")
    return found


def _save(model, match: dict, entry: dict, notes: Notes, file: str, line: int):
    row = model.objects.filter(**match).first() or model(**match)
    for name, value in entry.items():
        if name not in {field.name for field in model._meta.get_fields()}:
            notes.about(file)(line, f"{match}: there is no field “{name}”.")
        else:
            setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        what = next(iter(match.values()))
        for name, messages in error.message_dict.items():
            notes.about(file)(line, f"{what}: {name}: {' '.join(messages)}")
        return row
    row.save()
    return row
