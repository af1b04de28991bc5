"""Pictures that are safe to take in: bitmaps of known kinds, and drawings without scripts."""

from defusedxml import DefusedXmlException, ElementTree

EXTENSIONS = (".svg", ".png", ".jpg", ".jpeg", ".webp")
SIZE_LIMIT_BYTES = 5 * 1024 * 1024

_STARTS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
_UNSAFE_ELEMENTS = {"script", "foreignObject", "iframe", "object", "embed", "handler"}


def why_not_a_picture(path: str, content: bytes) -> str:
    """Why this file can't be taken in as a picture, in words; nothing when it can."""
    extension = "." + path.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        return f"A picture is one of {', '.join(EXTENSIONS)}."
    if len(content) > SIZE_LIMIT_BYTES:
        return f"A picture has at most {SIZE_LIMIT_BYTES // 1024 // 1024} MB."
    if extension == ".svg":
        return _why_not_a_drawing(content)
    if not content.startswith(_STARTS[extension]):
        return f"This is no {extension[1:].upper()} file, whatever its name says."
    return ""


def _why_not_a_drawing(content: bytes) -> str:
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        return f"This SVG can't be read: {error}."
    if not root.tag.endswith("svg"):
        return "This is no SVG: its outermost element isn't <svg>."
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        return "This SVG has no size: give it a viewBox."
    for element in root.iter():
        if why := _why_unsafe(element):
            return why
    return ""


def _why_unsafe(element) -> str:
    """An SVG is opened as a page by who follows its address, so it may do nothing but be looked at."""
    name = str(element.tag).rpartition("}")[2]
    if name in _UNSAFE_ELEMENTS:
        return f"A drawing can't hold <{name}>."
    for key, value in element.attrib.items():
        attribute = key.rpartition("}")[2].lower()
        if attribute.startswith("on"):
            return f"A drawing can't do things ({attribute}=…)."
        if attribute in ("href", "src") and not value.startswith(("#", "data:image/")):
            return f"A drawing can't point outside of itself ({attribute}={value})."
    return ""
