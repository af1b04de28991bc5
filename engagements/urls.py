"""Addresses of this app, one list a section; a section is joined at the end."""

from django.urls import include, path

from engagements.views import (
    actions,
    agendas,
    answers,
    attendances,
    coaches,
    comments,
    endings,
    engagements,
    figures,
    files,
    guests,
    hours,
    links,
    meetings,
    members,
    minutes,
    publications,
    reports,
    requests,
    steps,
    voices,
)

app_name = "engagements"

one_step = [
    path("", steps.show, name="step"),
    path("now/", steps.now, name="step_now"),
    path("done/", steps.done, name="step_done"),
    path("note/", steps.note, name="note"),
    path("comments/", comments.create, name="comment_new"),
    path("comments/<int:comment_pk>/", comments.update, name="comment"),
    path("comments/<int:comment_pk>/settled/", comments.settle, name="comment_settled"),
]

one_prompt = [
    path("", answers.update, name="answer"),
    path("versions/", answers.versions, name="versions"),
    path("agreement/", answers.agreement, name="agreement"),
    path("figures/", figures.update, name="figures"),
    path("figures/shown/", figures.set_out, name="figures_shown"),
    path("voices/", voices.create, name="voice_new"),
    path("voices/<int:voice_pk>/", voices.update, name="voice"),
    path("voices/<int:voice_pk>/deletion/", voices.delete, name="voice_deletion"),
]

team = [
    path("", members.index, name="members"),
    path("new/", members.create, name="member_new"),
    path("<int:member_pk>/", members.update, name="member"),
    path("<int:member_pk>/departure/", members.leave, name="departure"),
]

taken_on = [
    path("", actions.index, name="actions"),
    path("new/", actions.create, name="action_new"),
    path("<int:action_pk>/", actions.show, name="action"),
    path("<int:action_pk>/change/", actions.update, name="action_change"),
    path("<int:action_pk>/end/", actions.end, name="action_end"),
]

for_guests = [
    path("", links.index, name="links"),
    path("new/", links.create, name="link_new"),
    path("<int:link_pk>/end/", links.revoke, name="link_end"),
]

kept = [
    path("", files.index, name="files"),
    path("new/", files.create, name="file_new"),
    path("<int:file_pk>/", files.show, name="file"),
    path("<int:file_pk>/deletion/", files.delete, name="file_deletion"),
]

public = [
    path("", publications.show, name="public"),
    path("new/", publications.create, name="public_new"),
    path("end/", publications.end, name="public_end"),
]

#: Without an account: what a link opens.
guest = [
    path("", guests.door, name="guest_door"),
    path("step/", guests.show, name="guest"),
    path("step/<str:prompt_id>/", guests.create, name="guest_voice_new"),
    path("words/<int:voice_pk>/", guests.update, name="guest_voice"),
    path("words/<int:voice_pk>/deletion/", guests.take_back, name="guest_voice_deletion"),
    path("end/", guests.leave, name="guest_leave"),
]

gathering = [
    path("", meetings.index, name="meetings"),
    path("new/", meetings.create, name="meeting_new"),
    path("<int:meeting_pk>/", meetings.show, name="meeting"),
    path("<int:meeting_pk>/change/", meetings.update, name="meeting_change"),
    path("<int:meeting_pk>/off/", meetings.call_off, name="meeting_off"),
    path("<int:meeting_pk>/held/", meetings.hold, name="meeting_held"),
    path("<int:meeting_pk>/now/", minutes.now, name="meeting_now"),
    path("<int:meeting_pk>/minutes/pdf/", minutes.pdf, name="minutes_pdf"),
    path("<int:meeting_pk>/minutes/<str:prompt_id>/", minutes.update, name="minutes"),
    path("<int:meeting_pk>/minutes/<str:prompt_id>/versions/", minutes.versions, name="minutes_versions"),
    path("<int:meeting_pk>/attendance/", attendances.update, name="attendance"),
    path("<int:meeting_pk>/agenda/", agendas.create, name="agenda_new"),
    path("<int:meeting_pk>/agenda/<int:item_pk>/", agendas.update, name="agenda_item"),
    path("<int:meeting_pk>/rounds/<int:number>/", agendas.facilitate, name="facilitate"),
]

counting = [
    path("", hours.show, name="hours"),
    path("course/", hours.choose, name="hours_course"),
    path("given/", hours.give, name="hours_given"),
    path("csv/", hours.export, name="hours_csv"),
]

ends = [
    path("closing/", endings.close, name="closing"),
    path("stop/", endings.stop, name="stop"),
    path("next/", endings.follow, name="next_cycle"),
    path("protocol/", endings.renew, name="renewal"),
]

outcome = [
    path("report/", reports.show, name="report"),
    path("report/kept/", reports.keep, name="report_keep"),
    path("report/<int:number>/pdf/", reports.pdf, name="report_pdf"),
    path("report/later/", reports.follow_up, name="follow_up"),
]

asking = [
    path("requests/", requests.index, name="requests"),
    path("requests/new/", requests.create, name="request_new"),
    path("requests/<int:pk>/", requests.show, name="request"),
    path("requests/<int:pk>/coach/", requests.coach, name="request_coach"),
    path("requests/<int:pk>/agreement/", requests.agree, name="request_agreement"),
    path("requests/<int:pk>/refusal/", requests.decline, name="request_refusal"),
    path("requests/<int:pk>/again/", requests.look_again, name="request_again"),
    path("requests/<int:pk>/withdrawal/", requests.take_back, name="request_back"),
]

coaching = [
    path("desk/", coaches.show_desk, name="desk"),
    path("coaches/", coaches.index, name="coaches"),
    path("coaches/<int:pk>/", coaches.capacity, name="capacity"),
]

urlpatterns = [
    path("engagements/", engagements.index, name="list"),
    path("engagements/<int:pk>/", engagements.show, name="show"),
    path("engagements/<int:pk>/steps/<str:step_id>/", include(one_step)),
    path("engagements/<int:pk>/prompts/<str:prompt_id>/", include(one_prompt)),
    path("engagements/<int:pk>/members/", include(team)),
    path("engagements/<int:pk>/actions/", include(taken_on)),
    path("engagements/<int:pk>/links/", include(for_guests)),
    path("engagements/<int:pk>/meetings/", include(gathering)),
    path("engagements/<int:pk>/hours/", include(counting)),
    path("engagements/<int:pk>/files/", include(kept)),
    path("engagements/<int:pk>/public/", include(public)),
    path("engagements/<int:pk>/", include(ends)),
    path("engagements/<int:pk>/", include(outcome)),
    path("engagements/", include(asking)),
    path("engagements/", include(coaching)),
    path("guest/", include(guest)),
    path("published/", publications.index, name="all_published"),
    path("published/<slug:slug>/", publications.page, name="published"),
]
