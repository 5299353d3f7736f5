"""What the letters about white papers say."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from colibri.people.letters import Letter
from colibri.people.models import Account
from colibri.showcase.models import Contribution, Paper

__all__ = ["contribution_returned", "contribution_submitted", "paper_published"]


def contribution_submitted(reader: Account, about: int) -> Letter | None:
    """To animators: somebody wrote for a white paper."""
    found = _contribution(about, "submitted")
    if found is None:
        return None
    return Letter(
        subject=_("A contribution waits for you: {title}").format(title=found.title),
        paragraphs=(
            _("{name} wrote it for the white paper “{paper}”.").format(
                name=found.byline, paper=found.paper.title
            ),
        ),
        button=_("Read it"),
        link=settings.SITE_URL + found.get_absolute_url(),
    )


def contribution_returned(reader: Account, about: int) -> Letter | None:
    """To its author: something is missing."""
    found = _contribution(about, "draft")
    if found is None:
        return None
    return Letter(
        subject=_("Your contribution “{title}” needs a word more").format(title=found.title),
        paragraphs=(
            _("{collective} read it, and asks you to look at it once more.").format(
                collective=found.paper.collective.name
            ),
            *([found.remark] if found.remark else []),
        ),
        button=_("Go on writing"),
        link=settings.SITE_URL + reverse("showcase:write_contribution", args=[found.public_id]),
    )


def paper_published(reader: Account, about: int) -> Letter | None:
    """To each author: it can be read."""
    paper = Paper.objects.filter(pk=about, state="published").select_related("collective").first()
    if paper is None:
        return None
    return Letter(
        subject=_("The white paper “{title}” is published").format(title=paper.title),
        paragraphs=(
            _("Thank you! Everybody can read it now, with your chapter under the name you chose."),
            _("You can take your chapter out at any time, in one action."),
        ),
        button=_("Look at it"),
        link=settings.SITE_URL + paper.get_absolute_url(),
    )


def _contribution(number: int, state: str) -> Contribution | None:
    rows = Contribution.objects.filter(pk=number, state=state)
    return rows.select_related("paper__collective").first()
