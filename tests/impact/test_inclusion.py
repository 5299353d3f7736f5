"""What people say of themselves is sealed and counted, told of ten and more, and no plan knows of it."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colibri.appeals.models import Appeal, Publication
from colibri.audiences.models import Audience
from colibri.common.signing import token
from colibri.common.work import sweep
from colibri.compute.reading import Finding, Place, Reading
from colibri.impact.actions import plan_editions, say_situation
from colibri.impact.models import SITUATIONS, Edition, Situation
from colibri.impact.queries.groups import seen_less
from colibri.impact.queries.inclusion import inclusion_at
from colibri.impact.queries.places import commune_of, official_communes
from colibri.people.models import Account, Identity, Role
from colibri.reference.official import SOURCES, Store
from colibri.relays.models import Boost, Offer, Plan
from tests.impact.crowd import collective_named, searches_of
from tests.rooms import everything_stored
from tests.sample_world import account

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 4, 10, tzinfo=UTC)
END = datetime(2026, 10, 31, 23, tzinfo=UTC)
PLACES = [("Plouguerneau", "53"), ("Brest", "53"), ("Saint-Denis", "11")]
"""A rural commune, a town, and a town with a priority district."""


@pytest.fixture
def official(settings, tmp_path):
    """Official rows of three communes, as `colibri data update` keeps them."""
    settings.DATA_DIR = tmp_path
    grades = {"29195": "6", "29019": "2", "93066": "1"}
    density = [{"code": code, "density": grade} for code, grade in grades.items()]
    districts = [{"code": "QN09301M", "label": "Grand centre", "commune": "93066, 93001"}]
    store = Store(tmp_path / "reference")
    for name, rows in (("density", density), ("districts", districts)):
        store.keep(SOURCES[name], {name: rows}, version="1", read_at="2026-11-01T00:00:00+00:00")


def searches(collective, numbers=(30, 60, 40), *, boosts=(1, 4, 4)):
    """So many searches of each place, begun in September, each carried by so many relays of 500 followers."""
    made = searches_of(collective, date(2026, 9, 1), [("", "H2913", "", 0)] * sum(numbers))
    places = [place for place, number in zip(PLACES, numbers, strict=True) for _one in range(number)]
    wanted = [much for much, number in zip(boosts, numbers, strict=True) for _one in range(number)]
    for follow_up, (place, region) in zip(made, places, strict=True):
        Appeal.objects.filter(pk=follow_up.appeal_id).update(place=place, region=region)
    carry(collective, made, wanted)
    return made


def carry(collective, made, wanted):
    """Boosts given in the searches' first week; each relay has followers of their own."""
    plan = Plan.objects.create(collective=collective, day=date(2026, 9, 8))
    offers = []
    for number in range(max(wanted)):
        identity = Identity.objects.create(network="memory", actor_id=f"r{number}", handle=f"r{number}")
        offers.append(Offer.objects.create(identity=identity, collective=collective))
        Audience.objects.create(identity=identity, size=400 + 100 * number)
    posts = Publication.objects.bulk_create(
        Publication(appeal=one.appeal, identity=offers[0].identity, network="memory", uri=f"p{one.pk}")
        for one in made
    )
    Boost.objects.bulk_create(
        Boost(
            plan=plan,
            offer=offer,
            appeal=one.appeal,
            publication=post,
            state="given",
            given_at=one.began_at + timedelta(days=2),
        )
        for one, post, much in zip(made, posts, wanted, strict=True)
        for offer in offers[:much]
    )


def says(follow_ups, *said, at=END - timedelta(days=20)):
    for one in follow_ups:
        say_situation(one.appeal, said, now=at)


def edition_of(collective):
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        plan_editions(now=NOW)
        sweep(now=NOW, only={"impact.Edition"})
    return Edition.objects.get(collective=collective)


def animator_of(collective):
    made = account("anime")
    Role.objects.create(account=made, collective=collective, kind="animator")
    browser = Client()
    browser.force_login(made)
    return browser


def test_what_is_said_is_sealed_and_as_long_whatever_it_is(official):
    collective = collective_named()
    one, two = searches(collective, (2, 0, 0), boosts=(1, 0, 0))
    say_situation(one.appeal, [name for name, _own, _group in SITUATIONS], now=NOW)
    say_situation(two.appeal, ["disabled"], now=NOW)

    assert Situation.objects.get(appeal=two.appeal).said == ["disabled"]
    stored = everything_stored()
    assert b"disabled" not in stored
    assert Situation.signs_of(["disabled"]).encode() not in stored
    with connection.cursor() as cursor:
        cursor.execute("SELECT signs FROM impact_situation")
        assert len({len(bytes(row[0])) for row in cursor.fetchall()}) == 1


def test_a_person_says_it_by_the_link_of_their_search_changes_it_and_takes_it_back(official):
    (follow_up,) = searches(collective_named(), (1, 0, 0), boosts=(1, 0, 0))
    address = f"/outcome/{token('follow_up', follow_up.pk)}/situation/"
    browser = Client()
    assert "Je vis avec un handicap" in browser.get(address).content.decode()
    assert not Situation.objects.exists()

    kept = browser.post(address, {"do": "keep", "said": ["disabled", "alone"]}, follow=True)
    assert kept.content.decode().count("checked") == 2
    assert browser.post(address, {"do": "keep", "said": ["rich"]}).status_code == 422
    assert Situation.objects.get().said == ["disabled", "alone"]
    browser.post(address, {"do": "keep"})
    assert Situation.objects.get().said == []
    browser.post(address, {"do": "forget"})
    assert not Situation.objects.exists()
    assert browser.post("/outcome/forged/situation/", {"do": "keep"}).status_code >= 400


def test_a_group_seen_less_is_told_to_animators_and_nobody_else(official):
    collective = collective_named()
    searches(collective)
    edition = edition_of(collective)
    rural = next(one for one in edition.inclusion["groups"] if one["group"] == "rural")
    assert (rural["people"], rural["others"], rural["less"]) == (30, 100, True)
    assert rural["seen"][0] < 600
    assert rural["seen"][1] in (1800, 2300)  # 2,200, by steps
    assert seen_less(collective) == ["dans une commune rurale"]

    browser = animator_of(collective)
    page = browser.get("/c/hirondelles/inclusion/").content.decode()
    assert "Vus moins que les autres" in page.replace("\xa0", " ")
    assert "Dans une commune avec un quartier prioritaire" in page
    assert "dans une commune rurale" in browser.get("/c/hirondelles/day/").content.decode()
    assert Client().get("/c/hirondelles/inclusion/").status_code == 302
    stranger = Client()
    stranger.force_login(Account.objects.create_user("autre@example.org"))
    assert stranger.get("/c/hirondelles/inclusion/").status_code == 404
    public = Client().get("/c/hirondelles/figures/").content.decode()
    assert "rurale" not in public


def test_without_official_data_places_are_unknown_and_the_page_says_what_to_add(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    collective = collective_named()
    searches(collective)
    inclusion = edition_of(collective).inclusion

    assert (inclusion["groups"], inclusion["density"], inclusion["districts"]) == ([], False, False)
    page = animator_of(collective).get("/c/hirondelles/inclusion/").content.decode()
    assert "colibri data update density" in page


@pytest.mark.parametrize(("said", "silent"), [(29, 90), (91, 29), (0, 90)])
def test_what_fewer_than_thirty_say_or_do_not_say_is_not_told(official, said, silent):
    collective = collective_named()
    made = searches(collective, (0, 130, 0), boosts=(0, 2, 0))
    says(made[:said], "disabled")
    says(made[said : said + silent])

    assert [one["group"] for one in inclusion_at(collective, END)["groups"]] == []


def test_what_tells_two_tables_apart_is_never_fewer_than_thirty_answers(official):
    """An attacker who reads the table after each answer sees it change when thirty more have come, and the
    same numbers until then: there is nothing to take the mean of.
    """
    collective = collective_named()
    made = searches(collective, (0, 140, 0), boosts=(0, 2, 0))
    says(made[:40], "disabled")
    says(made[40:90], at=END - timedelta(days=19))
    tables = []
    for number, one in enumerate(made[90:121]):
        tables.append(inclusion_at(collective, END))
        says([one], "disabled", at=END - timedelta(days=10, minutes=-number))

    assert [table == tables[0] for table in tables] == [*[True] * 30, False]
    assert [one["people"] for one in (*tables[0]["groups"], *tables[30]["groups"])] == [40, 70]


def test_an_answer_given_after_the_month_waits_for_the_next(official):
    collective = collective_named()
    made = searches(collective, (0, 60, 0), boosts=(0, 2, 0))
    says(made[:30], "senior")
    says(made[30:], at=END + timedelta(hours=2))

    assert inclusion_at(collective, END)["groups"] == []
    assert inclusion_at(collective, END + timedelta(days=5))["groups"] != []


def test_the_plan_is_the_same_whatever_people_say_and_never_asks(village):
    """Two searches, two relays; the plan's questions name no table of situations, and its choices stay."""
    for relay in ("relais", "colporteuse"):
        village.lends(relay)
    appeals = [village.relayed(name) for name in ("camille", "sasha")]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        plan = village.plans()
    assert plan.boosts.count() > 0
    assert not [one["sql"] for one in asked.captured_queries if "situation" in one["sql"]]

    def chosen():
        return list(Boost.objects.order_by("offer", "appeal").values_list("offer", "appeal", "gain"))

    before = chosen()
    Plan.objects.all().delete()
    say_situation(appeals[0], ["disabled", "arrived"], now=NOW)
    village.plans()
    assert chosen() == before


def test_where_somebody_lives_goes_before_where_they_look_and_a_doubtful_name_is_unknown(official):
    known = official_communes()

    assert commune_of("Plouguerneau", "53", {}, known) == "29195"
    assert known.rural["29195"]
    assert not known.rural["29019"]
    assert "93001" in known.priority
    assert commune_of("Bretagne", "53", {}, known) == ""
    (name, region), _codes = next(one for one in known.named.items() if len(one[1]) > 1)
    assert commune_of(name, region, {}, known) == ""
    lived = {"value": asdict(Place("29195", "commune", "Plouguerneau", "29", "53")), "confidence": 0.9}
    reading = asdict(Reading(Finding("search", 1.0, None, "rule"), Finding("fr", 1.0, None, "rule")))
    reading["places_current"] = [{**lived, "span": None, "why": "pattern"}]
    assert commune_of("Brest", "53", reading, known) == "29195"
