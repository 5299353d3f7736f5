"""Asking for a hand: how often, and what is typed stays."""

from django.urls import reverse
from django.utils import timezone

from colibri.helping.actions import close_request
from colibri.helping.models import HelpRequest


def test_whoever_asks_and_ends_it_again_and_again_waits_for_tomorrow_and_keeps_their_words(hands):
    page = reverse("helping:ask", args=[hands.collective.slug])
    typed = {"kind": "cv", "languages": ["fr"], "words": "Est-ce clair ?"}
    browser = hands.browser(hands.seeker)
    for _time in range(8):
        assert browser.post(page, typed).status_code == 302
        close_request(HelpRequest.objects.exclude(state="closed").get(), "otherwise", now=timezone.now())

    refused = browser.post(page, typed, headers={"accept-language": "en"})

    assert refused.status_code == 422
    assert "Ask again tomorrow" in refused.content.decode()
    assert "Est-ce clair ?" in refused.content.decode()
    assert HelpRequest.objects.count() == 8
    hands.later(days=1, minutes=1)
    assert browser.post(page, typed).status_code == 302
