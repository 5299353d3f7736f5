"""What people send and say about a CV."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from colibri.compute.resumes import NotAResume
from colibri.networks.plain import plain_line
from colibri.resumes.actions import lines_of_document
from colibri.resumes.reading import FILE_MOST, FileText, Problem, read_file
from colibri.resumes.words import PROBLEM_WORDS

__all__ = ["FileForm", "ViewerForm"]


class FileForm(forms.Form):
    """A CV to read: PDF, DOCX, Europass XML or JSON Resume."""

    file = forms.FileField(
        label=_("Your CV"),
        help_text=_("A PDF, a Word file (.docx), a Europass file (.xml) or a JSON Resume, 2.5 MB at most."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.xml,.json"}),
        error_messages={"required": _("Choose a file first.")},
    )
    text: FileText
    content: bytes
    name: str

    def clean_file(self) -> Any:
        sent: UploadedFile = self.cleaned_data["file"]
        if (sent.size or 0) > FILE_MOST:
            raise forms.ValidationError(PROBLEM_WORDS["too_big"])
        self.content = sent.read()
        self.name = plain_line(sent.name or "cv")[-120:]
        if not self.content:
            raise forms.ValidationError(PROBLEM_WORDS["empty"])
        language = get_language() or "fr"
        try:
            if self.content.lstrip()[:1] == b"{":
                self.text = lines_of_document(self.content, language)
            else:
                self.text = read_file(self.content, language)
        except Problem as problem:
            raise forms.ValidationError(PROBLEM_WORDS[problem.name]) from problem
        except NotAResume as fault:
            raise forms.ValidationError(
                _("This document is no JSON Resume: look at “%(where)s”."), params={"where": str(fault)}
            ) from fault
        except (ValueError, RecursionError) as fault:
            raise forms.ValidationError(PROBLEM_WORDS["damaged"]) from fault
        return sent


class ViewerForm(forms.Form):
    """Somebody who may see a CV."""

    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_(
            "The one they sign in with here. They see this CV on their own page of CVs, until you take "
            "it back. Who has an account here is told by mail; anybody else hears of it from you."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
