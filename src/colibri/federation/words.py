"""What federation says to people."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from colibri.federation.models import Invitation
from colibri.federation.queries import offer_page
from colibri.networks.graphemes import graphemes
from colibri.networks.registry import CAPABILITIES
from colibri.people.models import Collective

__all__ = ["invitation_text", "public_please"]


def invitation_text(invitation: Invitation) -> str:
    """The words of an invitation, in the collective's language: the fullest that fit the network."""
    collective = invitation.collective
    limit = CAPABILITIES[invitation.identity.network].character_limit
    with override(collective.languages[0] if collective.languages else "fr"):
        if invitation.kind == "relay":
            tag, link = collective.supporters_hashtag, offer_page(collective)
            words = [
                _("Hello! Your biography says #{tag}: thank you for your support."),
                _("Would you lend your account for a few boosts a day, at your hours? {link}"),
            ]
        else:
            tag = collective.seekers_hashtag
            link = settings.SITE_URL + reverse("appeals:new", args=[collective.slug])
            words = [
                _("Hello! Your biography says #{tag}. If you look for work, {name} can carry your message."),
                _("Post it with this hashtag, or write it here: {link}"),
            ]
        words.append(_("We write to you about this only once."))
    told = [one.format(tag=tag, link=link, name=collective.name) for one in words]
    fitting = (" ".join(told[:count]) for count in (3, 2))
    return next((text for text in fitting if graphemes(text) <= limit), link)


def public_please(collective: Collective) -> str:
    """What somebody hears who asked in private to be relayed: nobody can boost that."""
    with override(collective.languages[0] if collective.languages else "fr"):
        words = _(
            "Your message came in private, so nobody can carry it further, and we kept nothing of it. "
            "Post it for everybody with #{tag}, or write it here: {link}"
        )
        link = settings.SITE_URL + reverse("appeals:new", args=[collective.slug])
        return words.format(tag=collective.seekers_hashtag, link=link)
