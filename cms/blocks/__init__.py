"""The blocks that a module, a page and an edition are made of.

Every block of a module carries *Shown to*; those that a record hangs on carry an ``anchor``, the name
under which files and links know them. The identity of a block is its StreamField ``id``.
"""

from cms.blocks.audience import AudiencesBlock
from cms.blocks.streams import EditionChanges, ModuleBody, PageBody

__all__ = ["AudiencesBlock", "EditionChanges", "ModuleBody", "PageBody"]
