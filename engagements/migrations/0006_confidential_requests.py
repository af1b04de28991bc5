from django.db import migrations, models


def hide_what_was_asked(apps, schema_editor):
    """Requests for a service whose protocol is confidential, or whose work has become so."""
    requests = apps.get_model("engagements", "ServiceRequest").objects
    services = apps.get_model("engagements", "Protocol").objects.filter(confidential=True).values("service")
    requests.filter(service__in=services).update(is_confidential=True)
    engagements = apps.get_model("engagements", "Engagement").objects.filter(is_confidential=True)
    requests.filter(pk__in=engagements.exclude(request=None).values("request")).update(is_confidential=True)


class Migration(migrations.Migration):
    dependencies = [("engagements", "0005_request_after_a_course")]

    operations = [
        migrations.AddField(
            model_name="servicerequest", name="is_confidential", field=models.BooleanField(default=False)
        ),
        migrations.RunPython(hide_what_was_asked, migrations.RunPython.noop),
    ]
