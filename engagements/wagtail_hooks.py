"""What this app adds to Wagtail's admin."""

from wagtail.snippets.models import register_snippet

from engagements.authoring.viewsets import ProtocolViewSet

register_snippet(ProtocolViewSet)
