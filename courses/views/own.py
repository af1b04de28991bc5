"""Finding a person's own enrollment, and answering politely where its course isn't as it was."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from courses.curricula import CourseAway, NotAModule
from courses.models import Enrollment
from courses.scopes import own_enrollments
from courses.studying import HasLeft
from courses.views.sent import wants_json
from notices.telling import unread_beside


def for_own_enrollment(view: Callable) -> Callable:
    """Give ``view`` the signed-in person's own enrollment instead of its ``pk``; another's is a 404.

    What a course that changed underway does to a page is answered here, once: unpublished, a module that is
    gone, a person who left.
    """

    @login_required
    @wraps(view)
    def answer(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
        try:
            enrollment = unread_beside(own_enrollments(request.user).filter(pk=pk), request.user)
        except Enrollment.DoesNotExist:
            raise Http404 from None
        enrollment.person = request.user
        try:
            return view(request, enrollment, **kwargs)
        except CourseAway:
            return _say(request, enrollment, "courses/away.html")
        except NotAModule:
            return _gone(request, enrollment, kwargs["module_key"])
        except HasLeft:
            return redirect("courses:enroll", course_key=enrollment.course_key)

    return answer


def _gone(request, enrollment: Enrollment, module_key) -> HttpResponse:
    progress = get_object_or_404(enrollment.modules, module_key=module_key)
    return _say(request, enrollment, "courses/module_gone.html", progress=progress)


def _say(request, enrollment, template, **context) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"problem": "gone"}, status=404)
    return render(request, template, {"enrollment": enrollment, **context}, status=404)
