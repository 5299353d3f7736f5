"""How pages word what people agree to."""

from django.utils.translation import gettext_lazy as _

__all__ = ["WHAT_STOPS"]

WHAT_STOPS = {
    "be_relayed": _(
        "If you withdraw it, your message is relayed no more, every boost that stands is taken back, and "
        "what the collective published for you is deleted."
    ),
    "publish_for_me": _(
        "If you withdraw it, what the collective published in your name is deleted, and nothing more is "
        "published."
    ),
    "boost_for_me": _(
        "If you withdraw it, Colibri boosts nothing more from this account. Boosts already given stay."
    ),
    "be_asked": _("If you withdraw it, you are asked for nothing more. Boosts already given stay."),
    "carry_cause": _(
        "If you withdraw it, your cause is public no more, every boost that stands is taken back, and "
        "what the collective published of it is deleted."
    ),
    "relay_causes": _("If you withdraw it, this account relays no more causes. Boosts already given stay."),
    "be_listed": _("If you withdraw it, your account is taken off the collective's public list of relays."),
    "be_ranked": _("If you withdraw it, you are ranked no more and what was kept for it is erased."),
    "measure_reading": _(
        "If you withdraw it, the copies kept for it are erased. Your message stays as it is."
    ),
    "be_portrayed": _(
        "If you withdraw it, your portraits are taken off at once, and what the collective posted of them is "
        "deleted."
    ),
}
"""What ends with a consent, by its purpose."""
