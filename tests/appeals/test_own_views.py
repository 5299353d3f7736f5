"""An appeal's pages for its author: written, read, corrected, steered."""

import pytest
from django.urls import reverse
from django.utils import timezone

from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import OneAlready
from colibri.appeals.actions.posts import TEXT_MOST
from colibri.appeals.models import Appeal, Message
from colibri.people.models import Account, Collective, Consent, Credential, Identity
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db

SEARCH = "Soudeuse depuis dix ans, je cherche un CDI à Brest."


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def appeal(world: World) -> Appeal:
    return Appeal.objects.get(public_id=world.values["public_id"])


def page(appeal: Appeal, name: str) -> str:
    return reverse(f"appeals:{name}", args=[appeal.public_id])


def publishing_collective(world: World) -> Identity:
    """The collective's own connected account on a network where the sample appeal does not stand."""
    identity = Identity.objects.create(
        collective=Collective.objects.get(slug=world.values["slug"]),
        network="memory",
        actor_id="memory:collective",
        handle="hirondelles",
        server="http://127.0.0.1:1",
    )
    Credential.objects.create(identity=identity, secret="{}")
    return identity


def write(client, text: str):
    return client.post(reverse("appeals:new", args=["hirondelles"]), {"text": text})


# Writing on the site


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("   \n ", "is empty"),
        ("🙏🙏🙏 🎉", "emoji and signs alone"),
        ("<b>Soudeuse</b> cherche un CDI à Brest", "HTML"),
        ("Je cherche un CDI. " * 5_300, "characters"),
    ],
    ids=["empty", "blank", "emoji", "html", "100,000 characters"],
)
def test_what_cannot_be_a_message_is_told_beside_the_field_and_kept(client, world, text, said):
    client.force_login(world.people["stranger"])
    before = Appeal.objects.count()

    client.cookies["django_language"] = "en"
    answer = write(client, text)

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert 'aria-invalid="true"' in shown
    assert answer.context["form"]["text"].value() == text
    assert Appeal.objects.count() == before


def test_a_message_from_right_to_left_is_taken_as_it_is(client, world):
    client.force_login(world.people["relay"])

    answer = write(client, "أبحث عن عمل لحّام في مدينة بريست بعقد دائم")

    assert answer.status_code == 302
    assert 'dir="auto"' in client.get(answer.url).content.decode()


def test_sending_the_same_message_twice_makes_one_appeal(client, world):
    client.force_login(world.people["relay"])

    assert write(client, SEARCH).url == write(client, SEARCH).url
    assert Appeal.objects.filter(account=world.people["relay"]).count() == 1


def test_writing_needs_somebody_signed_in(client, world):
    answer = write(client, SEARCH)

    assert answer.status_code == 302
    assert "next=" in answer.url
    assert Appeal.objects.filter(messages__text=SEARCH).count() == 0


def test_a_message_too_long_by_one_is_refused_and_one_shorter_is_kept_whole(client, world):
    client.force_login(world.people["relay"])
    long = ("Je cherche un CDI à Brest. " * 200)[:TEXT_MOST].rstrip(" ").ljust(TEXT_MOST, "x")

    assert write(client, long + "x").status_code == 422
    write(client, long)

    assert Message.objects.filter(text=long).exists()


# The author's own page


def drafted(client, account: Account, text: str = SEARCH) -> Appeal:
    client.force_login(account)
    write(client, text)
    return Appeal.objects.get(account=account, messages__text=text)


def corrections(**changes: object) -> dict[str, object]:
    said = {"meant": "search", "occupation": "Soudure", "place": "Brest", "contracts": ["cdi"]}
    return {**said, "be_relayed": "on", **changes}


def test_the_author_sees_what_was_understood_and_why(client, world):
    draft = drafted(client, world.people["relay"])

    text = client.get(page(draft, "claim"), headers={"accept-language": "en"}).content.decode()

    assert "Brest" in text
    assert "permanent contract (CDI)" in text
    assert "the trade is named" in text or "the trade you say you are looking for" in text


def test_personal_data_is_pointed_at(client, world):
    draft = drafted(client, world.people["relay"], SEARCH + " Appelez le 06 12 34 56 78.")

    text = client.get(page(draft, "claim"), headers={"accept-language": "en"}).content.decode()

    assert "a telephone number" in text
    assert "06 12 34 56 78" in text


def test_correcting_and_saying_yes_hands_the_appeal_to_the_animators(client, world):
    publishing_collective(world)
    draft = drafted(client, world.people["relay"])

    answer = client.post(page(draft, "claim"), corrections(place="lyon", publish="on"))

    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.place, draft.region, draft.contracts) == ("submitted", "Lyon", "84", ["cdi"])
    given = Consent.objects.filter(account=world.people["relay"], withdrawn_at=None)
    assert {"be_relayed", "publish_for_me"} <= set(given.values_list("purpose", flat=True))


def test_nothing_moves_without_the_yes(client, world):
    draft = drafted(client, world.people["relay"])

    answer = client.post(page(draft, "claim"), corrections(be_relayed=""))

    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Consent.objects.filter(account=world.people["relay"], purpose="be_relayed").exists()


def test_without_a_post_of_ones_own_the_collective_must_be_allowed_to_publish(client, world):
    publishing_collective(world)
    draft = drafted(client, world.people["relay"])

    answer = client.post(page(draft, "claim"), corrections())

    assert answer.status_code == 422
    assert "publish" in answer.context["form"].errors


@pytest.mark.parametrize(("field", "typed"), [("place", "Xyzzyville"), ("occupation", "qwertz")])
def test_an_unknown_place_or_trade_is_told_and_kept(client, world, field, typed):
    draft = drafted(client, world.people["relay"])

    answer = client.post(page(draft, "claim"), corrections(**{field: typed}))

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()


def test_the_charter_refuses_kindly_with_addresses_and_a_correction_asks_again(client, world):
    draft = drafted(client, world.people["relay"], "Je cherche un stage de comptabilité à Brest.")

    client.post(page(draft, "claim"), corrections(contracts=["internship"]))
    draft.refresh_from_db()
    assert (draft.state, draft.refusal) == ("refused", "internship")
    assert "https://www.onisep.fr" in client.get(page(draft, "claim")).content.decode()

    client.post(page(draft, "claim"), corrections(contracts=["apprenticeship"]))
    draft.refresh_from_db()
    assert (draft.state, draft.refusal) == ("refused", "apprenticeship")

    client.post(page(draft, "claim"), corrections(contracts=["cdd"]))
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_what_an_animator_refused_cannot_be_confirmed_around_them(client, world):
    Collective.objects.update(auto_accept=True)
    draft = drafted(client, world.people["relay"])
    Appeal.objects.filter(pk=draft.pk).update(state="refused", refusal="rules")

    assert b'name="be_relayed"' not in client.get(page(draft, "claim")).content
    assert client.post(page(draft, "claim"), corrections()).status_code == 409
    draft.refresh_from_db()
    assert draft.state == "refused"


def test_a_correction_that_changes_the_sense_goes_to_the_animators_again(client, appeal):
    client.force_login(appeal.account)

    client.post(page(appeal, "claim"), corrections(contracts=[], link="example.org/cv"))

    appeal.refresh_from_db()
    assert (appeal.state, appeal.link) == ("submitted", "https://example.org/cv")


def test_the_words_written_here_can_be_changed_until_they_are_published(client, world):
    draft = drafted(client, world.people["relay"])

    client.post(page(draft, "rewrite"), {"text": "Comptable, je cherche un CDD à Lyon."})

    draft.refresh_from_db()
    assert (draft.message.version, draft.place, draft.contracts) == (2, "Lyon", ["cdd"])
    Appeal.objects.filter(pk=draft.pk).update(state="active", expires_at=timezone.now())
    late = client.post(page(draft, "rewrite"), {"text": "Plombier, je cherche un CDI à Nantes."})
    assert late.status_code == 409
    assert draft.messages.count() == 1, "words nobody agreed to are not kept"
    assert "Plombier, je cherche un CDI à Nantes." in late.content.decode(), "but nothing typed is lost"


@pytest.mark.parametrize("state", ["accepted", "active", "paused", "expired", "closed"])
def test_there_is_no_editor_where_words_can_no_longer_be_kept(client, world, state):
    draft = drafted(client, world.people["relay"])
    Appeal.objects.filter(pk=draft.pk).update(state=state)

    seen = client.get(page(draft, "rewrite"))
    looked = client.post(page(draft, "rewrite"), {"text": "Plombier à Nantes.", "do": "look"})

    assert seen.status_code == 200
    assert b"<textarea" not in seen.content
    assert page(draft, "claim") in seen.content.decode()
    assert looked.status_code == 409
    assert "Plombier à Nantes." in looked.content.decode()
    assert (b'value="look"' in looked.content) == (state == "closed"), "only then another may be written"


# Whose it is


def test_an_appeal_with_an_account_is_that_accounts_alone(client, world, appeal):
    for who, status in {"stranger": 403, "animator": 403, "seeker": 200}.items():
        client.force_login(world.people[who])
        assert client.get(page(appeal, "claim")).status_code == status
    client.force_login(world.people["stranger"])
    assert client.post(page(appeal, "change"), {"do": "stop"}).status_code == 403


def test_an_appeal_from_a_network_is_whoevers_account_there_is_connected(client, world):
    stranger = world.people["relay"]
    identity = Identity.objects.create(network="memory", actor_id="memory:new", handle="new")
    draft = Appeal.objects.create(
        collective=Collective.objects.get(), identity=identity, source_uri="memory:new/1"
    )
    Message.objects.create(appeal=draft, text=SEARCH)
    draft.publications.create(identity=identity, network="memory", state="live", uri="memory:new/1")

    assert client.get(page(draft, "claim")).status_code == 302  # sign in first
    client.force_login(stranger)
    unproven = client.get(page(draft, "claim"))
    assert unproven.status_code == 403
    assert reverse("people:identities") in unproven.content.decode()
    assert client.post(page(draft, "claim"), corrections()).status_code == 403

    Identity.objects.filter(pk=identity.pk).update(account=stranger)
    assert client.get(page(draft, "claim")).status_code == 200
    client.post(page(draft, "claim"), corrections())

    draft.refresh_from_db()
    assert (draft.account, draft.state) == (stranger, "submitted")


# Steering


@pytest.mark.parametrize(
    ("first", "do", "then"),
    [
        ("active", "pause", "paused"),
        ("paused", "resume", "active"),
        ("expired", "renew", "active"),
    ],
)
def test_the_author_steers_with_one_button(client, appeal, first, do, then):
    Appeal.objects.filter(pk=appeal.pk).update(state=first)
    client.force_login(appeal.account)

    answer = client.post(page(appeal, "change"), {"do": do}, follow=True)

    appeal.refresh_from_db()
    assert answer.status_code == 200
    assert appeal.state == then


def test_a_button_of_a_page_left_open_is_answered_with_what_it_is_now(client, appeal):
    client.force_login(appeal.account)
    client.post(reverse("appeals:end", args=[appeal.public_id, "stopped"]))

    late = client.post(page(appeal, "change"), {"do": "pause"})
    renewed = client.post(page(appeal, "change"), {"do": "renew"})
    found = reverse("appeals:end", args=[appeal.public_id, "found"])
    again = client.post(found, follow=True, headers={"accept-language": "en"})

    assert (late.status_code, renewed.status_code) == (409, 409)
    assert "It was over already" in again.content.decode()
    before = appeal.expires_at
    appeal.refresh_from_db()
    assert (appeal.state, appeal.ending, appeal.expires_at) == ("closed", "stopped", before)


def test_who_gave_no_address_is_asked_for_one_before_readers_may_write(client, appeal):
    Account.objects.filter(pk=appeal.account_id).update(email=None)
    client.force_login(appeal.account)

    seen = client.get(page(appeal, "claim")).content.decode()

    assert reverse("account_email") in seen
    assert "accepts_answers" not in seen


def test_found_work_withdraws_the_consent_and_takes_every_boost_back(client, appeal):
    client.force_login(appeal.account)

    asked = client.get(reverse("appeals:end", args=[appeal.public_id, "found"]))
    assert "cannot be undone" in asked.content.decode() or "ne s’annule pas" in asked.content.decode()
    appeal.refresh_from_db()
    assert appeal.state == "active", "nothing ends by looking"
    said = client.post(reverse("appeals:end", args=[appeal.public_id, "found"]), follow=True)
    assert "Quelle joie" in said.content.decode()

    assert set(appeal.boosts.values_list("state", flat=True)) == {"undoing"}
    assert not Consent.objects.filter(account=appeal.account, withdrawn_at=None).exists()


def test_no_change_by_looking(client, appeal):
    client.force_login(appeal.account)

    assert client.get(page(appeal, "change")).status_code == 405
    appeal.refresh_from_db()
    assert appeal.state == "active"


# One for each person


def ready(client, person: Account, number: int) -> Appeal:
    """A refused message of somebody's."""
    made = drafted(client, person, f"{SEARCH} {number}")
    client.post(page(made, "claim"), corrections(contracts=["internship"]))
    made.refresh_from_db()
    assert made.state == "refused"
    return made


def test_messages_refused_before_do_not_become_several_by_being_corrected(client, world):
    client.force_login(world.people["relay"])
    made = [ready(client, world.people["relay"], number) for number in range(3)]

    statuses = [client.post(page(one, "claim"), corrections()).status_code for one in made]

    assert statuses == [302, 409, 409]
    states = Appeal.objects.filter(account=world.people["relay"]).values_list("state", flat=True)
    assert sorted(states) == ["refused", "refused", "submitted"]


def test_the_database_itself_holds_that_each_person_has_one(world):
    account, collective = world.people["relay"], Collective.objects.get()
    submit_form(collective, account, SEARCH, now=timezone.now())

    with pytest.raises(OneAlready):
        submit_form(collective, account, "Une autre recherche de CDI.", now=timezone.now())


def test_a_changed_link_goes_to_the_animators_again(client, appeal):
    client.force_login(appeal.account)
    client.post(page(appeal, "claim"), corrections(link="https://ailleurs.example/"))

    appeal.refresh_from_db()
    assert appeal.state == "submitted"
    assert client.get(appeal.get_absolute_url()).status_code == 200, "its words are those that were accepted"
