"""Importing the public pages: home, services, and standard pages such as *About* and *Privacy*."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from cms.models import HomePage, ServicePage, StandardPage
from cms.models.pages import SERVICES
from cms.portable import fields
from cms.portable.assets import Incoming, link_in, replaced
from cms.portable.fields import Fields
from cms.portable.grammar import READING, Names
from cms.portable.markdown import tree
from cms.portable.mistakes import CannotImport, Notes
from cms.portable.pictures import why_not_a_picture
from cms.portable.reader import Reader
from cms.portable.reading import Files
from cms.portable.site import set_up_site
from cms.portable.writer import Writer

_TEXTS = {
    HomePage: {"headline": fields.words(160), "lead": fields.words(400)},
    ServicePage: {
        "service": fields.one_of([slug for slug, _ in SERVICES]),
        "who_for": fields.words(400),
    },
    StandardPage: {},
}


@dataclass
class _Found:
    """A page as its file has it; ``values`` are fields, ``steps`` those of a service."""

    file: str
    model: type
    slug: str
    values: dict
    body: list[dict]
    steps: list[dict]
    image: str

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"page/{self.slug}")


def import_pages(files: Files) -> dict[str, str]:
    """Bring home, services and standard pages to where ``files`` have them; gives what became of each file.

    ``home.md`` is the home page, files in ``services/`` are services, all others standard pages. Pages
    are found by their slug below the home page. Pages without a file stay as they are.

    Raises:
        CannotImport: with every mistake; nothing was changed.
    """
    notes = Notes()
    found = [_read(path, files, notes) for path in sorted(files) if path.endswith(".md")]
    notes.stop_on_mistakes()
    outcomes = {}
    with transaction.atomic():
        home = set_up_site()
        incoming = Incoming(files, prefix="pages", title="Pages", collection="Pages")
        for page in sorted(found, key=lambda one: one.model is not HomePage):
            outcomes[page.file] = _save(page, home, incoming, notes)
            if page.model is HomePage:
                # A publish writes another object: below this one its old address would go on.
                home.refresh_from_db()
        notes.stop_on_mistakes()
    return outcomes


# --- reading ---------------------------------------------------------------------------------------------


def _model_of(path: str) -> type:
    if path == "home.md":
        return HomePage
    return ServicePage if path.startswith("services/") else StandardPage


def _read(path: str, files: Files, notes: Notes) -> _Found:
    say, model = notes.about(path), _model_of(path)
    nodes = tree(files[path].decode("utf-8")).children
    front = nodes[0].content if nodes and nodes[0].type == "front_matter" else "{}"
    front_matter = Fields(front, say, offset=1)
    read = front_matter.read
    slug = read("slug", fields.words(255), needed=True, default="")
    values = {
        "title": read("title", fields.words(255), needed=True, default=""),
        "summary": read("summary", fields.words(600), default=""),
        "image_alt": read("image_alt", fields.words(300), default=""),
    }
    for name, convert in _TEXTS[model].items():
        values[name] = read(name, convert, default="", needed=name in ("headline", "service"))
    image = read("image", fields.words(), default="")
    steps = read("what_happens", fields.list_of(_step), default=[]) if model is ServicePage else []
    front_matter.nothing_else()
    page = _Found(path, model, slug, values, [], [dict(step) for step in steps], image)
    reader = Reader(Names(page.key), say)
    page.body = reader.stream(nodes, READING)
    reader.check_identities()
    pictures = [*reader.assets, *([(image, front_matter.lines["image"])] if image else [])]
    for asset, line in pictures:
        if asset not in files:
            say(line, f"There is no file {asset} in this folder.")
        elif asset.startswith("images/") and (why := why_not_a_picture(asset, files[asset])):
            say(line, why)
    for audience, line in reader.found_audiences:
        say(line, f"A public page is for everyone: it can't be shown to “{audience}” only.")
    return page


def _step(value) -> tuple:
    step = fields.mapping(value)
    if set(step) != {"title", "text"}:
        raise ValueError("each step has a title and a text.")
    return (
        ("title", fields.words(120)(step["title"])),
        ("text", fields.words(600)(step["text"])),
    )


# --- saving ----------------------------------------------------------------------------------------------


def _save(found: _Found, home: HomePage, incoming: Incoming, notes: Notes) -> str:
    row, is_new = _row(found, home)
    values = found.values | {"image_id": incoming.pk(found.image) if found.image else None}
    body = replaced(found.body, **_ways(incoming, notes.about(found.file)))
    names = Names(found.key, "steps")
    steps = [{"type": "step", "value": step, "id": names.expected("step", None)} for step in found.steps]
    is_at_home = row is home or row.url_path == f"{home.url_path}{row.slug}/"
    if not is_new and row.live and is_at_home and _is_the_same(row, values, body, steps, found):
        return "nothing to change"
    for name, value in values.items():
        setattr(row, name, value)
    row.draft_title, row.slug, row.body = row.title, found.slug, json.dumps(body)
    if found.model is ServicePage:
        row.what_happens = json.dumps(steps)
    try:
        if is_new:
            home.add_child(instance=row)
        elif row is not home:
            row.set_url_path(home)
        row.save_revision().publish()
    except ValidationError as error:
        notes.about(found.file)(0, "; ".join(error.messages))
        raise CannotImport(notes.mistakes) from error
    return "imported" if is_new else "updated"


def _row(found: _Found, home: HomePage) -> tuple[Page, bool]:
    if found.model is HomePage:
        return home, False
    row = found.model.objects.child_of(home).filter(slug=found.slug).first()
    if row:
        return row, False
    return found.model(live=False, translation_key=found.key, locale=home.locale), True


def _ways(incoming: Incoming, say: Callable[[int, str], None]) -> dict:
    pages = link_in({}, lambda href: say(0, f"There is no page {href} here."))

    def link(given: dict) -> dict:
        if given.get("href", "").startswith("documents/"):
            return {"linktype": "document", "id": incoming.pk(given["href"])}
        return pages(given)

    return {"image": incoming.pk, "document": incoming.pk, "link": link}


def _is_the_same(row, values: dict, body: list, steps: list, found: _Found) -> bool:
    """Would saving change anything? Bodies are compared as Markdown: an editor's form adds its marks."""
    if row.slug != found.slug or any(getattr(row, name) != value for name, value in values.items()):
        return False
    if found.model is ServicePage and row.what_happens.get_prep_value() != steps:
        return False
    written = Writer(Names(found.key)).stream(row.body.get_prep_value())
    return written == Writer(Names(found.key)).stream(body)
