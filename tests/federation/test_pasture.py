"""What servers of the Fediverse really send, replayed into the inbox: answered, understood or left."""

from collections import Counter

import pytest
from django.core.cache import cache

from colibri.appeals.models import Appeal, Message
from colibri.common.models import Tally
from colibri.federation.models import Incoming, RemoteActor
from tests.federation.conftest import TAG
from tests.federation.neighbours import Neighbour, town

__all__ = ["town"]

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
SEARCH = f"<p>Soudeuse, je cherche un CDI à Brest. #{TAG}</p>"
HASHTAG = {"type": "Hashtag", "name": f"#{TAG}", "href": f"https://a.example/tags/{TAG}"}


NOT_FOR_US = {"attributed_to": 5, "necessary_properties": 3, "object_types": 10}
"""Objects that say they are somebody else's, that have no id, author or type, or that are no posts."""


def many(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def test_the_pasture_is_whole(pasture):
    assert len(pasture) == 262


@pytest.mark.parametrize("told", [False, True], ids=["to everybody", "to our actor"])
def test_what_does_not_concern_us_is_answered_and_stored_nowhere(home, camille, pasture, told):
    faults = []
    for number, (group, example) in enumerate(pasture):
        Tally.objects.all().delete()  # all of it within a minute is more than one server may send
        note = {**camille.note("<p>Bonjour</p>", name=str(number)), **example}
        if told:
            note["to"] = [*many(note.get("to")), home.actor.actor_id]
        status = home.hears(camille, camille.does("Create", note)).status_code
        if status not in (202, 400, 401):
            faults.append((group, example, status))
    home.work()

    assert faults == []
    assert (Incoming.objects.count(), RemoteActor.objects.count()) == (0, 0)
    assert (Appeal.objects.count(), Message.objects.count()) == (0, 0)


def test_what_concerns_us_is_understood_whatever_else_it_holds(home, camille, pasture):
    """Each object says what it says beside a search, from an author of its own."""
    cache.clear()
    authors = {}
    for number, (group, example) in enumerate(pasture):
        Tally.objects.all().delete()
        author = Neighbour(camille.town, f"camille{number}")
        author.show()
        content = example.get("content")
        more = {
            **example,
            "content": SEARCH + (content if isinstance(content, str) else ""),
            "tag": [*many(example.get("tag")), HASHTAG],
        }
        note = {**author.note("", name="1"), **more}
        assert home.hears(author, author.does("Create", note)).status_code in (202, 400, 401)
        authors[author.id] = group
    home.work()

    understood = {one.identity.actor_id: one.message.text for one in Appeal.objects.all()}
    assert all("cherche un CDI à Brest" in text and "<p" not in text for text in understood.values())
    assert not Incoming.objects.filter(fault="ours").exists()
    assert Counter(group for author, group in authors.items() if author not in understood) == NOT_FOR_US
