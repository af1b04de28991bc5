"""What the tests of content share."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images.models import Image

from cms.models import ClockHourCategory, LearningStandard
from cms.portable.site import set_up_site
from tests.factories import BuildingFactory


@pytest.fixture
def an_image(db):
    """A small picture in the library."""
    content = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(content, "PNG")
    content.seek(0)
    return Image.objects.create(title="A picture", file=ImageFile(content, name="picture.png"))


@pytest.fixture
def house(db, settings):
    """A site with the standards of ``portable_course``, no file yet, and the building of its edition."""
    settings.STORAGES = dict(settings.STORAGES)  # an empty storage, so that files get their own names
    set_up_site()
    LearningStandard.objects.create(framework="CCDEI", code="CCDEI 1.A", title="Know where you stand")
    ClockHourCategory.objects.create(slug="equity-based-school-practices", name="Equity")
    return BuildingFactory(slug="heron-bend")


@pytest.fixture
def elementary(district):
    """An elementary building of the district."""
    return BuildingFactory(name="Salmonberry", slug="salmonberry", level="elementary", district=district)
