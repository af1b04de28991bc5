"""How Django draws forms: by our own field, on every page, in one way."""

from django.forms.renderers import TemplatesSetting


class LookRenderer(TemplatesSetting):
    """Draws a form by ``components/form.html`` and each field by ``components/field.html``.

    Widgets keep Django's own templates: Wagtail's editor shares them, and must not change its looks.
    """

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
