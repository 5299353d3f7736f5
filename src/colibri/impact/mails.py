"""What the letters and notes of this room say."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colibri.appeals.models import Appeal
from colibri.appeals.queries import title_of
from colibri.common.signing import token
from colibri.impact.models import FOUND, FollowUp, Outcome
from colibri.impact.queries import relays_before
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = ["answer_link", "follow_up", "follow_up_note", "found_how", "it_helped"]


def answer_link(follow_up: FollowUp) -> str:
    """Where its person answers in one tap, without signing in."""
    return settings.SITE_URL + reverse("impact:answer", args=[token("follow_up", follow_up.pk)])


def follow_up(reader: Account, about: int) -> Letter | None:
    """What became of a search? Asked while nothing is known of it."""
    found = FollowUp.objects.filter(pk=about, state="going").select_related("appeal__collective").first()
    if found is None:
        return None
    words = {
        "name": found.appeal.collective.name,
        "title": title_of(found.appeal),
        "day": date_format(found.began_at, "DATE_FORMAT"),
    }
    return Letter(
        subject=_("What became of your search?"),
        paragraphs=(
            _("Your message “{title}” has been relayed by {name} since {day}.").format(**words),
            _(
                "Have you found work, are you still looking, something else? One tap answers, and you need "
                "not sign in. If you found work, every boost is taken back and those who carried your "
                "message learn that it ended well."
            ),
            _("The same page ends these questions, if you would rather not be asked."),
        ),
        button=_("Answer in one tap"),
        link=answer_link(found),
    )


def found_how(reader: Account, about: int) -> Letter | None:
    """Somebody ended their search as found: how, if they like to say."""
    found = FollowUp.objects.filter(pk=about, appeal__outcome__kind="found").select_related("appeal").first()
    if found is None:
        return None
    return Letter(
        subject=_("You have found work: wonderful!"),
        paragraphs=(
            _(
                "Every boost is being taken back, and those who carried your message learn that it ended "
                "well."
            ),
            _(
                "One more question, if you like: did you find it through the collective, or otherwise? Both "
                "answers tell what helps. You can also leave a word for those who carried you."
            ),
        ),
        button=_("Answer in one tap"),
        link=answer_link(found),
    )


def it_helped(reader: Account, about: int) -> Letter | None:
    """To a relay: somebody they carried found work. Nobody is named."""
    outcome = Outcome.objects.filter(pk=about, kind__in=FOUND).select_related("appeal__collective").first()
    if outcome is None:
        return None
    before = relays_before(outcome)
    own = before.filter(offer__identity__account=reader).first()
    if own is None or own.given_at is None:
        return None
    carried = before.values("offer").distinct().count()
    words = {"name": outcome.appeal.collective.name, "day": date_format(own.given_at, "DATE_FORMAT")}
    told = ngettext(
        "One of the people {name} relays has found work. You gave their message a boost, on {day}.",
        "One of the people {name} relays has found work. {number} relays gave their message boosts, you "
        "among them, on {day}.",
        carried,
    )
    return Letter(
        subject=_("Somebody you relayed has found work"),
        paragraphs=(
            told.format(**words, number=carried),
            *([_("Their word to you: “{word}”").format(word=outcome.word)] if outcome.word else []),
            _(
                "Nobody can say what made the difference; we know that your boost came before. Thank you. "
                "It was taken back on its own, since it is needed no more."
            ),
        ),
        button=_("My messages of today"),
        link=settings.SITE_URL + reverse("relays:today"),
    )


def follow_up_note(appeal: Appeal) -> list[str]:
    """The same question as a private note, where there is no address to write to."""
    found = FollowUp.objects.filter(appeal=appeal).first()
    if found is None:
        return []
    link = answer_link(found)
    full = _(
        "Hello! What became of your search? Found, still looking, something else: one tap answers, or ends "
        "these questions: {link}"
    )
    brief = _("What became of your search? One tap: {link}")
    return [words.format(link=link) for words in (full, brief)]
