"""What was written down of meetings becomes answers, merged and kept in versions as all that a team writes."""

from django.db import migrations


def move_words(apps, schema_editor):
    """Each text that stands in a meeting or at a point of its agenda becomes an answer with its first version."""
    for meeting in apps.get_model("engagements", "Meeting").objects.exclude(minutes_version=0).iterator():
        _write(apps, meeting, f"minutes-{meeting.pk}", "Minutes", meeting.minutes_text)
    points = apps.get_model("engagements", "AgendaItem").objects.select_related("meeting")
    for point in points.iterator():
        _write(apps, point.meeting, f"point-{point.pk}", point.title, point.notes)


def _write(apps, meeting, prompt_id, asked, text):
    if not text.strip():
        return
    value, at = {"text": text}, meeting.held_at or meeting.called_at
    answer = apps.get_model("engagements", "Answer").objects.create(
        engagement_id=meeting.engagement_id,
        prompt_id=prompt_id,
        kind="minutes",
        asked=asked,
        value=value,
        version=1,
        is_enough=True,
        saved_at=at,
        saved_by_id=meeting.called_by_id,
    )
    apps.get_model("engagements", "AnswerVersion").objects.create(
        answer=answer, number=1, why="saved", value=value, by_id=meeting.called_by_id, at=at
    )


class Migration(migrations.Migration):
    """Words first, then the columns that held them go."""

    dependencies = [("engagements", "0003_review_day")]

    operations = [
        migrations.RunPython(move_words, migrations.RunPython.noop),
        migrations.RemoveField("agendaitem", "notes"),
        migrations.RemoveField("meeting", "minutes_text"),
        migrations.RemoveField("meeting", "minutes_version"),
    ]
