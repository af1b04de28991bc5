"""Addresses of this app, one list a section; a section is joined at the end."""

from django.urls import include, path

from courses.views import (
    assignments,
    certificates,
    checks,
    commitments,
    discussions,
    enrollments,
    evaluations,
    journal,
    learning,
    modules,
    notes,
    reflections,
    shared,
    transcripts,
    viewings,
)

app_name = "courses"

own_learning = [
    path("learning/", learning.show, name="learning"),
    path("courses/<uuid:course_key>/enrollment/", enrollments.create, name="enroll"),
    path("learning/<int:pk>/", enrollments.show, name="course"),
    path("learning/<int:pk>/end/", enrollments.end, name="end"),
    path("learning/<int:pk>/withdrawal/", enrollments.withdraw, name="withdraw"),
    path("learning/<int:pk>/retake/", enrollments.retake, name="retake"),
]

one_module = [
    path("", modules.show, name="module"),
    path("read/", modules.read, name="read"),
    path("place/", modules.place, name="place"),
    path("reflections/<str:block_id>/", reflections.update, name="reflection"),
    path("reflections/<str:block_id>/sharing/", reflections.sharing, name="reflection_sharing"),
    path("reflections/<str:block_id>/versions/", reflections.versions, name="reflection_versions"),
    path("reflections/<str:block_id>/deletion/", reflections.delete, name="reflection_deletion"),
    path("checks/<str:block_id>/", checks.create, name="check"),
    path("media/<str:block_id>/", viewings.update, name="viewing"),
    path("media/<str:block_id>/reading/", viewings.read, name="viewing_read"),
    path("actions/<str:block_id>/", commitments.update, name="commitment"),
    path("actions/<str:block_id>/outcome/", commitments.outcome, name="outcome"),
    path("notes/<str:block_id>/", notes.create, name="note"),
]

own_journal = [
    path("journal/", journal.show, name="journal"),
    path("journal/export/", journal.export, name="journal_export"),
    path("journal/paper/", journal.on_paper, name="journal_on_paper"),
    path("journal/reading/", journal.read, name="reading"),
    path("shared/", shared.index, name="shared"),
    path("shared/<int:pk>/", shared.show, name="shared_reflection"),
]

own_notes = [
    path("journal/notes/", notes.index, name="notes"),
    path("journal/notes/export/", notes.export, name="notes_export"),
    path("notes/<int:pk>/", notes.show, name="own_note"),
    path("notes/<int:pk>/removal/", notes.remove, name="note_removal"),
    path("notes/<int:pk>/restoration/", notes.restore, name="note_restoration"),
]

talks = [
    path("buildings/<slug:slug>/discussions/", discussions.index, name="discussions"),
    path("buildings/<slug:slug>/discussions/new/", discussions.create, name="discussion_new"),
    path("discussions/<int:pk>/", discussions.show, name="discussion"),
    path("discussions/<int:pk>/state/", discussions.state, name="discussion_state"),
    path("posts/<int:pk>/", discussions.edit, name="post"),
    path("posts/<int:pk>/deletion/", discussions.delete, name="post_deletion"),
    path("posts/<int:pk>/report/", discussions.report, name="post_report"),
    path("posts/<int:pk>/removal/", discussions.remove, name="post_removal"),
    path("posts/<int:pk>/standing/", discussions.stand, name="post_standing"),
]

endings = [
    path("learning/<int:pk>/evaluation/", evaluations.create, name="evaluation"),
    path("learning/<int:pk>/hours/", evaluations.claim, name="claim"),
    path("courses/<uuid:course_key>/evaluations/", evaluations.totals, name="evaluation_totals"),
    path("certificates/<str:code>/", certificates.show, name="certificate"),
    path("certificates/<str:code>/pdf/", certificates.pdf, name="certificate_pdf"),
    path("verify/", certificates.check, name="certificate_check"),
    path("verify/<str:code>/", certificates.check, name="certificate_check"),
    path("transcript/", transcripts.show, name="transcript"),
    path("transcript/pdf/", transcripts.pdf, name="transcript_pdf"),
    path("transcript/csv/", transcripts.csv, name="transcript_csv"),
]

assigned = [
    path("assignments/", assignments.index, name="assignments"),
    path("assignments/new/", assignments.create, name="assignment_new"),
    path("assignments/<int:pk>/", assignments.show, name="assignment"),
    path("assignments/<int:pk>/withdrawal/", assignments.withdraw, name="assignment_withdraw"),
    path("assignments/<int:pk>/restoration/", assignments.restore, name="assignment_restore"),
    path("nudges/", assignments.nudge, name="nudge"),
]

urlpatterns = [
    *own_learning,
    path("learning/<int:pk>/<uuid:module_key>/", include(one_module)),
    *own_journal,
    *own_notes,
    *talks,
    *assigned,
    *endings,
]
