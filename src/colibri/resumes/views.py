"""Pages of CVs: one's own, one of them with what would better it, and who may see it."""

import json
import re
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from colibri.appeals.words import PERSONAL_WORDS
from colibri.common.doors import row_chosen, signed_in
from colibri.compute.headings import words_in
from colibri.compute.resumes import Month, Resume, look_at_resume, to_europass, to_json_resume, understand
from colibri.people.queries import account_of
from colibri.resumes.actions import TooMany, delete_file, hide_file, keep_file, keep_longer, show_file
from colibri.resumes.forms import FileForm, ViewerForm
from colibri.resumes.models import File
from colibri.resumes.queries import files_of, files_shown_to, viewers_of, visible_files
from colibri.resumes.words import REMARK_WORDS, SECTION_WORDS

__all__ = ["decide", "document", "download", "europass", "resume", "resumes"]

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "xml": "application/xml",
}
DATED = ("future", "gap", "overlap")
"""Remarks about months; a year whose months nobody told stays a year."""
MONTH = re.compile(r"(\d{4})-(\d{2})")


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def resumes(request: HttpRequest) -> HttpResponse:
    """One's CVs and those one was let see; POST keeps another."""
    account = account_of(request.user)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_file(account, form.name, form.content, form.text, now=timezone.now())
            return redirect(kept)
        except TooMany:
            form.add_error(None, _("Three CVs are kept at most: delete one first."))
    context = {"form": form, "own": files_of(account), "shown": files_shown_to(account)}
    return render(request, "resumes/resumes.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_safe
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """One CV as software reads it, with what would make it better."""
    return _page(request, _visible(request, pk), ViewerForm())


@never_cache
@signed_in
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was sent, never opened in the site's own name."""
    file = _visible(request, pk)
    return _attachment(file.content, TYPES[file.reading["kind"]], str(file.name))


@never_cache
@signed_in
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The CV as JSON Resume."""
    document = to_json_resume(*_read(request, pk))
    content = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return _attachment(content, TYPES["json"], "cv.json")


@never_cache
@signed_in
@require_safe
def europass(request: HttpRequest, pk: int) -> HttpResponse:
    """The CV as Europass XML."""
    return _attachment(to_europass(*_read(request, pk)), TYPES["xml"], "europass.xml")


@never_cache
@signed_in
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to somebody or no more, keep it longer, delete it: its owner alone."""
    file = _visible(request, pk)
    if file.account_id != account_of(request.user).pk:
        raise PermissionDenied
    match request.POST.get("do"):
        case "show":
            form = ViewerForm(request.POST)
            if not form.is_valid():
                return _page(request, file, form)
            try:
                show_file(file, form.cleaned_data["email"], now=timezone.now())
            except TooMany:
                form.add_error("email", _("So many people are enough: take it back from one first."))
                return _page(request, file, form)
            messages.success(
                request,
                _(
                    "They see it from now on. Who has an account here is told by mail; anybody else signs "
                    "in with this address first."
                ),
            )
        case "hide":
            hide_file(get_object_or_404(file.viewers, pk=row_chosen(request, "viewer")))
            messages.success(request, _("They see it no more."))
        case "keep":
            keep_longer(file, now=timezone.now())
            messages.success(request, _("Kept for 90 days from today."))
        case "delete":
            delete_file(file)
            messages.success(request, _("Deleted."))
            return redirect("resumes:resumes")
        case _:
            raise Http404
    return redirect(file)


def _page(request: HttpRequest, file: File, form: ViewerForm) -> HttpResponse:
    own, kept = file.account_id == account_of(request.user).pk, file.reading
    read = understand(kept["lines"], kept["links"])
    today = timezone.localdate()
    found = look_at_resume(
        read,
        Month(today.year, today.month),
        pages=kept["pages"],
        images=kept["images"],
        columns=kept["columns"],
        size=file.size,
        name=str(file.name),
    )
    context: dict[str, Any] = {
        "file": file,
        "own": own,
        "form": form,
        "read": read,
        "languages": [(words_in(get_language() or "fr")[code], level) for code, level in read.languages],
        "sections": [(SECTION_WORDS[one.kind], one.title, read.text_of(one)) for one in read.sections],
        "remarks": [(_told(remark.kind, remark.about), REMARK_WORDS[remark.kind][1]) for remark in found],
        "viewers": viewers_of(file) if own else (),
    }
    return render(request, "resumes/resume.html", context, status=422 if form.errors else 200)


def _told(kind: str, about: str) -> str:
    if kind == "personal":
        about = ", ".join(str(PERSONAL_WORDS.get(one, one)) for one in about.split())
    elif kind in DATED:
        about = MONTH.sub(_month, about)
    return str(REMARK_WORDS[kind][0]) % {"about": about}


def _month(found: re.Match[str]) -> str:
    return date_format(date(int(found[1]), int(found[2]), 1), "YEAR_MONTH_FORMAT")


def _attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _read(request: HttpRequest, pk: int) -> tuple[Resume, str]:
    """What the CV says, and its owner's language."""
    file = _visible(request, pk)
    return understand(file.reading["lines"], file.reading["links"]), file.account.language


def _visible(request: HttpRequest, pk: int) -> File:
    """The CV where this person may open it; whoever may not does not learn that it is there."""
    return get_object_or_404(visible_files(account_of(request.user)), pk=pk)
