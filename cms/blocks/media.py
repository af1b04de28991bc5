"""Blocks that are watched or heard, with their words for who reads, searches or can't listen."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms import captions
from cms.blocks import examples
from cms.blocks.base import TailoredBlock, anchor_block, layout
from cms.blocks.reading import GROUP, PROSE

FILMS = (".mp4", ".webm")
RECORDINGS = (".mp3", ".m4a", ".ogg", ".oga", ".wav", ".webm")
WATCHING = "watching"


def _required_block(choice):
    return blocks.ChoiceBlock(
        label=_("Required"),
        choices=[(WATCHING, choice)],
        required=False,
        search_index=False,
        help_text=_("Opening the module's end is enough, unless you ask for it here."),
    )


def _minutes_block():
    return blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=240)


def _captions_block(help_text):
    return DocumentChooserBlock(label=_("Captions"), required=False, help_text=help_text)


def _is_one_of(document, endings) -> bool:
    return document is None or document.filename.lower().endswith(endings)


class PlayedBlock(TailoredBlock):
    """What a film and a recording have in common."""

    def get_context(self, value, parent_context=None):
        """Add the lines of the captions."""
        context = super().get_context(value, parent_context)
        context["cues"] = captions.cues_of(value.get("captions"))
        return context


class VideoBlock(PlayedBlock):
    """A film by address or file, with captions and a transcript."""

    anchor = anchor_block()
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    src = blocks.URLBlock(
        label=_("Address"),
        required=False,
        help_text=_("Where it can be seen. The page shows a link, and loads nothing from there."),
    )
    file = DocumentChooserBlock(
        label=_("File"), required=False, help_text=_("An MP4 or WebM file, played on the page.")
    )
    captions = _captions_block(
        _("A WebVTT file (.vtt) for a film that is a file. Its lines follow along beside the film.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=PROSE, help_text=_("All that is said, and what must be seen.")
    )
    minutes = _minutes_block()
    required = _required_block(_("Watching it, or reading its transcript"))

    def gaps(self, value):
        """One source, and captions where the film is ours. What plays elsewhere can't be counted here."""
        if value.get("src") and value.get("file"):
            yield "src", _("Give an address or a file, not both.")
        elif not value.get("src") and not value.get("file"):
            yield "src", _("Where is the film? Give its address, or choose its file below.")
        if value.get("file") and not value.get("captions"):
            yield "captions", _("A film needs captions: choose its WebVTT file (.vtt).")
        if not _is_one_of(value.get("file"), FILMS):
            yield "file", _("That is no film: choose an MP4 or WebM file.")
        if not _is_one_of(value.get("captions"), ".vtt"):
            yield "captions", _("Captions are a WebVTT file (.vtt).")
        if value.get("required") and not value.get("file"):
            yield "required", _("Watching can be asked for where the film is a file, played on the page.")

    class Meta:
        icon = "media"
        group = GROUP
        label = _("Video")
        label_format = _("Video: {title}")
        description = _("A short film and its transcript, for those who read, search or can't listen.")
        preview_value = examples.VIDEO
        form_layout = layout(
            "title", "src", "file", "captions", "transcript", settings=["required", "minutes", "anchor"]
        )
        template = "blocks/video.html"


class AudioBlock(PlayedBlock):
    """A recording, with its words."""

    anchor = anchor_block()
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    file = DocumentChooserBlock(label=_("File"), help_text=_("An MP3, M4A, Ogg or WAV file."))
    captions = _captions_block(
        _("A WebVTT file (.vtt) with the words and their times: they follow along as it plays.")
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"), features=PROSE, help_text=_("All that is said, and who says it.")
    )
    minutes = _minutes_block()
    required = _required_block(_("Listening to it, or reading its transcript"))

    def gaps(self, value):
        """What is chosen must be what its field plays."""
        if not _is_one_of(value.get("file"), RECORDINGS):
            yield "file", _("That is no recording: choose an MP3, M4A, Ogg or WAV file.")
        if not _is_one_of(value.get("captions"), ".vtt"):
            yield "captions", _("Captions are a WebVTT file (.vtt).")
        if value.get("required") and not value.get("captions") and not value.get("minutes"):
            yield (
                "minutes",
                _("How long is it? Without captions, listening is counted against these minutes."),
            )

    class Meta:
        icon = "media"
        group = GROUP
        label = _("Audio")
        label_format = _("Audio: {title}")
        description = _("A short recording and its transcript: a voice, a meeting, a piece of music.")
        preview_value = examples.AUDIO
        form_layout = layout(
            "title", "file", "captions", "transcript", settings=["required", "minutes", "anchor"]
        )
        template = "blocks/audio.html"
