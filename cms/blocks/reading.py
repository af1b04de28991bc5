"""Blocks that are read: text, pictures, quotes, tables, resources."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from cms.blocks import examples
from cms.blocks.base import TailoredBlock, WrittenBlock, anchor_block, layout, source_of
from cms.blocks.cleaning import cleaned

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINE = ["bold", "italic", "link"]
GROUP = _("To read")


class TextBlock(TailoredBlock):
    """Running text."""

    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "pilcrow"
        group = GROUP
        label = _("Text")
        label_format = "{body}"
        description = _("Paragraphs, lists and links. Start with a true scene; the idea comes after it.")
        preview_value = examples.TEXT
        form_layout = layout("body")
        template = "blocks/text.html"


class HeadingBlock(TailoredBlock):
    """A heading inside a module."""

    text = blocks.CharBlock(label=_("Heading"), max_length=160)

    class Meta:
        icon = "title"
        group = GROUP
        label = _("Heading")
        label_format = "{text}"
        description = _("Opens a new part of the module, so that readers can find their way back to it.")
        preview_value = examples.HEADING
        form_layout = layout("text")
        template = "blocks/heading.html"


class ImageBlock(TailoredBlock):
    """A picture, with words for those who don't see it or marked as decoration."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("What it shows"),
        required=False,
        max_length=300,
        help_text=_("Read out to people who don't see it. Say what matters here, in a sentence."),
    )
    decorative = blocks.BooleanBlock(
        label=_("Only decoration"), required=False, help_text=_("It says nothing that the text doesn't say.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=240)

    def gaps(self, value):
        """A picture is described, or it is decoration; it can't be both."""
        if value.get("decorative") and value.get("alt"):
            yield "decorative", _("Decoration has no description. Empty “What it shows”, or untick this.")
        elif not value.get("decorative") and not value.get("alt"):
            yield "alt", _("Say what the image shows, or tick “Only decoration”.")

    def get_preview_value(self):
        """The newest image of the library, so that the preview shows a real one."""
        image = self.child_blocks["image"].target_model.objects.order_by("-pk").first()
        return self.normalize({**examples.IMAGE, "image": image})

    class Meta:
        icon = "image"
        group = GROUP
        label = _("Image")
        label_format = _("Image: {alt}")
        description = _("A picture with a caption, described for people who don't see it.")
        form_layout = layout("image", "alt", "decorative", "caption")
        template = "blocks/image.html"


class QuoteBlock(TailoredBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Words"))
    who = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=200,
        help_text=_("Name and year, or how you know it and that you may use it."),
    )

    class Meta:
        icon = "openquote"
        group = GROUP
        label = _("Quote")
        label_format = "“{text}”"
        description = _("A student's, a family's or a writer's own words, and whose they are.")
        preview_value = examples.QUOTE
        form_layout = layout("text", "who")
        template = "blocks/quote.html"


class CalloutBlock(TailoredBlock):
    """A passage set apart."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("try", _("Try this")), ("caution", _("Caution"))],
        default="note",
        search_index=False,
    )
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "info-circle"
        group = GROUP
        label = _("Callout")
        label_format = _("Callout: {title}")
        description = _("One thought set apart from the text: a term, a move to try, a trap.")
        preview_value = examples.CALLOUT
        form_layout = layout("title", "body", "tone")
        template = "blocks/callout.html"


class AccordionItem(WrittenBlock):
    """One fold of an accordion."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        label_format = "{title}"


class AccordionBlock(TailoredBlock):
    """Passages that open one by one."""

    anchor = anchor_block()
    items = blocks.ListBlock(AccordionItem(), label=_("Folds"), min_num=1)

    class Meta:
        icon = "list-ul"
        group = GROUP
        label = _("Accordion")
        label_format = _("Accordion: {items}")
        description = _("Several short passages, each opened by its title: examples, questions people ask.")
        preview_value = examples.ACCORDION
        form_layout = layout("items", settings=["anchor"])
        template = "blocks/accordion.html"


class TableBlock(TailoredBlock):
    """A table with a caption; its first row are the column headings."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(label=_("Text"), features=LINE, required=False))], label=_("Table")
    )

    def clean(self, value):
        """As its parent does, and the rich text of each cell too."""
        value = super().clean(value)
        for row in value["table"].row_data:
            row["values"] = [RichText(cleaned(source_of(cell))) for cell in row["values"]]
        return value

    def texts(self, value):
        """The caption, the headings and the cells."""
        yield from super().texts(value)
        table = value.get("table")
        if table:
            yield from (("table", column["heading"] or "") for column in table.columns)
            yield from (("table", source_of(cell)) for row in table.row_data for cell in row["values"])

    def gaps(self, value):
        """A screen reader reads each cell with its column's heading, so there must be one."""
        table = value.get("table")
        if not table or not table.columns or not table.row_data:
            yield "table", _("The table is empty: add a column and a row.")
        elif not all((column["heading"] or "").strip() for column in table.columns):
            yield "table", _("Every column needs a heading.")

    def get_preview_value(self):
        """The example, built by the table block from its stored form."""
        table = self.child_blocks["table"].to_python(examples.TABLE["table"])
        return self.normalize({**examples.TABLE, "table": table})

    class Meta:
        icon = "table"
        group = GROUP
        label = _("Table")
        label_format = _("Table: {caption}")
        description = _("Things side by side, with a heading over each column and a caption.")
        form_layout = layout("caption", "table")
        template = "blocks/table.html"


class ResourceBlock(TailoredBlock):
    """A document or a link worth having."""

    anchor = anchor_block()
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    summary = blocks.TextBlock(
        label=_("What it is"), required=False, max_length=400, help_text=_("And why it is worth the time.")
    )
    link = blocks.URLBlock(label=_("Link"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)

    def gaps(self, value):
        """A resource leads somewhere, and to one place."""
        if value.get("link") and value.get("document"):
            yield "link", _("Give a link or a document, not both.")
        elif not value.get("link") and not value.get("document"):
            yield "link", _("Where does it lead? Give a link, or choose a document below.")

    class Meta:
        icon = "doc-full"
        group = GROUP
        label = _("Resource")
        label_format = _("Resource: {title}")
        description = _("A document to take along, or a page worth reading, with a sentence on why.")
        preview_value = examples.RESOURCE
        form_layout = layout("title", "summary", "link", "document", settings=["anchor"])
        template = "blocks/resource.html"
