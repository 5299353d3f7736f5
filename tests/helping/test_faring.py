"""What animators learn of help: counts, and confidence only of ten and more."""

from django.urls import reverse
from django.utils import timezone

from colibri.helping.actions import accept_request, close_request, write_remark
from colibri.helping.faring import faring_of
from colibri.helping.models import HelpRequest
from colibri.people.models import Role
from tests.sample_world import account

PAGE = reverse("helping:faring", args=["hirondelles"])


def test_animators_see_counts_and_nobody_else(hands):
    hands.gives("rose")
    hands.asks("image")
    animator = account("anime")
    Role.objects.create(account=animator, collective=hands.collective, kind="animator")
    shown = hands.browser(animator).get(PAGE)
    assert shown.status_code == 200
    found = shown.context["faring"]
    assert (found.ready, found.waiting) == (1, 1)
    assert [number for _label, number in found.wanted] == [1]
    assert "Est-ce clair" not in shown.content.decode()
    assert hands.browser(hands.seeker).get(PAGE).status_code == 403
    assert hands.browser(None).get(PAGE).status_code == 302


def test_first_words_and_endings_are_counted(hands):
    rose = hands.gives("rose").account
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    hands.later(hours=5)
    write_remark(asked, rose, "Bonjour", now=timezone.now())
    close_request(HelpRequest.objects.get(), "little", now=timezone.now())
    found = faring_of(hands.collective, now=timezone.now())
    assert (found.first_words, found.ended, found.helped) == (5.0, 1, 1)


def test_confidence_is_told_of_ten_people_and_more(hands):
    for number in range(10):
        assert faring_of(hands.collective, now=timezone.now()).confidence is None
        asked = hands.asks(who=account(f"cherche{number}"), before=2)
        close_request(asked, "helped", after=4, now=timezone.now())
    assert faring_of(hands.collective, now=timezone.now()).confidence == (10, 2.0, 4.0)
