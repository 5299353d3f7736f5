"""Helpers who fall silent: noticed, asked, relieved, thanked, back in one tap; the seeker is told."""

import re

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from colibri.common.signing import token
from colibri.helping.actions import accept_request, end_giving, pause_giving, write_remark
from colibri.helping.models import Giving, HelpRequest, Proposal
from colibri.people.models import Account, Notice


def helped(hands) -> HelpRequest:
    """The seeker wrote last, and waits for their helper's word."""
    rose = hands.gives("rose").account
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    write_remark(asked, rose, "Bonjour !", now=timezone.now())
    hands.later(hours=1)
    write_remark(asked, hands.seeker, "Voici la suite.", now=timezone.now())
    hands.work()
    return HelpRequest.objects.get(pk=asked.pk)


def giving() -> Giving:
    return Giving.objects.select_related("account").get(account__name="rose")


def test_five_days_of_silence_are_asked_about_then_relieved(hands):
    asked = helped(hands)
    hands.gives("iris")
    hands.later(days=4)
    assert hands.minds() == (0, 0)
    hands.later(days=1)
    assert hands.minds() == (1, 0)
    assert giving().state == "asked"
    hands.later(days=1)
    assert hands.minds() == (0, 0)
    hands.later(days=1, minutes=1)
    assert hands.minds() == (0, 1)

    asked.refresh_from_db()
    assert (giving().state, giving().silent) == ("paused", True)
    assert Proposal.objects.get(giving=giving()).state == "vanished"
    assert Proposal.objects.get(request=asked, state="open").giving.account.name == "iris"
    told = [one.body for one in mail.outbox if one.to == ["camille@example.org"]]
    assert any("heard nothing from your helper" in one for one in told)
    assert len(hands.mails("rose")) >= 3
    assert hands.minds() == (0, 0)


def test_one_tap_in_the_gentle_question_is_a_sign_of_life(hands):
    helped(hands)
    hands.later(days=6)
    hands.minds()
    body = [one.body for one in mail.outbox if one.to == ["rose@example.org"]][-1]
    link = re.search(r"http://\S+/help/here/\S+", body)[0]
    visitor = hands.browser(None)
    assert visitor.get(link).status_code == 200
    assert giving().state == "asked"  # looking changes nothing
    visitor.post(link, {"do": "resume"})
    assert giving().state == "standing"
    hands.later(days=3)
    assert hands.minds() == (0, 0)


def test_a_visit_is_a_sign_of_life_too(hands):
    helped(hands)
    hands.later(days=6)
    hands.minds()
    hands.later(hours=1)
    Account.objects.filter(name="rose").update(last_login=timezone.now())
    assert hands.minds() == (0, 0)
    assert giving().state == "standing"
    hands.later(days=3)
    assert hands.minds() == (0, 0)


def test_a_helper_who_waits_for_the_seeker_is_not_silent(hands):
    asked = helped(hands)
    write_remark(asked, giving().account, "Bravo.", now=timezone.now())
    hands.later(days=9)
    assert hands.minds() == (0, 0)


def test_mail_that_bounces_needs_no_five_days(hands):
    helped(hands)
    last = Notice.objects.filter(account=giving().account).latest("pk")
    Notice.objects.filter(pk=last.pk).update(state="dropped", fault="refused")
    assert hands.minds() == (1, 1)
    assert giving().state == "paused"


def test_two_requests_without_an_answer_are_a_silence(hands):
    hands.gives("rose", a_week=1)
    hands.asks()
    hands.later(days=2, minutes=1)
    assert hands.minds() == (0, 0)
    hands.asks("interview")
    hands.later(days=2, minutes=1)
    assert hands.minds() == (1, 0)


def test_who_rests_is_asked_nothing_and_comes_back_in_one_tap(hands):
    hands.gives("rose")
    pause_giving(giving(), now=timezone.now())
    asked = hands.asks()
    assert asked.state == "waiting"
    link = reverse("helping:here", args=[token("helper", giving().pk)])
    hands.browser(None).post(link, {"do": "resume"})
    hands.work()
    asked.refresh_from_db()
    assert asked.state == "offered"


def test_leaving_passes_on_what_is_open(hands):
    asked = helped(hands)
    end_giving(giving(), now=timezone.now())
    hands.work()
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert giving().state == "ended"
    told = [one.body for one in mail.outbox if one.to == ["camille@example.org"]]
    assert any("cannot go on" in one for one in told)


def test_the_page_of_an_offer_makes_rests_and_ends_it(hands):
    own = hands.browser(hands.seeker)
    page = reverse("helping:give", args=["hirondelles"])
    assert own.post(page, {"kinds": ["cv"], "a_week": 0, "languages": ["fr"]}).status_code == 422
    own.post(
        page, {"kinds": ["cv"], "a_week": 2, "languages": ["fr"], "occupation": "soudeuse", "region": "53"}
    )
    found = Giving.objects.get()
    assert (found.kinds, found.a_week, found.region) == (["cv"], 2, "53")
    assert found.occupation
    for do, state in (("pause", "paused"), ("resume", "standing"), ("end", "ended")):
        own.post(page, {"do": do})
        found.refresh_from_db()
        assert found.state == state
