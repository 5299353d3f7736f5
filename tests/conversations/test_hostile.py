"""A server that lies, through its own rows: the other browser catches it and tells its person."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from colibri.conversations.documents import digest_of
from colibri.conversations.models import Conversation, KeyEntry, Keyring, Message
from colibri.people.models import Account
from tests.conversations.conftest import Device, talking
from tests.conversations.samples import Signer

pytestmark = pytest.mark.browser


def drops() -> None:
    Message.objects.filter(number=2).delete()


def drops_and_renumbers() -> None:
    Message.objects.filter(number=1).delete()
    for one in Message.objects.order_by("number"):
        Message.objects.filter(pk=one.pk).update(number=one.number - 1)
    Conversation.objects.update(length=2)


def takes_back() -> None:
    Message.objects.filter(number=3).delete()
    Conversation.objects.update(length=2)


def reorders() -> None:
    first, second = Message.objects.filter(number__in=[1, 2]).order_by("number")
    Message.objects.filter(pk=first.pk).update(number=99)
    Message.objects.filter(pk=second.pk).update(number=1)
    Message.objects.filter(pk=first.pk).update(number=2)


def replays() -> None:
    one = Message.objects.get(number=1)
    one.pk, one.number = None, 4
    one.save()
    Conversation.objects.update(length=4)


def forges() -> None:
    """Garbage in the place of a message: what follows does not name it."""
    Message.objects.filter(number=2).update(sealed=b"age-encryption.org/v1\nforged")


def empties() -> None:
    one = Message.objects.get(number=1)
    one.erased_at = one.sent_at
    one.save()


def says_somebody_else_wrote() -> None:
    mentor = Keyring.objects.get(account__name="helper")
    Message.objects.filter(number=2).update(sender_key=mentor.public_id)


def swaps_a_key() -> None:
    """The mentor's key is replaced by one the server made, as if it had always been theirs."""
    keyring = Keyring.objects.get(account__name="helper")
    false = Signer()
    false.public_id = keyring.public_id
    key = false.key()
    KeyEntry.objects.filter(keyring=keyring).update(
        document=key.document, signature=key.signature, digest=digest_of(key.document)
    )


def adds_somebody() -> None:
    talk, eve = Conversation.objects.get(), Keyring.objects.get(account__name="relay")
    talk.members.create(account=eve.account, state="in")
    talk.keyrings.add(eve)


LIES = {
    drops: "missing",
    drops_and_renumbers: "replayed",
    takes_back: "rolled_back",
    reorders: "replayed",
    replays: "replayed",
    forges: "moved",
    empties: "missing",
    says_somebody_else_wrote: "forged",
    swaps_a_key: "swapped",
}


@pytest.fixture
def both(device, people, transactional_db) -> tuple[Device, Device]:
    """Two who wrote three messages, and saw them."""
    return both_talking(device, people)


def both_talking(device, people: dict[str, Account]) -> tuple[Device, Device]:
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    seeker.makes_keys()
    mentor.makes_keys()
    talk = talking(people["seeker"], people["helper"]).public_id
    for one in (seeker, mentor):
        one.goes("conversations:conversation", talk)
    mentor.writes("un")
    seeker.looks()
    seeker.writes("deux")
    mentor.looks()
    mentor.writes("trois")
    seeker.looks()
    assert seeker.texts == ["un", "deux", "trois"]
    return seeker, mentor


def alarm_of(one: Device) -> str:
    """What the page says is wrong, after it was opened anew."""
    one.goes("conversations:conversation", Conversation.objects.get().public_id)
    return one.page.inner_text("#fault") if one.page.is_visible("#alarm") else ""


def test_every_lie_about_what_was_seen_is_named_and_nothing_more_is_sent(both, people, transactional_db):
    seeker, _mentor = both
    honest = {model: list(model.objects.values()) for model in (Message, KeyEntry, Conversation)}
    words = seeker.page.evaluate("() => JSON.parse(document.getElementById('words').textContent)")
    told = {}
    for lie in LIES:
        lie()
        told[lie.__name__] = alarm_of(seeker)
        assert seeker.page.is_disabled("#text"), lie
        put_back(honest)

    expected = {lie.__name__: words[f"fault_{code}"] for lie, code in LIES.items()}
    assert {name: like(expected[name], said) for name, said in told.items()} == dict.fromkeys(told, True)
    assert alarm_of(seeker) == ""


def like(words: str, said: str) -> bool:
    """Whether this is what was said, with a number or a name filled in."""
    return bool(re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(words)), said))


def put_back(rows: dict[type, list[dict[str, object]]]) -> None:
    Message.objects.all().delete()
    for model in (Conversation, KeyEntry, Message):
        for row in rows[model]:
            row = {**row, "sealed": bytes(row["sealed"])} if "sealed" in row else row
            if not model.objects.filter(pk=row["id"]).update(**row):
                model.objects.create(**row)


def test_somebody_the_server_adds_is_named_before_anything_is_sent(device, people, transactional_db):
    seeker, mentor = both_talking(device, people)
    eve = device(people["relay"])
    eve.makes_keys()
    adds_somebody()
    seeker.page.fill("#text", "secret")
    seeker.page.click("#write button:not([type])")

    expect(seeker.page.locator("#alarm")).to_be_visible()
    assert Message.objects.count() == 3
    eve.goes("conversations:conversation", Conversation.objects.get().public_id)
    assert eve.texts == []
    assert mentor.texts == ["un", "deux", "trois"]


def test_new_keys_are_announced_until_their_reader_goes_on(both, device, people, transactional_db):
    seeker, mentor = both
    mentor.page.goto(mentor.site + reverse("conversations:keys"))
    mentor.page.click("summary:has-text('Plus rien')")
    mentor.page.click("#start_over")
    mentor.page.wait_for_selector("#finish")
    mentor.keeps_words()
    mentor.keeps_code()
    mentor.page.click("#finish")
    mentor.page.wait_for_selector("#held li")
    seeker.looks()
    seeker.page.wait_for_selector("#changed .note")
    seeker.page.fill("#text", "Toujours là ?")
    seeker.page.click("#write button:not([type])")
    seeker.page.wait_for_selector("#said.warn")
    assert Message.objects.count() == 3

    seeker.page.click("#changed button")
    seeker.page.click("#write button:not([type])")
    seeker.page.wait_for_selector("#messages >> text=Toujours là ?")
    mentor.goes("conversations:conversation", Conversation.objects.get().public_id)
    assert mentor.texts == ["Toujours là ?"]
