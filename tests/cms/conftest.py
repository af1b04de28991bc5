"""What the tests of content share."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.images.models import Image


@pytest.fixture
def an_image(db):
    """A small picture in the library."""
    content = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(content, "PNG")
    content.seek(0)
    return Image.objects.create(title="A picture", file=ImageFile(content, name="picture.png"))
