"""Walking through a module's blocks, those inside variants and places included."""

from collections.abc import Iterable, Iterator


def every_block(stream: Iterable) -> Iterator:
    """Each block of ``stream`` in order, a container before what it holds, whoever it is shown to."""
    for child in stream:
        yield child
        if child.block_type == "variants":
            for option in child.value["options"]:
                yield from every_block(option["blocks"])
        if child.block_type in ("variants", "local"):
            yield from every_block(child.value["otherwise"])


def anchors_in(stream: Iterable) -> Iterator[str]:
    """The names that the blocks of ``stream`` have, as often as they have them."""
    for child in every_block(stream):
        if anchor := child.value.get("anchor"):
            yield anchor


def place_names(module) -> list[str]:
    """The names of the places for buildings in ``module``, live and in its newest draft; each once."""
    page = module.specific
    versions = [page, page.get_latest_revision_as_object()] if page.has_unpublished_changes else [page]
    names = [
        child.value.get("anchor")
        for version in versions
        for child in version.body
        if child.block_type == "local"
    ]
    return list(dict.fromkeys(filter(None, names)))
