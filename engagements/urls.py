"""Addresses of this app, one list a section; a section is joined at the end."""

from django.urls import include, path

from engagements.views import answers, endings, engagements, members, steps, voices

app_name = "engagements"

one_step = [
    path("", steps.show, name="step"),
    path("now/", steps.now, name="step_now"),
    path("done/", steps.done, name="step_done"),
    path("note/", steps.note, name="note"),
]

one_prompt = [
    path("", answers.update, name="answer"),
    path("versions/", answers.versions, name="versions"),
    path("agreement/", answers.agreement, name="agreement"),
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

ends = [
    path("closing/", endings.close, name="closing"),
    path("stop/", endings.stop, name="stop"),
    path("next/", endings.follow, name="next_cycle"),
    path("protocol/", endings.renew, name="renewal"),
]

urlpatterns = [
    path("engagements/", engagements.index, name="list"),
    path("engagements/<int:pk>/", engagements.show, name="show"),
    path("engagements/<int:pk>/steps/<str:step_id>/", include(one_step)),
    path("engagements/<int:pk>/prompts/<str:prompt_id>/", include(one_prompt)),
    path("engagements/<int:pk>/members/", include(team)),
    path("engagements/<int:pk>/", include(ends)),
]
