"""What the letters of this room say. None holds what the two write each other."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colibri.appeals.queries import occupation_label
from colibri.common.signing import token
from colibri.conversations.queries import shown_name
from colibri.helping.models import Giving, HelpRequest, Mentorship, Proposal
from colibri.helping.words import reason_words
from colibri.people.letters import Letter
from colibri.people.models import Account

__all__ = [
    "help_accepted",
    "help_ended",
    "help_last_word",
    "help_passed_on",
    "help_proposed",
    "help_silent",
    "help_thanked",
    "help_word",
    "mentorship_end",
    "mentorship_middle",
]


def help_proposed(reader: Account, about: int) -> Letter | None:
    """To a helper: somebody could use their hand, and why they were chosen."""
    rows = Proposal.objects.filter(pk=about, state="open").select_related("request__collective")
    found = rows.first()
    if found is None:
        return None
    request = found.request
    trade = occupation_label(request.occupation)
    asked = _("Somebody at {name} asks for help with: {kind}.").format(**_words(request))
    whose = _("Their trade: {trade}.").format(trade=trade)
    return Letter(
        subject=_("Could you help with {kind}?").format(**_words(request)),
        paragraphs=(
            f"{asked} {whose}" if trade else asked,
            *filter(None, [reason_words(found.reasons)]),
            _("One tap says yes or no, and you need not sign in. After two days somebody else is asked."),
        ),
        button=_("Look and answer"),
        link=_link("helping:tap", token("help", found.pk)),
    )


def help_accepted(reader: Account, about: int) -> Letter | None:
    """To the seeker: somebody said yes."""
    request = _request(about, "accepted", "answered")
    if request is None or request.giving is None:
        return None
    words = {**_words(request), "helper": shown_name(request.giving.account)}
    return Letter(
        subject=_("{helper} helps you with {kind}").format(**words),
        paragraphs=(
            _("{helper} said yes, and writes to you within two days.").format(**words),
            _("What you two write stands on a page that only you two can open."),
        ),
        button=_("Our page"),
        link=settings.SITE_URL + request.get_absolute_url(),
    )


def help_passed_on(reader: Account, about: int) -> Letter | None:
    """To the seeker, the truth: nobody answered, or their helper cannot go on."""
    request = _request(about, "waiting", "offered")
    if request is None:
        return None
    last = request.proposals.exclude(state__in=["open", "taken"]).order_by("-ended_at").first()
    told = {
        "silent": _("The helper we asked did not answer within two days."),
        "vanished": _("We have heard nothing from your helper, and do not know why. It is not about you."),
        "left": _("Your helper cannot go on at the moment, and said so. It is not about you."),
    }.get(last.state if last is not None else "silent")
    if told is None:
        return None
    return Letter(
        subject=_("We look for somebody else for {kind}").format(**_words(request)),
        paragraphs=(
            told,
            _("Your request is passed on, and the time you waited counts: you come before newcomers."),
        ),
        button=_("Where it stands"),
        link=settings.SITE_URL + request.get_absolute_url(),
    )


def help_word(reader: Account, about: int) -> Letter | None:
    """To the other of the two: there is something to read."""
    request = _request(about, "accepted", "answered")
    if request is None:
        return None
    return Letter(
        subject=_("You have an answer about {kind}").format(**_words(request)),
        paragraphs=(_("It stands on the page that only you two can open; this mail holds none of it."),),
        button=_("Read it"),
        link=settings.SITE_URL + request.get_absolute_url(),
    )


def help_ended(reader: Account, about: int) -> Letter | None:
    """To the helper: it is over, and thank you."""
    request = _request(about, "closed")
    if request is None:
        return None
    helped = request.ending in ("helped", "little")
    return Letter(
        subject=_("Thank you for your help with {kind}").format(**_words(request)),
        paragraphs=(
            _("The person you helped says: {ending}.").format(ending=request.get_ending_display())
            if helped
            else _("The person you helped does not need it any more."),
            _("If they left you a word, you find it on your page, where you can leave one too. Thank you."),
        ),
        button=_("Our page"),
        link=settings.SITE_URL + request.get_absolute_url(),
    )


def help_last_word(reader: Account, about: int) -> Letter | None:
    """To the seeker: their helper left a word after the end."""
    request = _request(about, "closed")
    if request is None or request.forgotten:
        return None
    return Letter(
        subject=_("A last word about {kind}").format(**_words(request)),
        paragraphs=(_("It stands on the page that only you two can open; this mail holds none of it."),),
        button=_("Read it"),
        link=settings.SITE_URL + request.get_absolute_url(),
    )


def help_silent(reader: Account, about: int) -> Letter | None:
    """To a helper of whom nothing is heard: gently, whether all is well."""
    giving = _giving(about, "asked")
    if giving is None:
        return None
    return Letter(
        subject=_("Is all well with you?"),
        paragraphs=(
            _(
                "Somebody at {name} waits for a word from you, and we have not heard from you for a while."
            ).format(name=giving.collective.name),
            _("Life comes first. One tap says that you are here, or that you need a rest."),
            _("If we hear nothing within two days, we ask somebody else and let you rest. No harm done."),
        ),
        button=_("I am here, or I rest"),
        link=_link("helping:here", token("helper", giving.pk)),
    )


def help_thanked(reader: Account, about: int) -> Letter | None:
    """To a helper who fell silent: thank you, rest, come back when you like."""
    giving = _giving(about, "paused")
    if giving is None:
        return None
    return Letter(
        subject=_("Rest well, and thank you"),
        paragraphs=(
            _("We passed on what was open, so that nobody waits, and ask you nothing more for now."),
            _("Thank you for what you gave at {name}. One tap brings you back, whenever you like.").format(
                name=giving.collective.name
            ),
        ),
        button=_("I am back"),
        link=_link("helping:here", token("helper", giving.pk)),
    )


def mentorship_middle(reader: Account, about: int) -> Letter | None:
    """To both: half of it is over, how does it go?"""
    found = _mentorship(about, "middle")
    if found is None:
        return None
    return Letter(
        subject=_("Half way: how does it go, you two?"),
        paragraphs=(
            _("Half of the time you gave yourselves is over; it lasts until {day}.").format(
                day=date_format(found.ends_on, "DATE_FORMAT")
            ),
            _(
                "Does the rhythm suit you both? Is the list of next steps still the right one? If it does "
                "not work, say so there: it is nobody's fault, and somebody else can go on."
            ),
        ),
        button=_("Our page"),
        link=settings.SITE_URL + found.request.get_absolute_url(),
    )


def mentorship_end(reader: Account, about: int) -> Letter | None:
    """To both: its end has come; end it well, or go on."""
    found = _mentorship(about, "ending")
    if found is None:
        return None
    return Letter(
        subject=_("Your mentorship has come to its end"),
        paragraphs=(
            _("You can end it with a word to each other, or go on and choose a new day."),
            _("If you do nothing it ends by itself within a week. Thank you both."),
        ),
        button=_("Our page"),
        link=settings.SITE_URL + found.request.get_absolute_url(),
    )


def _mentorship(number: int, state: str) -> Mentorship | None:
    return Mentorship.objects.filter(pk=number, state=state).select_related("request").first()


def _words(request: HelpRequest) -> dict[str, str]:
    return {"name": request.collective.name, "kind": request.get_kind_display()}


def _request(number: int, *states: str) -> HelpRequest | None:
    rows = HelpRequest.objects.filter(pk=number, state__in=states)
    return rows.select_related("collective", "giving__account").first()


def _giving(number: int, state: str) -> Giving | None:
    return Giving.objects.filter(pk=number, state=state).select_related("collective").first()


def _link(name: str, value: str) -> str:
    return settings.SITE_URL + reverse(name, args=[value])
