"""White papers: the call, the table of contents, the whole as a PDF, and what animators do with them."""

import hashlib
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.common.doors import signed_in
from colibri.common.printing import can_print, print_page
from colibri.common.states import WrongMove
from colibri.people.models import Collective
from colibri.people.queries import collective_run
from colibri.showcase import actions
from colibri.showcase.forms import PaperForm
from colibri.showcase.marking import marked
from colibri.showcase.models import PAPER, Contribution, Paper
from colibri.showcase.queries import (
    chapters_of,
    contributions_of,
    paper_seen_by,
    papers_of,
    takes_contributions,
)

__all__ = ["begin_paper", "paper", "paper_do", "paper_pdf", "papers", "write_paper"]

KEPT_SECONDS = 3_600


@require_safe
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """A collective's white papers and open calls."""
    collective = get_object_or_404(Collective, slug=slug)
    context = {
        "collective": collective,
        "papers": papers_of(collective, request.user),
        "runs": collective_run(request.user, slug) is not None,
    }
    return render(request, "showcase/papers.html", context)


@require_safe
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The call while it is open, the table of contents once it is published; for animators all that waits."""
    found = _seen(request, public_id)
    runs = _runs(request, found)
    with timezone.override(ZoneInfo(found.collective.time_zone)):
        context = {
            "paper": found,
            "collective": found.collective,
            "foreword": marked(found.foreword),
            "chapters": chapters_of(found) if runs or found.state == "published" else [],
            "mine": contributions_of(request.user, found),
            "open": takes_contributions(found, timezone.localdate()),
            "runs": runs,
            "waiting": found.contributions.filter(state="submitted") if runs else [],
            "next": [(state, PAPER.labels[state]) for state in PAPER.moves[found.state]] if runs else [],
            "can_print": can_print(),
        }
        return render(request, "showcase/paper.html", context)


@require_safe
def paper_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole paper as a tagged PDF, made anew when something of it changed."""
    found = _seen(request, public_id)
    if found.state != "published" and not _runs(request, found):
        raise Http404
    if not can_print():
        words = _("This installation cannot make PDF files: whoever runs it can add them with colibri[pdf].")
        return HttpResponse(words, status=501, content_type="text/plain; charset=utf-8")
    chapters = list(chapters_of(found))
    stamps = [found.changed_at.isoformat()]
    stamps += [f"{one.pk} {one.place} {one.changed_at.isoformat()}" for one in chapters]
    key = f"showcase.paper.{found.pk}.{hashlib.sha256(' '.join(stamps).encode()).hexdigest()}"
    made = cache.get(key)
    if made is None:
        with translation.override(found.language):
            context = {
                "paper": found,
                "collective": found.collective,
                "foreword": marked(found.foreword),
                "chapters": [(one, marked(one.text)) for one in chapters],
            }
            made = print_page(render_to_string("showcase/paper_print.html", context, request))
        cache.set(key, made, KEPT_SECONDS)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.collective.slug}-{found.public_id}.pdf"'
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def begin_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """For animators: a new white paper; POST keeps it, seen by animators alone."""
    collective = collective_run(request.user, slug)
    if collective is None:
        raise Http404
    return _written(request, Paper(collective=collective, language=translation.get_language() or "fr"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def write_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """For animators: its title, call and foreword."""
    return _written(request, _run(request, public_id))


@signed_in
@require_POST
def paper_do(request: HttpRequest, public_id: str) -> HttpResponse:
    """For animators: open or close the call, publish, take back, or move a chapter up or down."""
    found, do = _run(request, public_id), request.POST.get("do", "")
    chapter = request.POST.get("chapter", "")
    try:
        if do in ("up", "down"):
            rows = Contribution.objects.filter(paper=found)
            actions.move_contribution(get_object_or_404(rows, public_id=chapter), -1 if do == "up" else 1)
        elif do in PAPER.moves:
            actions.move_paper(found, do, now=timezone.now())
            messages.success(request, _("Done. This is how it stands now."))
        else:
            raise Http404
    except actions.NothingToPublish:
        messages.warning(request, _("Accept a contribution first: there is nothing to publish yet."))
    except WrongMove:
        messages.warning(request, _("Nothing was done: somebody else was faster. This is how it stands now."))
    return redirect(found)


def _written(request: HttpRequest, found: Paper) -> HttpResponse:
    form = PaperForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.change_paper(form.instance, now=timezone.now())
        messages.success(request, _("Kept. This is how it reads."))
        return redirect(kept)
    context = {"form": form, "paper": found, "collective": found.collective}
    return render(request, "showcase/write_paper.html", context, status=422 if form.errors else 200)


def _seen(request: HttpRequest, public_id: str) -> Paper:
    found = paper_seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _runs(request: HttpRequest, found: Paper) -> bool:
    return collective_run(request.user, found.collective.slug) is not None


def _run(request: HttpRequest, public_id: str) -> Paper:
    found = _seen(request, public_id)
    if not _runs(request, found):
        raise PermissionDenied
    return found
