"""Partners and what they gave, as animators note it."""

from colibri.networks.plain import plain, plain_line
from colibri.people.actions import give_role
from colibri.people.models import Account
from colibri.programme.models import Cohort, Gift, Partner

__all__ = ["change_partner", "forget_gift", "lend", "note_gift"]


def change_partner(partner: Partner) -> Partner:
    """Keep a partner; who speaks for it sees its page once they have an account with that address."""
    partner.name, partner.about = plain_line(partner.name), plain(partner.about)
    partner.contact_name = plain_line(partner.contact_name)
    partner.contact_email = partner.contact_email.lower()
    known = Account.objects.filter(email=partner.contact_email or None, is_active=True)
    # Only a confirmed address says whose account it is.
    partner.contact = known.filter(
        emailaddress__verified=True, emailaddress__email__iexact=partner.contact_email
    ).first()
    partner.save()
    if partner.contact is not None:
        give_role(partner.contact, partner.collective, "partner")
    return partner


def note_gift(gift: Gift) -> Gift:
    """Note what a partner gave."""
    gift.word = plain_line(gift.word)
    gift.save()
    return gift


def forget_gift(gift: Gift) -> None:
    """Take a note back."""
    gift.delete()


def lend(cohort: Cohort, partners: list[Partner]) -> None:
    """Who stands behind a cohort."""
    cohort.partners.set(partners)
