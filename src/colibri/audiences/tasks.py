"""Followers wait for their turn like every other piece of work."""

from colibri.audiences.actions import fetch_audience, give_up_audience
from colibri.audiences.models import Audience
from colibri.common import work

work.register(Audience, fetch_audience, give_up_audience, "identity__credential")
