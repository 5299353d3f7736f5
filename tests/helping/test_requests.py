"""A request's way: asked, paired, accepted, answered, passed on, ended; who may not see it."""

import re

import pytest
from django.contrib import admin
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.models import Appeal
from colibri.common.signing import token
from colibri.common.states import WrongMove
from colibri.helping.actions import (
    FasterOne,
    accept_request,
    ask_for_help,
    close_request,
    forget_old_requests,
    hand_back,
    pair_collective,
    write_remark,
)
from colibri.helping.models import HelpRequest, Proposal, Remark
from colibri.helping.words import passages_of
from colibri.people.actions import block
from colibri.people.models import Account, Identity, Role
from tests.helping.conftest import CANARY
from tests.programme.racing import at_once
from tests.rooms import everything_stored
from tests.sample_world import account


def states() -> list[tuple[str, str]]:
    """Who was asked and how that stands, in order."""
    rows = Proposal.objects.order_by("pk").values_list("giving__account__name", "state")
    return [(name, state) for name, state in rows]


def test_a_seeker_asks_a_helper_says_yes_from_the_mail_and_they_write(hands):
    helper = hands.gives("rose").account
    asked = hands.asks()
    assert asked.state == "offered"
    [letter] = [one for one in mail.outbox if one.to == ["rose@example.org"]]
    link = re.search(r"http://\S+/help/tap/\S+", letter.body)[0]
    assert CANARY not in letter.body

    visitor = hands.browser(None)
    page = visitor.get(link).content.decode()
    assert "Est-ce clair ?" in page
    assert CANARY not in page
    assert Proposal.objects.get().state == "open"  # looking changes nothing
    visitor.post(link, {"do": "accept"})
    asked.refresh_from_db()
    assert asked.state == "accepted"
    hands.work()
    assert any("rose helps you" in one for one in hands.mails("camille"))

    theirs = hands.browser(helper)
    assert CANARY in theirs.get(asked.get_absolute_url()).content.decode()
    beside = theirs.get(f"{asked.get_absolute_url()}?passage=2").content.decode()
    assert 'name="passage" value="2"' in beside
    decide = reverse("helping:decide", args=[asked.public_id])
    theirs.post(decide, {"do": "write", "passage": 2, "text": "Mettez ceci en premier."})
    asked.refresh_from_db()
    assert asked.state == "answered"
    assert asked.due_at is None
    own = hands.browser(hands.seeker)
    assert "Mettez ceci en premier." in own.get(asked.get_absolute_url()).content.decode()
    hands.work()
    assert "Mettez ceci en premier." not in "".join(one.body for one in mail.outbox)

    own.post(decide, {"do": "close", "ending": "helped", "word": "Merci Rose", "after": 4})
    asked.refresh_from_db()
    assert (asked.state, asked.ending, asked.after) == ("closed", "helped", 4)
    assert states() == [("rose", "done")]
    hands.work()
    assert len(hands.mails("rose")) == 2


def test_nothing_written_is_readable_in_the_database(hands):
    hands.gives("rose")
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    write_remark(asked, Account.objects.get(name="rose"), f"{CANARY} !", now=timezone.now())

    assert Remark.objects.get().text == f"{CANARY} !"
    assert CANARY.encode() not in everything_stored()


def test_no_page_of_the_administration_shows_what_is_written(hands):
    for model in (HelpRequest, Proposal, Remark):
        shown = admin.site._registry.get(model)
        assert shown is None or not {"words", "text"} & {*shown.list_display, *shown.fields}


def test_only_the_two_see_a_request(hands):
    helper = hands.gives("rose").account
    asked = hands.asks()
    operator = account("operator", operator=True)
    animator, stranger = account("anime"), account("passant")
    Role.objects.create(account=animator, collective=hands.collective, kind="animator")
    decide = reverse("helping:decide", args=[asked.public_id])

    for who in (operator, animator, stranger):
        assert hands.browser(who).get(asked.get_absolute_url()).status_code == 404
        assert hands.browser(who).post(decide, {"do": "close", "ending": "otherwise"}).status_code == 404
    asks = hands.browser(helper)
    assert CANARY not in asks.get(asked.get_absolute_url()).content.decode()
    assert asks.post(decide, {"do": "close", "ending": "otherwise"}).status_code == 403
    assert asks.post(decide, {"do": "write", "text": "Bonjour"}).status_code == 403
    assert hands.browser(None).get(asked.get_absolute_url()).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "offered"


def test_who_does_not_answer_in_two_days_is_passed_over_and_the_seeker_told(hands):
    hands.gives("rose")
    asked = hands.asks()
    hands.gives("iris")
    hands.later(hours=47)
    assert states() == [("rose", "open")]
    hands.later(hours=2)
    asked.refresh_from_db()

    assert states() == [("rose", "silent"), ("iris", "open")]
    assert asked.passed_on == 1
    assert any("somebody else" in one for one in hands.mails("camille"))
    assert len(hands.mails("iris")) == 1


def test_a_yes_without_a_word_for_two_days_is_passed_on(hands):
    hands.gives("rose")
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    hands.gives("iris")
    hands.later(hours=49)

    assert states() == [("rose", "vanished"), ("iris", "open")]
    told = [one.body for one in mail.outbox if one.to == ["camille@example.org"]]
    assert any("not about you" in one for one in told)


def test_a_no_asks_somebody_else_at_once_and_nobody_twice(hands):
    hands.gives("rose")
    asked = hands.asks()
    hands.gives("iris")
    hands.browser(Account.objects.get(name="rose")).post(
        reverse("helping:decide", args=[asked.public_id]), {"do": "decline"}
    )
    hands.work()
    assert states() == [("rose", "declined"), ("iris", "open")]
    hands.browser(Account.objects.get(name="iris")).post(
        reverse("helping:decide", args=[asked.public_id]), {"do": "decline"}
    )
    hands.later(days=3)
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert len(states()) == 2
    assert asked.nobody
    page = hands.browser(hands.seeker).get(asked.get_absolute_url()).content.decode()
    assert "Pour être honnête" in page


def test_of_two_who_say_yes_one_helps_and_the_other_is_told(hands):
    """The first is late, and the second was asked: whoever taps first has it."""
    hands.gives("rose")
    asked = hands.asks()
    hands.gives("iris")
    hands.later(hours=49)
    first = Proposal.objects.select_related("giving", "request").get(giving__account__name="rose")
    second = hands.open_proposal(asked)
    accept_request(first, now=timezone.now())
    with pytest.raises(FasterOne):
        accept_request(second, now=timezone.now())

    assert states() == [("rose", "accepted"), ("iris", "taken")]
    asked.refresh_from_db()
    assert asked.giving == first.giving
    link = reverse("helping:tap", args=[token("help", second.pk)])
    said = hands.browser(None).post(link, {"do": "accept"}, follow=True).content.decode()
    assert "quelqu’un d’autre" in said.lower() or "somebody else" in said.lower()


def test_nobody_is_asked_for_more_than_they_offered(hands):
    hands.gives("rose", a_week=2)
    for number in range(4):
        hands.asks(who=account(f"cherche{number}"))
    assert Proposal.objects.filter(state="open").count() == 2
    hands.later(hours=1)
    assert Proposal.objects.filter(state="open").count() == 2


def test_all_who_wait_are_looked_at_together(hands, django_assert_max_num_queries):
    """One of them wakes the pairing of all: many who wait cost no more than one, and no text is opened."""
    waiting = [hands.asks(who=account(f"cherche{number}")) for number in range(6)]
    HelpRequest.objects.update(due_at=timezone.now())
    with django_assert_max_num_queries(25) as queries:
        pair_collective(hands.collective, now=timezone.now())
    assert not [one for one in queries if '"text"' in one["sql"] and one["sql"].startswith("SELECT")]
    later = HelpRequest.objects.filter(due_at__gt=timezone.now())
    assert later.count() == len(waiting)


def test_people_who_keep_apart_and_oneself_are_not_paired(hands):
    rose = hands.gives("rose").account
    block(rose, hands.collective, person=hands.seeker)
    hands.gives("camille2")
    give_self = hands.asks(who=Account.objects.get(name="camille2"))
    assert hands.open_proposal(give_self).giving.account == rose
    assert hands.asks("interview").state == "offered"
    assert hands.open_proposal(HelpRequest.objects.get(kind="interview")).giving.account.name == "camille2"


@pytest.mark.parametrize("blocker", ["camille", "rose"])
def test_who_keeps_apart_in_the_middle_is_helped_by_somebody_else(hands, blocker):
    rose = hands.gives("rose").account
    asked = hands.asks()
    first = hands.open_proposal(asked)
    accept_request(first, now=timezone.now())
    write_remark(asked, rose, "Un titre plus court.", now=timezone.now())
    hands.gives("iris")

    two = {"camille": hands.seeker, "rose": rose}
    other = two["rose" if blocker == "camille" else "camille"]
    block(two[blocker], hands.collective, person=other)
    hands.work()

    assert states() == [("rose", "left"), ("iris", "open")]
    assert hands.browser(rose).get(asked.get_absolute_url()).status_code == 404
    assert (
        "Un titre plus court." in hands.browser(hands.seeker).get(asked.get_absolute_url()).content.decode()
    )
    assert "somebody else" in hands.mails("camille")[-1].lower()


def test_who_was_asked_and_is_kept_apart_from_cannot_say_yes_any_more(hands):
    rose = hands.gives("rose").account
    identity = Identity.objects.create(account=rose, network="memory", actor_id="memory:rose", handle="rose")
    asked = hands.asks()
    proposal = hands.open_proposal(asked)
    link = reverse("helping:tap", args=[token("help", proposal.pk)])
    block(hands.seeker, hands.collective, identity=identity)

    hands.browser(None).post(link, {"do": "accept"}, follow=True)
    with pytest.raises(FasterOne):
        accept_request(proposal, now=timezone.now())

    asked.refresh_from_db()
    assert (asked.state, asked.giving) == ("waiting", None)
    assert states() == [("rose", "declined")]
    block(hands.seeker, hands.collective, identity=identity)
    assert HelpRequest.objects.get().passed_on == 1


@pytest.mark.django_db(transaction=True)
def test_two_helpers_who_tap_at_the_same_moment_are_one_helper(hands, tmp_path):
    """In two processes of their own: one has it, the other is told."""
    hands.gives("rose")
    asked = hands.asks()
    hands.gives("iris")
    hands.later(hours=49)
    program = """
from colibri.helping.actions import FasterOne, accept_request
from colibri.helping.models import Proposal
one = Proposal.objects.select_related("giving", "request").get(pk={proposal})
try:
    accept_request(one, now=timezone.now())
    print("helps")
except FasterOne:
    print("late")
"""
    proposals = Proposal.objects.filter(request=asked)
    said = at_once(tmp_path, *(program.format(proposal=one.pk) for one in proposals))

    assert sorted(said) == ["helps", "late"]


def test_asking_the_same_thing_twice_is_one_request(hands):
    first = hands.asks()
    again = ask_for_help(hands.collective, hands.seeker, "cv", now=timezone.now(), languages=["fr"])
    assert again == first
    close_request(first, "otherwise", now=timezone.now())
    assert hands.asks() != first


def test_the_new_helper_does_not_read_what_was_written_with_the_one_before(hands):
    rose = hands.gives("rose").account
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    write_remark(asked, rose, "Entre nous deux", now=timezone.now())
    iris = hands.gives("iris").account
    hand_back(HelpRequest.objects.get(), now=timezone.now())
    hands.later(minutes=1)
    accept_request(hands.open_proposal(asked), now=timezone.now())

    assert "Entre nous deux" not in hands.browser(iris).get(asked.get_absolute_url()).content.decode()
    assert "Entre nous deux" in hands.browser(hands.seeker).get(asked.get_absolute_url()).content.decode()
    assert hands.browser(rose).get(asked.get_absolute_url()).status_code == 404
    close_request(HelpRequest.objects.get(), "helped", now=timezone.now())
    with pytest.raises(WrongMove):
        write_remark(asked, iris, "Encore", now=timezone.now())


def test_what_was_written_is_forgotten_a_month_after_the_end(hands):
    hands.gives("rose")
    asked = hands.asks()
    accept_request(hands.open_proposal(asked), now=timezone.now())
    write_remark(asked, Account.objects.get(name="rose"), "Bien.", now=timezone.now())
    close_request(HelpRequest.objects.get(), "helped", now=timezone.now())
    hands.later(days=29)
    assert forget_old_requests(now=timezone.now()) == 0
    hands.later(days=2)
    assert forget_old_requests(now=timezone.now()) == 1
    found = HelpRequest.objects.get()
    assert (found.words, found.text, found.remarks.count(), found.ending) == ("", "", 0, "helped")
    assert forget_old_requests(now=timezone.now()) == 0


def test_who_waited_longest_is_helped_first(hands):
    early = hands.asks(who=account("ancienne"))
    hands.later(days=20)
    hands.asks(who=account("nouveau"), region="53", occupation="M1805")
    hands.gives("rose", region="53", families=["M"])
    assert pair_collective(hands.collective, now=timezone.now()) == 1
    early.refresh_from_db()
    assert early.state == "offered"


def test_a_wrong_form_keeps_what_was_typed(hands):
    own = hands.browser(hands.seeker)
    page = own.post(
        reverse("helping:ask", args=["hirondelles"]),
        {"kind": "trade", "words": "Comment devient-on luthière ?", "languages": ["fr"]},
    )
    assert page.status_code == 422
    assert "Comment devient-on luthière ?" in page.content.decode()
    assert not HelpRequest.objects.exists()


def test_the_form_asks_and_shows_where_it_stands(hands):
    own = hands.browser(hands.seeker)
    page = own.post(
        reverse("helping:ask", args=["hirondelles"]),
        {"kind": "talk", "languages": ["fr"], "before": "2"},
        follow=True,
    )
    assert page.status_code == 200
    found = HelpRequest.objects.get()
    assert (found.kind, found.before) == ("talk", 2)
    assert found.get_absolute_url() in own.get(reverse("helping:mine")).content.decode()


def test_passages_are_paragraphs_or_lines():
    assert passages_of("Un\n\nDeux\nencore\n\n") == ["Un", "Deux\nencore"]
    assert passages_of("Un\nDeux") == ["Un", "Deux"]
    assert passages_of("") == []


def test_a_passage_of_six_thousand_digits_is_none(hands):
    hands.gives("pic")
    asked = hands.asks()
    browser = hands.browser(hands.seeker)

    answer = browser.post(
        reverse("helping:decide", args=[asked.public_id]),
        {"do": "write", "text": "", "passage": "000001" + "0" * 6_000},
    )

    assert answer.status_code < 500


def test_who_helps_reads_the_message_as_everybody_does(hands):
    hands.gives("pic")
    asked = hands.asks("cv")
    appeal = Appeal.objects.create(collective=hands.collective, account=hands.seeker, state="active")
    proposal = hands.open_proposal(asked)
    page = reverse("helping:request", args=[asked.public_id])
    helper = hands.browser(proposal.giving.account)
    assert appeal.get_absolute_url() not in helper.get(page).content.decode()

    accept_request(proposal, now=timezone.now())

    assert appeal.get_absolute_url() in helper.get(page).content.decode()
