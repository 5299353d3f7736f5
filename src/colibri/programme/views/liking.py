"""What somebody likes to do, and all they took stock of, to take along."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colibri.common.doors import signed_in
from colibri.common.printing import can_print, print_page
from colibri.people.models import Collective
from colibri.people.queries import account_of
from colibri.programme import actions
from colibri.programme.forms import LikingForm
from colibri.programme.queries import abilities_of, families_liked, likes_of, resume_of, trades_close_to
from colibri.programme.words import fit_words

__all__ = ["likes", "resume", "stock_pdf"]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def likes(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions; POST keeps the answers in the place of those before."""
    collective, account = get_object_or_404(Collective, slug=slug), account_of(request.user)
    form = LikingForm(request.POST if request.method == "POST" else None, answers=likes_of(account))
    if request.method == "POST" and form.is_valid():
        actions.note_likes(account, form.answers)
        return redirect("programme:skills", slug)
    context = {"collective": collective, "form": form}
    return render(request, "programme/likes.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """What the person can do and likes, as JSON Resume."""
    answer = JsonResponse(
        resume_of(account_of(request.user)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="resume.json"'
    return answer


@never_cache
@signed_in
@require_safe
def stock_pdf(request: HttpRequest) -> HttpResponse:
    """What the person can do and likes, and the trades close to it, as a tagged PDF."""
    account = account_of(request.user)
    if not can_print():
        words = _("This installation cannot make PDF files: whoever runs it can add them with colibri[pdf].")
        return HttpResponse(words, status=501, content_type="text/plain; charset=utf-8")
    context = {
        "account": account,
        "language": get_language(),
        "mine": abilities_of(account),
        "liked": families_liked(account),
        "close": [fit_words(one) for one in trades_close_to(account)],
    }
    made = print_page(render_to_string("programme/stock_print.html", context, request))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="skills.pdf"'
    return answer
