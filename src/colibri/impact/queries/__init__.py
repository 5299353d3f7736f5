"""Who is asked, what came before an outcome, what figures say."""

from colibri.impact.queries.following import (
    follow_up_of_link,
    namable_relays,
    relays_before,
    relays_to_thank,
)

__all__ = ["follow_up_of_link", "namable_relays", "relays_before", "relays_to_thank"]
