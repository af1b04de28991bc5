"""What rich text may hold, whoever wrote it: an editor, a file that was imported, the API."""

import nh3

#: What the editor's buttons make, and how Wagtail stores its links (``linktype``, ``id``) and paragraphs.
TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
ATTRIBUTES = {"a": {"href", "linktype", "id"}, "*": {"data-block-key"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def cleaned(markup: str) -> str:
    """``markup`` without scripts, styles, handlers and anything else that a lesson has no use for."""
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
