"""Asking, answering, leaving; keys in their log; sealed messages at their place; who may not."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from colibri.common.states import WrongMove
from colibri.common.work import sweep
from colibri.conversations import actions
from colibri.conversations.actions import Behind, Closed, MayNot, NoKeys, TooFewWays, TooManyAsked
from colibri.conversations.documents import BadDocument
from colibri.conversations.models import Conversation, File, Keyring, Message, Report
from colibri.conversations.queries import member_of, members_state, messages_after, people_to_ask, unread
from colibri.people.actions import block
from colibri.people.models import Account, Collective, Role
from tests.conversations.conftest import talking
from tests.conversations.samples import NOON, WAYS, Signer, keys_for
from tests.sample_world import account


def browser(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def part(conversation: Conversation, who: Account):
    found = member_of(who, conversation.public_id)
    assert found is not None
    return found


@pytest.fixture
def signers(people):
    return {name: keys_for(person) for name, person in people.items()}


@pytest.fixture
def talk(people, signers):
    return talking(people["seeker"], people["helper"])


def post(who: Account, name: str, given: list[object], said: dict[str, object]):
    return browser(who).post(reverse(f"conversations:{name}", args=given), said, "application/json")


def test_who_looks_for_work_may_ask_who_gives_a_hand_and_nobody_else(people, signers):
    collective = Collective.objects.get()
    asked = people_to_ask(people["seeker"], collective)
    other = account("autre")
    Role.objects.create(account=other, collective=collective, kind="seeker")
    keys_for(other)

    assert asked == [people["animator"], people["helper"]]
    for one, two in (("helper", "relay"), ("animator", "helper")):
        with pytest.raises(MayNot):
            actions.propose(collective, people[one], [people[two]], now=NOON)
    with pytest.raises(MayNot):
        actions.propose(collective, people["seeker"], [other], now=NOON)
    with pytest.raises(MayNot):
        actions.propose(collective, people["seeker"], [people["seeker"]], now=NOON)


def test_nobody_is_asked_by_whom_they_keep_apart_from(people, signers):
    collective = Collective.objects.get()
    block(people["helper"], collective, person=people["seeker"])

    assert people_to_ask(people["seeker"], collective) == [people["animator"]]
    with pytest.raises(MayNot):
        actions.propose(collective, people["seeker"], [people["helper"]], now=NOON)


def test_whom_one_may_ask_costs_as_much_for_twelve_helpers_as_for_two(people):
    collective, seeker = Collective.objects.get(), browser(people["seeker"])
    block(people["helper"], collective, person=people["relay"])
    page = reverse("conversations:ask", args=[collective.slug])
    with CaptureQueriesContext(connection) as for_two:
        seeker.get(page)
    for number in range(10):
        more = account(f"helper-{number}")
        Role.objects.create(account=more, collective=collective, kind="helper")

    with CaptureQueriesContext(connection) as for_twelve:
        shown = seeker.get(page)

    assert "helper-9" in shown.content.decode()
    assert len(for_twelve) <= len(for_two)


def test_without_keys_nobody_asks_or_says_yes(people):
    collective = Collective.objects.get()
    with pytest.raises(NoKeys):
        actions.propose(collective, people["seeker"], [people["helper"]], now=NOON)
    keys_for(people["seeker"])
    asked = actions.propose(collective, people["seeker"], [people["helper"]], now=NOON)
    answered = browser(people["helper"]).post(
        reverse("conversations:answer", args=[asked.public_id]), {"answer": "yes"}
    )

    assert answered.url == reverse("conversations:keys")
    assert part(asked, people["helper"]).state == "invited"


def test_it_opens_once_all_have_answered_and_the_same_two_never_have_two(people, signers):
    collective = Collective.objects.get()
    three = actions.propose(collective, people["seeker"], [people["helper"], people["animator"]], now=NOON)
    actions.answer(part(three, people["helper"]), yes=True, now=NOON)
    three.refresh_from_db()
    assert three.state == "proposed"
    actions.answer(part(three, people["animator"]), yes=False, now=NOON)
    three.refresh_from_db()
    assert three.state == "open"
    with pytest.raises(TooManyAsked):
        actions.propose(collective, people["seeker"], [], now=NOON)

    two = actions.propose(collective, people["seeker"], [people["helper"]], now=NOON)
    again = actions.propose(collective, people["helper"], [people["seeker"]], now=NOON)
    assert two == again


def test_a_no_ends_it_and_an_answer_is_given_once(people, signers):
    asked = actions.propose(Collective.objects.get(), people["seeker"], [people["helper"]], now=NOON)
    member = part(asked, people["helper"])
    actions.answer(member, yes=False, now=NOON)
    asked.refresh_from_db()

    assert asked.state == "closed"
    with pytest.raises(WrongMove):
        actions.answer(member, yes=True, now=NOON)
    assert browser(people["helper"]).get(asked.get_absolute_url()).status_code == 404


def test_a_message_keeps_its_place_and_two_at_once_do_not_share_one(people, talk):
    mine, theirs = part(talk, people["seeker"]), part(talk, people["helper"])
    actions.post_message(mine, 1, b"one", now=NOON)
    for number in (1, 3):
        with pytest.raises(Behind):
            actions.post_message(theirs, number, b"two", now=NOON)
    answer = post(
        people["helper"],
        "messages",
        [talk.public_id],
        {"number": 1, "sealed": base64.b64encode(b"two").decode()},
    )

    assert answer.status_code == 409
    assert answer.json() == {"fault": "behind"}
    actions.post_message(theirs, 2, b"two", now=NOON)
    assert [one["number"] for one in messages_after(talk, 0)] == [1, 2]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has one writer")
@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_one_place_at_once_one_does(people, talk):
    members = [part(talk, people[name]) for name in ("seeker", "helper")] * 4

    def write(member) -> bool:
        try:
            actions.post_message(member, 1, b"one", now=NOON)
        except Behind:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(write, members)) == [False] * 7 + [True]
    assert Message.objects.count() == 1


def test_strangers_neither_read_nor_write_nor_learn_that_it_exists(people, talk):
    member = part(talk, people["seeker"])
    actions.post_message(member, 1, b"one", now=NOON)
    file = actions.keep_file(member, b"file", now=NOON)
    for who in (people["relay"], people["animator"], account("patronne", operator=True)):
        client = browser(who)
        for name, more in (("conversation", []), ("messages", []), ("file", [file.public_id])):
            path = reverse(f"conversations:{name}", args=[talk.public_id, *more])
            assert client.get(path).status_code == 404, (who, name)
        for name, more in (("messages", []), ("erase", [1]), ("read", []), ("report", []), ("files", [])):
            said = {"number": 2, "sealed": base64.b64encode(b"two").decode()}
            assert post(who, name, [talk.public_id, *more], said).status_code == 404, (who, name)
        for name in ("answer", "decide"):
            path = reverse(f"conversations:{name}", args=[talk.public_id])
            assert client.post(path, {"do": "leave", "answer": "yes"}).status_code == 404
    signed_out = Client().get(reverse("conversations:messages", args=[talk.public_id]))
    assert signed_out.status_code == 401
    assert Message.objects.count() == 1


def test_one_erases_ones_own_message_and_its_files_and_nobody_elses(people, talk):
    mine, theirs = part(talk, people["seeker"]), part(talk, people["helper"])
    actions.post_message(mine, 1, b"one", now=NOON)
    file = actions.keep_file(mine, b"file", now=NOON)
    assert not actions.erase_message(theirs, 1, [file.public_id], now=NOON)
    assert File.objects.count() == 1

    erased = post(people["seeker"], "erase", [talk.public_id, 1], {"files": [file.public_id]})

    assert erased.status_code == 200
    (left,) = messages_after(talk, 0)
    assert left["sealed"] == ""
    assert left["digest"]
    assert bytes(Message.objects.get().sealed) == b""
    assert File.objects.count() == 0


def test_whoever_leaves_sees_it_no_more_and_with_the_last_it_is_erased(people, talk):
    mine, theirs = part(talk, people["seeker"]), part(talk, people["helper"])
    actions.post_message(mine, 1, b"one", now=NOON)
    actions.leave(mine, now=NOON)

    assert member_of(people["seeker"], talk.public_id) is None
    with pytest.raises(Closed):
        actions.post_message(theirs, 2, b"two", now=NOON)
    assert browser(people["helper"]).get(talk.get_absolute_url()).status_code == 200
    actions.leave(theirs, now=NOON)
    assert not Conversation.objects.exists()
    assert not Message.objects.exists()


def test_keeping_apart_ends_the_conversation_for_both(people, talk):
    mine, theirs = part(talk, people["seeker"]), part(talk, people["helper"])
    client = browser(people["helper"])
    client.post(
        reverse("conversations:decide", args=[talk.public_id]), {"do": "apart", "member": str(mine.pk)}
    )

    with pytest.raises(Closed):
        actions.post_message(mine, 1, b"one", now=NOON)
    with pytest.raises(MayNot):
        actions.propose(talk.collective, people["seeker"], [theirs.account], now=NOON)


def test_whoever_is_erased_leaves_and_only_what_checks_their_signatures_stays(people, talk, signers):
    asked = actions.propose(talk.collective, people["animator"], [people["seeker"]], now=NOON)
    actions.post_message(part(talk, people["seeker"]), 1, b"one", now=NOON)
    people["seeker"].delete()
    talk.refresh_from_db()
    asked.refresh_from_db()
    (gone,) = Keyring.objects.filter(account=None)

    assert (talk.state, asked.state) == ("closed", "closed")
    assert (gone.vault, gone.wraps.count(), gone.entries.count()) == ("", 0, 1)
    shown = {one["id"]: one["here"] for one in members_state(talk)}
    assert shown == {signers["seeker"].public_id: False, signers["helper"].public_id: True}
    people["helper"].delete()
    assert not Conversation.objects.filter(pk=talk.pk).exists()


def test_a_block_made_elsewhere_stops_the_words_here(people, talk):
    block(people["helper"], talk.collective, person=people["seeker"])

    with pytest.raises(Closed):
        actions.post_message(part(talk, people["seeker"]), 1, b"one", now=NOON)


def test_one_mail_says_that_something_waits_and_nothing_of_it(people, talk, time_machine):
    time_machine.move_to(NOON)
    sweep(now=timezone.now(), only={"people.Notice"})
    mail.outbox.clear()
    mine = part(talk, people["seeker"])
    for number, words in ((1, b"canary one"), (2, b"canary two")):
        actions.post_message(mine, number, words, now=timezone.now())
    assert unread(people["helper"]) == 1
    time_machine.shift(601)
    sweep(now=timezone.now(), only={"people.Notice"})

    (sent,) = mail.outbox
    assert sent.to == ["helper@example.org"]
    assert talk.get_absolute_url() in sent.body
    assert "canary" not in str(sent.message())


@pytest.mark.parametrize("reason", ["read", "muted"])
def test_no_mail_for_what_was_read_meanwhile_or_is_muted(reason, people, talk, time_machine):
    time_machine.move_to(NOON)
    sweep(now=timezone.now(), only={"people.Notice"})
    mail.outbox.clear()
    theirs = part(talk, people["helper"])
    if reason == "muted":
        actions.mute(theirs, on=True)
    actions.post_message(part(talk, people["seeker"]), 1, b"one", now=timezone.now())
    if reason == "read":
        assert post(people["helper"], "read", [talk.public_id], {"number": 1}).status_code == 200
    time_machine.shift(601)
    sweep(now=timezone.now(), only={"people.Notice"})

    assert mail.outbox == []


def test_animators_see_the_messages_somebody_showed_and_whether_they_are_proved(people, talk, signers):
    says = signers["helper"].says(talk.public_id, "Envoyez 200 euros")
    forged = {**says, "body": says["body"].replace("200", "900")}
    for shown in ([says], [forged]):
        said = {"about": signers["helper"].public_id, "shown": shown, "word": "Une arnaque ?"}
        assert post(people["seeker"], "report", [talk.public_id], said).status_code == 201
    page = browser(people["animator"]).get(reverse("conversations:reports", args=["hirondelles"]))

    assert [one.proved for one in Report.objects.order_by("pk")] == [True, False]
    assert "Envoyez 200 euros" in page.content.decode()
    assert browser(people["helper"]).get(page.wsgi_request.path).status_code == 403
    first = Report.objects.order_by("pk").first()
    closing = reverse("conversations:close", args=["hirondelles", first.pk])
    assert browser(people["helper"]).post(closing).status_code == 403
    browser(people["animator"]).post(closing)
    first.refresh_from_db()
    assert (first.shown, first.word) == ("[]", "")


def test_a_report_of_another_conversation_or_of_nonsense_is_refused(people, talk, signers):
    about = signers["helper"].public_id
    elsewhere = signers["helper"].says("elsewhere", "x")
    for shown in ([elsewhere], [], [{}], "x", [{"body": "[]", "signature": ""}]):
        said = {"about": about, "shown": shown}
        assert post(people["seeker"], "report", [talk.public_id], said).status_code == 422, shown
    mine = {"about": signers["seeker"].public_id, "shown": [signers["seeker"].says(talk.public_id, "x")]}
    assert post(people["seeker"], "report", [talk.public_id], mine).status_code == 422
    half = mine | {"about": about, "word": "\ud800"}  # half a character, which JSON can escape
    assert post(people["seeker"], "report", [talk.public_id], half).status_code == 422
    assert not Report.objects.exists()


def test_the_log_of_keys_only_grows_and_each_entry_must_follow(people):
    signer = keys_for(people["seeker"])
    keyring = Keyring.objects.get()
    actions.change_keys(keyring, signer.key(endorsed=True), "newer", [], now=NOON)
    actions.change_keys(keyring, signer.key(), "newest", WAYS, now=NOON)

    assert [bool(one.endorsement) for one in keyring.entries.all()] == [False, True, False]
    stale, other = Signer(), Signer()
    stale.public_id, other.public_id = keyring.public_id, keyring.public_id
    other.number, other.last = 3, "0" * 64
    for wrong in (stale.key(), other.key()):
        with pytest.raises(BadDocument):
            actions.change_keys(keyring, wrong, "x", WAYS, now=NOON)
    assert keyring.entries.count() == 3


def test_two_ways_to_open_ones_keys_always_stay(people):
    with pytest.raises(TooFewWays):
        actions.make_keys(people["helper"], Signer().key(), "vault", WAYS[:1], now=NOON)
    keys_for(people["seeker"])
    ways = list(Keyring.objects.get().wraps.all())
    paths = [reverse("conversations:remove_way", args=[way.pk]) for way in ways]

    assert browser(people["helper"]).post(paths[0]).status_code == 404
    assert [browser(people["seeker"]).post(path).status_code for path in paths] == [200, 422, 422]


def test_a_browser_that_sends_something_else_is_told_and_nothing_is_kept(people, talk):
    for said in ({}, {"number": 1}, {"number": "1", "sealed": "b25l"}, {"number": 1, "sealed": "no base64"}):
        answer = post(people["seeker"], "messages", [talk.public_id], said)
        assert answer.status_code in (413, 422), said
    client = browser(people["seeker"])
    for body in ("", "[]", "[" * 9_000, json.dumps({"number": True, "sealed": "b25l"})):
        path = reverse("conversations:messages", args=[talk.public_id])
        assert client.post(path, body, "application/json").status_code == 422
    keys = reverse("conversations:keys")
    for body in ({}, {"document": 3}, {"document": "[]", "vault": "v", "ways": [1]}):
        assert browser(people["relay"]).post(keys, body, "application/json").status_code == 422
    assert not Message.objects.exists()
