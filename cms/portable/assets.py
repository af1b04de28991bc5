"""Pictures, documents and links: paths inside a folder on one side, rows of Wagtail's on the other."""

import re
import uuid
from collections.abc import Callable
from html import escape, unescape
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page
from wagtail.utils.file import hash_filelike

from cms.portable.grammar import DOCUMENT_FIELDS

COLLECTION = "Courses"
_LINK = re.compile(r"<a\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
#: What a storage puts at the end of a name that is taken already.
_TAKEN_SUFFIX = re.compile(r"_[A-Za-z0-9]{7}$")


def replaced(value, *, image: Callable, document: Callable, link: Callable):
    """A copy of a stream in which pictures, documents and links are exchanged.

    ``link`` gets the attributes of each ``<a>`` in rich text and gives those that it should have.
    """

    def walk(one):
        if isinstance(one, list):
            return [walk(inner) for inner in one]
        if isinstance(one, dict):
            copy = {key: walk(inner) for key, inner in one.items()}
            _exchange(copy, image, document)
            return copy
        if isinstance(one, str) and "<a" in one:
            return exchange_links(one, link)
        return one

    return walk(value)


def _exchange(block: dict, image: Callable, document: Callable) -> None:
    value = block.get("value")
    if not isinstance(value, dict):
        return
    if block.get("type") == "image" and value.get("image"):
        value["image"] = image(value["image"])
    if block.get("type") in ("resource", "video", "audio"):
        for field in DOCUMENT_FIELDS:
            if value.get(field):
                value[field] = document(value[field])
            elif field in value:
                value[field] = None


def exchange_links(html: str, link: Callable[[dict], dict]) -> str:
    """Rich text with the attributes of its links exchanged."""

    def exchange(match: re.Match) -> str:
        given = {key: unescape(text) for key, text in _ATTRIBUTE.findall(match[1])}
        wanted = link(given)
        return "<a" + "".join(f' {key}="{escape(str(text))}"' for key, text in wanted.items()) + ">"

    return _LINK.sub(exchange, html)


# --- into the database --------------------------------------------------------------------------------


class Incoming:
    """Takes a folder's files into Wagtail, each once however often it is used (by the hash of the file)."""

    def __init__(self, assets: dict[str, bytes], *, prefix: str, title: str, collection: str = COLLECTION):
        self.assets = assets
        self.prefix = prefix
        self.title = title
        self.collection = collection
        self._known: dict[str, int] = {}

    def pk(self, path: str) -> int:
        """The primary key of the picture or document at ``path``."""
        if path not in self._known:
            model = get_image_model() if path.startswith("images/") else get_document_model()
            self._known[path] = self._row(model, path).pk
        return self._known[path]

    def _row(self, model, path: str):
        file = ContentFile(self.assets[path])
        file_hash = hash_filelike(file)
        if found := model.objects.filter(file_hash=file_hash).first():
            return found
        name = PurePosixPath(path).name
        words = PurePosixPath(path).stem.replace("-", " ").replace("_", " ")
        row = model(title=f"{self.title}: {words}"[:255], collection=collection_called(self.collection))
        file.name = f"{self.prefix[:40]}--{name}"
        row.file, row.file_size, row.file_hash = file, file.size, file_hash
        row.save()
        return row


def collection_called(name: str) -> Collection:
    """The collection of this name below the root; made when there is none."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def link_in(modules: dict[str, int], unknown: Callable[[str], None]) -> Callable[[dict], dict]:
    """How links come in: ``01-some-module.md``, ``page:<key>`` and ``documents/…`` become Wagtail's.

    ``modules`` maps file names to primary keys; documents are seen to by ``Incoming`` before.
    """

    def link(given: dict) -> dict:
        href = given.get("href", "")
        if href.removesuffix(".md") in modules and href.endswith(".md"):
            return {"linktype": "page", "id": modules[href.removesuffix(".md")]}
        if href.startswith("page:"):
            page = _page_with(href.removeprefix("page:"))
            if page is None:
                unknown(href)
                return {}
            return {"linktype": "page", "id": page.pk}
        return given

    return link


def _page_with(key: str) -> Page | None:
    try:
        return Page.objects.filter(translation_key=uuid.UUID(key)).first()
    except ValueError:
        return None


# --- out of the database ------------------------------------------------------------------------------


class Outgoing:
    """Gives pictures and documents their paths in a folder, and collects the files."""

    def __init__(self):
        self.assets: dict[str, bytes] = {}
        self._known: dict[tuple[str, int], str] = {}
        self._hashes: dict[str, str] = {}

    def image(self, pk: int) -> str:
        """The path of a picture; empty when it is gone."""
        return self._path(get_image_model(), "images", pk)

    def document(self, pk: int) -> str:
        """The path of a document; empty when it is gone."""
        return self._path(get_document_model(), "documents", pk)

    def _path(self, model, folder: str, pk: int) -> str:
        if (folder, pk) not in self._known:
            row = model.objects.filter(pk=pk).first()
            self._known[folder, pk] = self._add(row, folder) if row else ""
        return self._known[folder, pk]

    def _add(self, row, folder: str) -> str:
        with row.file.open("rb") as file:
            content = file.read()
        stem, suffix = _stem(row.file.name), PurePosixPath(row.file.name).suffix.lower()
        path, number = f"{folder}/{stem}{suffix}", 1
        while self.assets.get(path, content) != content:
            number += 1
            path = f"{folder}/{stem}-{number}{suffix}"
        self.assets[path] = content
        return path


def _stem(file_name: str) -> str:
    stem = _TAKEN_SUFFIX.sub("", PurePosixPath(file_name).stem)
    return slugify(stem.rpartition("--")[2] or stem) or "file"


def link_out(modules: dict[int, str], outgoing: Outgoing) -> Callable[[dict], dict]:
    """How links go out; ``modules`` maps primary keys to file names. A link to nowhere falls away."""

    def link(given: dict) -> dict:
        if given.get("linktype") == "page":
            pk = int(given["id"])
            if pk in modules:
                return {"href": f"{modules[pk]}.md"}
            key = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first()
            return {"href": f"page:{key}"} if key else {}
        if given.get("linktype") == "document":
            path = outgoing.document(int(given["id"]))
            return {"href": path} if path else {}
        return {"href": given["href"]} if "href" in given else {}

    return link
