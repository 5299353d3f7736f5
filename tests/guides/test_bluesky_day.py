"""A collective's whole day on a real Bluesky: docs/guides/bluesky.md tells it, this runs it.

    python -m pytest tests/guides/test_bluesky_day.py -s

prints the day's figures.
"""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal
from colibri.appeals.queries import waiting_for_animator
from colibri.audiences.models import Audience
from colibri.audiences.queries import distinct_reach
from colibri.config.day import finish_work, hear_all, make_todays_plan
from colibri.config.demo.stage import figures
from colibri.networks.graphemes import graphemes
from colibri.people.actions import client_for
from colibri.people.models import Account, Credential
from colibri.relays.models import Boost
from colibri.relays.queries import reach_of_appeal
from tests.guides.bluesky_town import LIKED, RELAYS, SEEKERS, Town
from tests.networks.bluesky.story import POST, REPOST, expired, repost_events
from tests.peers.bluesky_peer import GUARD
from tests.peers.process import wait_until

pytestmark = [pytest.mark.bluesky, pytest.mark.timeout(600), pytest.mark.django_db]

SEARCHES = ("merle", "pinson", "huppe", "grive")


@pytest.fixture(autouse=True)
def _may_reach_this_machine(settings):
    settings.GUARD = GUARD


def hear_and_answer(town, collective):
    """From the posts in the stream to searches an animator accepted."""
    for name in SEEKERS:
        town.speak(name)
    hear_all(collective)
    finish_work("appeals.Note", now=timezone.now())
    for name in SEARCHES:
        town.answer(name, "Oui, avec plaisir !")
    hear_all(collective)
    animator = Account.objects.get(email="animatrice@example.org")
    for appeal in waiting_for_animator(collective):
        accept_appeal(appeal, by=animator, now=timezone.now())


def state_of(town, name):
    return Appeal.objects.get(source_uri=town.posts[name]).state


def tap(client, mail, do):
    """Open each link of an evening's mail and press its button."""
    links = dict.fromkeys(re.findall(r"https?://\S+/tap/\S+/", mail.body))
    for link in links:
        page = client.get(urlsplit(link).path)
        assert page.status_code == 200
        client.post(urlsplit(link).path, {"do": do, "why": "not_today"})
    return len(links)


def standing(town):
    """The reposts that stand on the PDS, as (relay, URI of the post)."""
    return {
        (name, record["value"]["subject"]["uri"])
        for name, _ in RELAYS
        for record in town.bluesky.records(town.people[name].did, REPOST)
    }


def given(state="given"):
    found = Boost.objects.filter(state=state).select_related("offer__identity", "publication")
    return {(boost.offer.identity.handle.partition("-")[0], boost.publication.uri) for boost in found}


def told_by_appview(town, network):
    """(followers, interactions) of each relay as the AppView tells them, some seconds late."""
    people = [town.people[name].did for name, _ in RELAYS]
    return [
        (network.fetch_actor(did).followers, sum(one.total for one in network.fetch_interactions(did)))
        for did in people
    ]


def last_event(town):
    """A post written and deleted: whoever hears of its deletion has heard all before."""
    post = town.bluesky.create(town.people["loriot"], POST, {"text": "fin"})
    town.posts["loriot"] = post["uri"]
    town.delete_post("loriot")
    return post["uri"]


def look_at_what_was_read(town):
    """Searches, a refusal and an offer, and notes that stand on the PDS with links to touch."""
    assert {name: state_of(town, name) for name in SEEKERS} == {
        **dict.fromkeys(SEARCHES, "active"),
        **dict.fromkeys(("geai", "loriot"), "refused"),
    }
    assert "1jeune1solution" in town.note_to("geai")["value"]["text"]
    for name in (*SEARCHES, "geai"):
        note = town.note_to(name)["value"]
        assert graphemes(note["text"]) <= 300
        assert [facet["features"][0]["uri"] for facet in note["facets"]]


def lock_out(town, name):
    """A relay revokes the app password, and the hours pass after which Colibri's session is renewed."""
    town.bluesky.revoke_app_password(town.people[name])
    credential = Credential.objects.get(identity=town.identity(name))
    credential.secret = json.dumps(expired(json.loads(credential.secret)))
    credential.save()


def live_the_evening(client, mailoutbox):
    """Mails go out, Colibri boosts for some, two of those who were asked press the button, one declines."""
    finish_work("relays.Digest", now=timezone.now())
    asked = {mail.to[0].partition("@")[0]: mail for mail in mailoutbox}
    assert set(asked) == {"bleuet", "lilas", "genet"}
    finish_work("relays.Boost", now=timezone.now())
    for name, do in (("bleuet", "give"), ("lilas", "give"), ("genet", "decline")):
        assert 2 <= tap(client, asked[name], do) <= 3
    finish_work("relays.Boost", now=timezone.now())


def look_at_what_stands(town):
    """What Colibri says was given stands on the PDS, was written once, and reached whom it says."""
    stands = given()
    assert standing(town) == stands
    assert {name for name, _ in stands} == {"sauge", "anis", "bleuet", "lilas"}
    assert {uri for _, uri in stands} == {town.posts[name] for name in ("merle", "pinson", "huppe")}
    end = last_event(town)
    for name, _ in RELAYS:
        boosts = Boost.objects.filter(offer__identity=town.identity(name), state="given")
        written = sorted(("create", f"{REPOST}/{boost.key}") for boost in boosts)
        assert sorted(repost_events(town.bluesky, town.people[name].did, end)) == written
    places = {name: place for place, (name, _) in enumerate(RELAYS)}
    lent = {name for name, _ in stands}
    reach = distinct_reach({town.identity(name).pk for name in lent})
    assert reach.people == len(town.fans(places[name] for name in lent))
    for name in ("merle", "pinson", "huppe"):
        carried = [places[relay] for relay, uri in stands if uri == town.posts[name]]
        appeal = Appeal.objects.get(source_uri=town.posts[name])
        assert reach_of_appeal(appeal).people == len(town.fans(carried)) > 0


def test_a_day_from_the_posts_in_the_stream_to_reposts_that_stand_and_go(full_bluesky, client, mailoutbox):
    started = timezone.now()
    town = Town(full_bluesky)
    town.settle(followers=True)
    collective = town.found_collective()
    for name, automatic in RELAYS:
        town.lend(name, collective, automatic=automatic, now=started)
    network = client_for(town.identity("colibri"))
    truth = [(len(town.fans([place])), LIKED) for place in range(len(RELAYS))]
    assert wait_until(lambda: told_by_appview(town, network) == truth, pause=0.5)

    hear_and_answer(town, collective)
    look_at_what_was_read(town)

    finish_work("audiences.Audience", now=timezone.now())
    audiences = [Audience.objects.get(identity=town.identity(name)) for name, _ in RELAYS]
    assert [(one.size, one.interactions) for one in audiences] == truth
    plan = make_todays_plan(collective, now=timezone.now())
    assert (plan.state, plan.boosts.count()) == ("solved", 18)
    assert 0 < plan.ratio <= 1

    town.delete_post("grive")
    lock_out(town, "thym")
    live_the_evening(client, mailoutbox)
    look_at_what_stands(town)
    assert state_of(town, "grive") == "closed"
    assert town.identity("thym").refused_at is not None
    lasted = (timezone.now() - started).total_seconds()
    shown = figures(collective, plan, started=started, seconds=lasted)
    print("\nA day on a real Bluesky: " + json.dumps(shown))

    town.answer("merle", "J'ai trouvé, merci à vous !")
    hear_all(collective)
    assert {uri for _, uri in given("undoing")} == {town.posts["merle"]}
    finish_work("relays.Boost", now=timezone.now())
    assert Appeal.objects.get(source_uri=town.posts["merle"]).ending == "found"
    assert standing(town) == given()
    assert {uri for _, uri in standing(town)} == {town.posts["pinson"], town.posts["huppe"]}


def test_without_an_appview_nothing_is_planned_until_followers_are_known(bluesky):
    town = Town(bluesky)
    town.settle(followers=False)
    collective = town.found_collective()
    now = timezone.now()
    offers = [town.lend(name, collective, automatic=True, now=now) for name, _ in RELAYS[:3]]
    hear_and_answer(town, collective)
    assert {state_of(town, name) for name in SEARCHES} == {"active"}

    finish_work("audiences.Audience", now=now)
    assert {audience.size for audience in Audience.objects.all()} == {0}
    assert all(audience.problem for audience in Audience.objects.all())
    plan = make_todays_plan(collective, now=now)
    assert (plan.state, plan.boosts.count()) == ("empty", 0)

    for place, offer in enumerate(offers):
        town.remember_followers(offer, place, now=now - timedelta(days=7))
    plan = make_todays_plan(collective, now=now)
    assert (plan.state, plan.boosts.count()) == ("solved", 9)
    finish_work("relays.Boost", now=now)
    assert standing(town) == given()
    assert len(given()) == 9

    town.answer("pinson", "stop")
    hear_all(collective)
    finish_work("relays.Boost", now=now)
    assert standing(town) == given()
    assert town.posts["pinson"] not in {uri for _, uri in standing(town)}
