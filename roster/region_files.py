"""Region files: districts and their buildings, in their own words, as one YAML file (``fixtures/region``)."""

from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from roster import describing
from roster.models import Building, District, FocusArea, User


class CannotRead(Exception):
    """The file is not what it should be; the message says where."""


def import_region(path: Path, *, by: User | None = None) -> tuple[int, int]:
    """Bring the file's districts and buildings in, all or nothing, known by their slugs; return how many.

    What is there and says the same stays untouched; a place that the file doesn't name stays as it is.

    Raises:
        CannotRead: the file is missing, is not YAML, or a place in it can't be.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        with transaction.atomic():
            districts = [_district(facts, by) for facts in content["districts"]]
            buildings = [
                _building(facts, district, by)
                for district, of in zip(districts, content["districts"], strict=True)
                for facts in of.get("buildings", [])
            ]
    except (OSError, yaml.YAMLError) as error:
        raise CannotRead(f"{path}: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise CannotRead(f"{path}: a district or building lacks {error}") from error
    except ValidationError as error:
        raise CannotRead(f"{path}: {'; '.join(error.messages)}") from error
    return len(districts), len(buildings)


def _district(facts: dict, by: User | None) -> District:
    district = District.objects.filter(slug=facts["slug"]).first() or District(slug=facts["slug"])
    district.name = facts["name"]
    district.city = facts.get("city", "")
    district.goal = facts.get("goal", "")
    return describing.describe_district(district=district, focus_areas=_focus_areas(facts), by=by)


def _building(facts: dict, district: District, by: User | None) -> Building:
    building = Building.objects.filter(slug=facts["slug"]).first() or Building(slug=facts["slug"])
    building.district = district
    building.name = facts["name"]
    building.level = facts["level"]
    building.goal = facts.get("goal", "")
    building.community_context = facts.get("community_context", "")
    building.languages = facts.get("languages", [])
    return describing.describe_building(building=building, focus_areas=_focus_areas(facts), by=by)


def _focus_areas(facts: dict) -> list[FocusArea]:
    return [
        FocusArea.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").capitalize()})[0]
        for slug in facts.get("focus_areas", [])
    ]
