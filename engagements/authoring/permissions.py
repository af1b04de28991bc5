"""What PSESD's editors and moderators may do with protocols; who is one follows from positions (roster)."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, WorkflowContentType

from cms import editors
from engagements.models import Protocol


def listen() -> None:
    """Let whoever writes courses write protocols; called once, when the app is ready."""
    editors.granting.connect(_grant, dispatch_uid="engagements.authoring")


def _grant(groups, **kwargs) -> None:
    editors.grant_snippets(groups, [Protocol])
    # Whoever approves courses approves protocols; another workflow that editors chose for them stays.
    workflow = Page.objects.get(depth=1).get_workflow()
    if workflow is not None:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(Protocol), defaults={"workflow": workflow}
        )
