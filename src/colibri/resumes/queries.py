"""CVs as pages ask for them: one's own, and those one was let see."""

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from colibri.people.models import Account
from colibri.resumes.models import File, Viewer

__all__ = ["address_hash", "files_of", "files_shown_to", "viewers_of", "visible_files"]


def address_hash(email: str) -> str:
    """What stands for an e-mail address in the database."""
    return salted_hmac("colibri.resumes.viewer", email.strip().lower(), algorithm="sha256").hexdigest()


def files_of(account: Account) -> QuerySet[File]:
    """A person's own CVs, newest first, without what is in them."""
    return File.objects.filter(account=account).defer("sealed", "read")


def files_shown_to(account: Account) -> QuerySet[File]:
    """Other people's CVs this person was let see, newest first."""
    if not account.email:
        return File.objects.none()
    shown = Viewer.objects.filter(address=address_hash(account.email)).values("file")
    return File.objects.filter(pk__in=shown).exclude(account=account).defer("sealed", "read")


def visible_files(account: Account) -> QuerySet[File]:
    """Every CV this person may open."""
    mine = Q(account=account)
    return File.objects.filter(mine | Q(pk__in=files_shown_to(account).values("pk")))


def viewers_of(file: File) -> list[Viewer]:
    """Whom its owner lets see it, first chosen first."""
    return list(file.viewers.order_by("since", "pk"))
