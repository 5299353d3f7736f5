"""Animators change their collective's rules and hours, and who animates it; nobody else does."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from colibri.common.work import sweep
from colibri.people.models import Account, Collective, Role
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

RULES = "/c/hirondelles/rules/"


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def animating(client, world):
    client.force_login(world.people["animator"])
    return client


def typed(**changes: str) -> dict[str, str]:
    rules = {"rule_cdi": "accepts", "rule_internship": "refuses"}
    usual = {
        "name": "Les Hirondelles",
        "description": "",
        "plan_hour": "15",
        "digest_hour": "19",
        "cause_share": "20",
        "member_cap": "10",
        **rules,
    }
    return {
        **usual,
        "advice_internship": "ONISEP https://www.onisep.fr\nhttps://www.exemple.fr/stages",
        **changes,
    }


def test_the_rules_chosen_are_those_that_judge(animating, world):
    assert animating.post(RULES, typed()).status_code == 302

    collective = Collective.objects.get()
    assert (collective.plan_hour, collective.digest_hour) == (15, 19)
    verdict = collective.rules.judge(["internship"])
    assert [(one.name, one.url) for one in verdict.advice] == [
        ("ONISEP", "https://www.onisep.fr"),
        ("exemple.fr", "https://www.exemple.fr/stages"),
    ]
    assert collective.rules.judge(["cdd"]).outcome == "unsure"
    assert "https://www.onisep.fr" in animating.get(RULES).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "required"),
        ({"rule_cdi": ""}, "for one contract at least"),
        ({"plan_hour": "20"}, "after the plan"),
        ({"advice_internship": "ONISEP ftp://onisep.fr"}, "“ONISEP ftp://onisep.fr” should be"),
        ({"advice_internship": "a https://a.fr\n" * 6}, "At most 5"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_of_it_kept(animating, world, changes, said):
    before = Collective.objects.get().charter
    answer = animating.post(RULES, typed(**changes), headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (Collective.objects.get().charter, Collective.objects.get().plan_hour) == (before, 16)
    assert typed(**changes)["advice_internship"].splitlines()[0] in answer.content.decode()


def test_nobody_else_changes_them(client, world):
    for name in ("seeker", "relay", "stranger"):
        client.force_login(world.people[name])
        assert client.post(RULES, typed()).status_code == 403
        assert client.post("/c/hirondelles/animators/", {"email": "x@example.org"}).status_code == 403
    assert Collective.objects.get().plan_hour == 16


def test_an_animator_names_another_who_can_sign_in_and_then_leaves(animating, world):
    wrong = animating.post("/c/hirondelles/animators/", {"email": "nobody"})
    assert (wrong.status_code, Role.objects.filter(kind="animator").count()) == (422, 1)

    own = Role.objects.get(account=world.people["animator"])
    leave = reverse("people:end_animating", args=["hirondelles", own.pk])
    assert animating.post(leave).url == RULES
    assert Role.objects.get(pk=own.pk).until is None, "the last one stays"

    animating.post("/c/hirondelles/animators/", {"email": "Lou@Example.org"})
    assert Account.objects.get(email="lou@example.org").emailaddress_set.get().verified
    assert animating.post(leave).url == "/me/"
    assert Role.objects.get(pk=own.pk).until is not None
    assert animating.get(RULES).status_code == 403


def test_of_two_windows_the_second_does_not_silently_undo_the_first(animating, world):
    seen = animating.get(RULES).context["form"].stands
    assert animating.post(RULES, typed(seen=seen, name="Les Martinets")).status_code == 302

    late = animating.post(RULES, typed(seen=seen, plan_hour="14"), headers={"accept-language": "en"})
    assert late.status_code == 422
    assert "Somebody changed the rules meanwhile" in late.content.decode()
    assert Collective.objects.get().name == "Les Martinets"
    again = late.context["form"].stands
    assert animating.post(RULES, typed(seen=again, plan_hour="14")).status_code == 302


def test_whoever_is_named_or_ended_hears_of_it_and_shows_as_somebody(animating, world):
    animating.post("/c/hirondelles/animators/", {"email": "lou@example.org"})
    made = Role.objects.get(account__email="lou@example.org")
    sweep(now=timezone.now(), only={"people.Notice"})
    assert ["lou@example.org"] in [one.to for one in mail.outbox]
    assert "l…@example.org" in animating.get(RULES).content.decode()
    assert "lou@example.org" not in animating.get(RULES).content.decode()

    animating.post(reverse("people:end_animating", args=["hirondelles", made.pk]))
    sweep(now=timezone.now(), only={"people.Notice"})
    assert "Vous n’animez plus" in " ".join(one.subject for one in mail.outbox)


def test_a_hashtag_belongs_to_one_collective_and_to_one_side(world):
    for tags in ({"seekers_hashtag": "HIRONDELLESR"}, {"seekers_hashtag": "x", "supporters_hashtag": "X"}):
        made = Collective(slug="o", name="O", **{"supporters_hashtag": "o", **tags})
        with pytest.raises(ValidationError):
            made.full_clean()
