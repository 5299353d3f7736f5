"""What an address of CVs names, in the sample world."""

from django.utils import timezone

from colibri.people.models import Account
from colibri.resumes.actions import keep_file
from colibri.resumes.reading import FileText
from tests.resumes.files import LINES

__all__ = ["resume_samples"]


def resume_samples(owner: Account) -> dict[str, object]:
    """A CV of somebody."""
    text = FileText("pdf", 1, 0, False, (), LINES)
    kept = keep_file(owner, "cv-camille-martin.pdf", b"%PDF-", text, now=timezone.now())
    return {
        f"resumes:{page}.pk": kept.pk for page in ("resume", "download", "document", "europass", "decide")
    }
