"""Where a person says of their situation what they like, and where animators see how groups fare."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from colibri.common.doors import signed_in
from colibri.common.signing import BadLink, read_token
from colibri.impact.actions import forget_situation, say_situation
from colibri.impact.forms import SituationForm
from colibri.impact.models import Situation
from colibri.impact.queries import follow_up_of_link
from colibri.impact.queries.groups import groups_of
from colibri.impact.views.answering import LASTS
from colibri.people.queries import collective_run

__all__ = ["inclusion", "situation"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody says of themselves, by the link of their own search alone; POST keeps or forgets it."""
    found = follow_up_of_link(read_token("follow_up", token, lasts=LASTS))
    if found is None:
        raise BadLink("follow_up")
    known = Situation.objects.filter(appeal=found.appeal).first()
    form = SituationForm(request.POST or None, initial={"said": known.said if known else []})
    if request.method == "POST" and request.POST.get("do") == "forget":
        forget_situation(found.appeal)
        messages.success(request, _("Forgotten, as if you had never said it."))
        return redirect("impact:situation", token)
    if request.method == "POST" and form.is_valid():
        say_situation(found.appeal, form.cleaned_data["said"], now=timezone.now())
        messages.success(request, _("Thank you. It is kept encrypted, and only ever counted with others."))
        return redirect("impact:situation", token)
    context = {"form": form, "known": known, "token": token, "collective": found.appeal.collective}
    return render(request, "impact/situation.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def inclusion(request: HttpRequest, slug: str) -> HttpResponse:
    """For animators: whether groups are seen, helped and back at work as others are."""
    collective = collective_run(request.user, slug)
    if collective is None:
        raise Http404
    context = {"collective": collective, "groups": groups_of(collective)}
    return render(request, "impact/inclusion.html", context)
