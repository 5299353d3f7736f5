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
from colibri.config.demo import figures
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


def followers_told(town, network):
    """How many followers the AppView says each relay has."""
    return [network.fetch_actor(town.people[name].did).followers for name, _ in RELAYS]


def last_event(town):
    """A post written and deleted: whoever hears of its deletion has heard all before."""
    post = town.bluesky.create(town.people["loriot"], POST, {"text": "fin"})
    town.posts["loriot"] = post["uri"]
    town.delete_post("loriot")
    return post["uri"]


def test_a_day_from_the_posts_in_the_stream_to_reposts_that_stand_and_go(full_bluesky, client, mailoutbox):
    started = timezone.now()
    town = Town(full_bluesky)
    town.settle(followers=True)
    collective = town.found_collective()
    for name, automatic in RELAYS:
        town.lend(name, collective, automatic=automatic, now=started)
    colibri = client_for(town.identity("colibri"))
    counts = [len(town.fans([place])) for place in range(len(RELAYS))]
    assert wait_until(lambda: followers_told(town, colibri) == counts, seconds=90, pause=0.5)

    hear_and_answer(town, collective)
    assert {name: state_of(town, name) for name in SEEKERS} == {
        "merle": "active",
        "pinson": "active",
        "huppe": "active",
        "grive": "active",
        "geai": "refused",
        "loriot": "refused",
    }
    assert "1jeune1solution" in town.note_to("geai")["value"]["text"]
    for name in (*SEARCHES, "geai"):
        note = town.note_to(name)["value"]
        assert graphemes(note["text"]) <= 300
        assert [facet["features"][0]["uri"] for facet in note["facets"]]

    finish_work("audiences.Audience", now=timezone.now())
    for place, (name, _) in enumerate(RELAYS):
        assert town.identity(name).audience.size == len(town.fans([place]))
    assert Audience.objects.get(identity=town.identity("sauge")).interactions == LIKED
    plan = make_todays_plan(collective, now=timezone.now())
    assert plan.state == "solved"
    assert 0 < plan.ratio <= 1
    assert plan.boosts.count() == 18

    # Between the plan and the evening one seeker deletes their post and one relay locks Colibri out.
    town.delete_post("grive")
    town.bluesky.revoke_app_password(town.people["thym"])
    credential = Credential.objects.get(identity=town.identity("thym"))
    credential.secret = json.dumps(expired(json.loads(credential.secret)))
    credential.save()

    finish_work("relays.Digest", now=timezone.now())
    asked = {mail.to[0]: mail for mail in mailoutbox}
    assert set(asked) == {"bleuet@example.org", "lilas@example.org", "genet@example.org"}
    finish_work("relays.Boost", now=timezone.now())
    for address, do in (("bleuet", "give"), ("lilas", "give"), ("genet", "decline")):
        assert 2 <= tap(client, asked[f"{address}@example.org"], do) <= 3
    finish_work("relays.Boost", now=timezone.now())

    assert standing(town) == given()
    assert {name for name, _ in given()} == {"sauge", "anis", "bleuet", "lilas"}
    assert town.posts["grive"] not in {uri for _, uri in given()}
    assert state_of(town, "grive") == "closed"
    assert town.identity("thym").refused_at is not None
    assert not Boost.objects.filter(offer__identity=town.identity("thym"), state="given").exists()
    lent = [place for place, (name, _) in enumerate(RELAYS) if name in {name for name, _ in given()}]
    reach = distinct_reach({town.identity(RELAYS[place][0]).pk for place in lent})
    assert reach.people == len(town.fans(lent))
    for name in ("merle", "pinson", "huppe"):
        relays = [relay for relay, uri in given() if uri == town.posts[name]]
        places = [place for place, (relay, _) in enumerate(RELAYS) if relay in relays]
        appeal = Appeal.objects.get(source_uri=town.posts[name])
        assert reach_of_appeal(appeal).people == len(town.fans(places)) > 0
    end = last_event(town)
    for name, _ in RELAYS:
        wanted = [("create", f"{REPOST}/{boost.key}") for boost in Boost.objects.filter(
            offer__identity=town.identity(name), state="given")]  # fmt: skip
        assert sorted(repost_events(town.bluesky, town.people[name].did, end)) == sorted(wanted)

    print("\nA day on a real Bluesky: " + json.dumps(
        figures(collective, plan, started=started, seconds=(timezone.now() - started).total_seconds())
    ))  # fmt: skip

    town.answer("merle", "J'ai trouvé, merci à vous !")
    hear_all(collective)
    undone = {pair for pair in given("undoing") if pair[1] == town.posts["merle"]}
    assert len(undone) >= 3
    finish_work("relays.Boost", now=timezone.now())
    assert Appeal.objects.get(source_uri=town.posts["merle"]).ending == "found"
    assert standing(town) == given()
    assert town.posts["merle"] not in {uri for _, uri in standing(town)}
    assert standing(town)


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
