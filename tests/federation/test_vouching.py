"""What a source tells of others is taken as hearsay: their yes, stop, edit and deletion it cannot give."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from colibri.appeals.models import Appeal, Message, Note
from colibri.federation.actions.hearing import hear
from colibri.federation.models import Source
from colibri.networks.items import Actor, Event, Post, PostRef
from colibri.people.models import Collective, Consent, Credential, Identity
from tests.federation.conftest import TAG

CAMILLE = Actor("https://a.example/users/camille", "camille@a.example")
SEARCH = f"Je suis soudeuse, je cherche un CDI à Brest. #{TAG}"


@pytest.fixture
def collective(db: None) -> Collective:
    return Collective.objects.create(
        slug="hirondelles", name="Les Hirondelles", supporters_hashtag="h", seekers_hashtag=TAG
    )


def source(collective: Collective, server: str) -> Source:
    return Source.objects.create(collective=collective, network="mastodon", server=server)


def post(text: str, uri: str = "https://a.example/1", **more: Any) -> Post:
    hashtags = (TAG,) if TAG in text else ()
    return Post(PostRef(uri), CAMILLE, text, datetime.now(UTC), hashtags=hashtags, **more)


def tells(where: Source, kind: str, what: Post | None, uri: str = "https://a.example/1") -> None:
    hear(where, Event(kind, what.ref.uri if what else uri, "1", what), now=timezone.now())


@pytest.fixture
def appeal(collective: Collective) -> Appeal:
    """Heard at the author's own server; they were asked, in a note."""
    own = Identity.objects.create(
        collective=collective,
        network="mastodon",
        server="b.example",
        actor_id="https://b.example/us",
        handle="us",
    )
    Credential.objects.create(identity=own, secret="{}")
    tells(source(collective, "a.example"), "post", post(SEARCH))
    made = Appeal.objects.get()
    Note.objects.update_or_create(
        appeal=made, kind="invitation", defaults={"identity": own, "key": "k", "uri": "https://b.example/n/1"}
    )
    return made


def answer(words: str) -> Post:
    return post(words, "https://a.example/2", reply_to="https://b.example/n/1")


@pytest.mark.parametrize("words", ["oui", "stop", "j'ai trouvé"])
def test_a_server_cannot_answer_for_people_of_others(appeal, collective, words):
    tells(source(collective, "evil.example"), "post", answer(words))

    appeal.refresh_from_db()
    assert appeal.state == "draft"
    assert not Consent.objects.exists()


@pytest.mark.parametrize("server", ["a.example", "b.example", "https://a.example"])
def test_their_own_server_and_the_collectives_can(appeal, collective, server):
    here, _made = Source.objects.get_or_create(collective=collective, network="mastodon", server=server)
    tells(here, "post", answer("oui"))

    appeal.refresh_from_db()
    assert appeal.state == "submitted"


def test_an_answer_to_one_collective_is_none_to_another_nor_from_another_network(appeal):
    other = Collective.objects.create(slug="o", name="O", supporters_hashtag="o", seekers_hashtag="oR")
    tells(source(other, "a.example"), "post", answer("oui"))
    memory = Source.objects.create(collective=appeal.collective, network="memory", server="memory:x")
    tells(memory, "post", answer("oui"))

    appeal.refresh_from_db()
    assert appeal.state == "draft"


def test_a_server_can_neither_change_nor_delete_posts_of_others_people(appeal, collective):
    evil = source(collective, "evil.example")
    tells(evil, "edit", post(f"Je vends des montres. #{TAG}"))
    tells(evil, "delete", None)

    assert Message.objects.get().text == SEARCH
    assert appeal.publications.get().state == "live"
    tells(Source.objects.get(server="a.example"), "delete", None)
    assert appeal.publications.get().state == "gone"


def test_nobody_edits_the_post_of_another_of_the_same_server(appeal, collective):
    other = Actor("https://a.example/users/mallory", "mallory@a.example")
    forged = Post(PostRef("https://a.example/1"), other, "Je vends des montres.", datetime.now(UTC))
    tells(Source.objects.get(server="a.example"), "edit", forged)

    assert Message.objects.get().text == SEARCH
