"""Blocks that are read: text, pictures, quotes, tables, resources."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.base import TailoredBlock, anchor_block

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINE = ["bold", "italic", "link"]


class TextBlock(TailoredBlock):
    """Running text."""

    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "pilcrow"
        group = _("Read")
        label = _("Text")
        template = "blocks/text.html"


class HeadingBlock(TailoredBlock):
    """A heading inside a module."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)

    class Meta:
        icon = "title"
        group = _("Read")
        label = _("Heading")
        template = "blocks/heading.html"


class ImageBlock(TailoredBlock):
    """A picture, with words for those who don't see it or marked as decoration."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(label=_("What it shows"), required=False, max_length=300)
    decorative = blocks.BooleanBlock(label=_("Only decoration"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=240)

    class Meta:
        icon = "image"
        group = _("Read")
        label = _("Image")
        template = "blocks/image.html"


class VideoBlock(TailoredBlock):
    """A film by address or file, with captions and a transcript."""

    anchor = anchor_block()
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    src = blocks.URLBlock(label=_("Address"), required=False)
    file = DocumentChooserBlock(label=_("File"), required=False)
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=PROSE)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)

    class Meta:
        icon = "media"
        group = _("Read")
        label = _("Video")
        template = "blocks/video.html"


class QuoteBlock(TailoredBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        group = _("Read")
        label = _("Quote")
        template = "blocks/quote.html"


class CalloutBlock(TailoredBlock):
    """A passage set apart."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("try", _("Try this")), ("caution", _("Caution"))],
        default="note",
    )
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "info-circle"
        group = _("Read")
        label = _("Callout")
        template = "blocks/callout.html"


class AccordionItem(blocks.StructBlock):
    """One fold of an accordion."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)


class AccordionBlock(TailoredBlock):
    """Passages that open one by one."""

    anchor = anchor_block()
    items = blocks.ListBlock(AccordionItem(), label=_("Folds"), min_num=1)

    class Meta:
        icon = "list-ul"
        group = _("Read")
        label = _("Accordion")
        template = "blocks/accordion.html"


class TableBlock(TailoredBlock):
    """A table with a caption; its first row are the column headings."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(label=_("Text"), features=LINE, required=False))], label=_("Table")
    )

    class Meta:
        icon = "table"
        group = _("Read")
        label = _("Table")
        template = "blocks/table.html"


class ResourceBlock(TailoredBlock):
    """A document or a link worth having."""

    anchor = anchor_block()
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    summary = blocks.TextBlock(label=_("What it is"), required=False, max_length=400)
    link = blocks.URLBlock(label=_("Link"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)

    class Meta:
        icon = "doc-full"
        group = _("Read")
        label = _("Resource")
        template = "blocks/resource.html"
