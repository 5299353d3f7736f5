"""What our actors say reaches every server once, rests where nobody answers, and can be taken back."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from colibri.appeals.models import Appeal, Publication
from colibri.common.work import ATTEMPTS_MOST
from colibri.federation.actions.announcing import announce, announcement_text
from colibri.federation.actions.sending import (
    block_server,
    drop_stale,
    hear_from,
    unblock_server,
    wake_stranded,
)
from colibri.federation.models import Activity, Delivery, Follower, RemoteActor, Server
from colibri.federation.queries import NETWORK, servers_suspended
from colibri.federation.tasks import tend
from colibri.networks.errors import Gone, Refused
from colibri.networks.items import Actor, Draft, PostRef
from colibri.people.actions import client_for
from colibri.people.models import Block
from tests.federation.neighbours import town
from tests.peers.process import free_port


def followed_by(home, *people):
    for person in people:
        home.told(person, person.does("Follow", home.actor.actor_id))
        person.town.posted.clear()


def test_a_server_gets_what_is_for_many_once_at_its_shared_inbox(home, camille, village_over):
    followed_by(home, camille, village_over.person("sasha"))
    asked = len(village_over.asked)
    client_for(home.actor).publish(Draft("Bonjour #hirondelles https://example.org/a?b=1&c=2", "key-1"))
    home.work()

    (sent,) = village_over.posted
    assert village_over.asked[asked:] == ["POST /inbox HTTP/1.1"]
    assert sent["object"]["tag"][0]["name"] == "#hirondelles"
    assert '<a href="https://example.org/a?b=1&amp;c=2"' in sent["object"]["content"]
    assert home.get(sent["object"]["id"]).json()["content"] == sent["object"]["content"]


def test_the_same_key_again_is_the_same_post_and_goes_out_once(home, camille, village_over):
    followed_by(home, camille)
    client = client_for(home.actor)
    first = client.publish(Draft("Bonjour", "key-1"))
    home.work()
    second = client.publish(Draft("Bonjour", "key-1"))
    post = PostRef(camille.note("Salut")["id"])
    assert client.boost(post, key="key-2") == client.boost(post, key="key-2")
    assert client.reply(post, "Merci", key="key-3") == client.reply(post, "Merci", key="key-3")
    home.work()

    assert first == second
    assert [one["type"] for one in village_over.posted] == ["Create", "Announce", "Create"]


def test_what_the_actor_publishes_itself_is_told_no_second_time(home):
    appeal = Appeal.objects.create(collective=home.collective, kind="cause", title="Sauvons la scierie")
    here = {"appeal": appeal, "network": NETWORK, "key": "key-1"}
    Publication.objects.create(identity=home.actor, **here)  # it waits, and another network was faster

    assert announce(appeal, now=timezone.now()) is None


def test_a_cause_is_told_as_one(home):
    appeal = Appeal.objects.create(collective=home.collective, kind="cause", title="Sauvons la scierie")
    assert announcement_text(appeal).startswith("Sauvons la scierie. Ce qui est en jeu")


def test_what_is_deleted_leaves_a_tombstone_and_the_second_time_nothing(home, camille, village_over):
    followed_by(home, camille)
    client = client_for(home.actor)
    ref = client.publish(Draft("Bonjour", "key-1"))
    for _ in range(2):
        client.delete("", key="key-1")
    client.delete("https://colibri.example/nothing")
    home.work()

    assert [one["type"] for one in village_over.posted] == ["Create", "Delete"]
    gone = home.get(ref.uri)
    assert (gone.status_code, gone.json()["type"]) == (410, "Tombstone")


def test_boosting_what_is_gone_is_gone(home, camille):
    with pytest.raises(Gone):
        client_for(home.actor).boost(PostRef(f"{camille.id}/statuses/none"), key="key-1")
    assert Activity.objects.filter(key="key-1").count() == 0


def test_an_actor_of_our_own_refuses_what_only_servers_of_people_can(home):
    client = client_for(home.actor)
    for refused in (
        lambda: client.listen(["a"]),
        lambda: client.fetch_followers("a"),
        lambda: client.fetch_interactions("a"),
        lambda: client.publish(Draft("a", "../../etc")),
    ):
        with pytest.raises(Refused):
            refused()
    assert client.share_link("a", "b") == ""


def test_an_actor_is_found_by_handle_and_their_post_read(home, camille, village_over):
    host = village_over.origin.removeprefix("http://")
    handle = f"camille@{host}"
    village_over.documents[f"/.well-known/webfinger?resource=acct%3Acamille%40{host.replace(':', '%3A')}"] = {
        "links": [{"rel": "self", "type": "application/activity+json", "href": camille.id}]
    }
    client = client_for(home.actor)
    assert client.fetch_actor(f"@{handle}").id == camille.id
    post = client.fetch_post(camille.note("Bonjour <b>à</b> <script>toi</script>tous #salut")["id"])
    assert (post.text, post.hashtags) == ("Bonjour à tous #salut", ("salut",))


def test_who_blocks_us_cannot_be_told_anything(home, camille):
    home.told(camille, camille.does("Block", home.actor.actor_id))
    assert Block.objects.count() == 1

    with pytest.raises(Refused):
        client_for(home.actor).tell(Actor(camille.id, "camille"), "Bonjour", key="key-1")


def test_a_peer_that_refuses_the_first_signature_and_offers_the_other_gets_it(home, camille, village_over):
    followed_by(home, camille)
    village_over.status, village_over.extra = 401, {"Accept-Signature": 'sig1=("@method")'}
    client_for(home.actor).publish(Draft("Bonjour", "key-1"))
    home.work()

    assert ["signature-input" in one for one in village_over.headers[-2:]] == [False, True]
    assert Delivery.objects.filter(activity__key="key-1").get().state == "sent"


@pytest.mark.parametrize(
    ("status", "state"), [(401, "failed"), (403, "failed"), (410, "failed"), (202, "sent")]
)
def test_what_is_refused_for_good_is_not_tried_again(home, camille, village_over, status, state):
    followed_by(home, camille)
    village_over.status = status
    client_for(home.actor).publish(Draft("Bonjour", "key-1"))
    home.work()

    assert Delivery.objects.get(activity__key="key-1").state == state
    assert Server.objects.get().due_at is None


def dead_follower(home):
    """Somebody on a server that is off."""
    origin = f"http://127.0.0.1:{free_port()}"
    actor = RemoteActor.objects.create(
        actor_id=f"{origin}/users/gone", handle="gone@off", inbox=f"{origin}/inbox", shared_inbox=""
    )
    Follower.objects.create(collective=home.collective, actor=actor, follow_id="x")
    return Server.objects.get_or_create(host=origin.removeprefix("http://"))[0]


def test_a_dead_server_rests_ever_longer_is_suspended_probed_and_resumed(
    home, camille, village_over, time_machine
):
    time_machine.move_to(timezone.now(), tick=False)
    followed_by(home, camille)
    server = dead_follower(home)
    client_for(home.actor).publish(Draft("Bonjour", "key-1"))
    pauses = []
    for _ in range(ATTEMPTS_MOST):
        home.work()
        server.refresh_from_db()
        pauses.append(server.due_at - timezone.now())
        time_machine.move_to(server.due_at, tick=False)
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(days=1)
    assert [one["type"] for one in village_over.posted] == ["Create"]  # nobody else waited
    assert list(servers_suspended()) == [server]

    home.work()  # the day's probe
    server.refresh_from_db()
    assert server.due_at - timezone.now() == timedelta(days=1)
    hear_from(server.host, now=timezone.now())
    assert list(servers_suspended()) == []
    server.refresh_from_db()
    assert server.due_at == timezone.now()


def test_a_server_that_is_back_gets_what_waited_but_no_old_news(home, time_machine):
    server = dead_follower(home)
    client_for(home.actor).publish(Draft("Hier", "key-1"))
    home.work()
    Delivery.objects.update(planned_at=timezone.now() - timedelta(days=15))
    client_for(home.actor).publish(Draft("Aujourd'hui", "key-2"))
    assert drop_stale(now=timezone.now()) == 1
    with town() as back:
        Delivery.objects.update(inbox=f"{back.origin}/inbox")
        Server.objects.filter(pk=server.pk).update(due_at=timezone.now())
        home.work()
        assert [one["object"]["content"] for one in back.posted] == ["<p>Aujourd'hui</p>"]


def test_nothing_goes_to_a_blocked_server(home, camille, village_over):
    followed_by(home, camille)
    server = Server.objects.get()
    client = client_for(home.actor)
    client.publish(Draft("Avant", "key-1"))
    block_server(server.host, now=timezone.now())
    client.publish(Draft("Pendant", "key-2"))
    home.work()
    assert village_over.posted == []

    unblock_server(server.host)
    client.publish(Draft("Après", "key-3"))
    home.work()
    assert [json.dumps(one).count("Apr") > 0 for one in village_over.posted] == [True]


def test_a_letter_nobody_will_come_back_for_is_found_by_the_clock(home, camille, village_over):
    followed_by(home, camille)
    client_for(home.actor).publish(Draft("Bonjour", "key-1"))
    Server.objects.update(due_at=None)
    assert wake_stranded(now=timezone.now()) == 1
    tend(now=timezone.now())
    home.work()

    assert len(village_over.posted) == 1
