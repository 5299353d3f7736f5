"""People talk, each in a real browser of their own, on a real server."""

import pytest

from tests.conversations.conftest import talking

pytestmark = pytest.mark.browser


def test_two_people_make_keys_agree_and_read_one_another(device, people, transactional_db):
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    seeker.makes_keys()
    mentor.makes_keys()
    seeker.asks("helper")
    mentor.agrees()
    mentor.writes("Bonjour, comment vous aider ?")

    seeker.page.reload()
    seeker.page.wait_for_selector("#messages .text")
    seeker.writes("Une relecture de mon CV, merci !")
    mentor.looks()

    assert (
        seeker.texts == mentor.texts == ["Bonjour, comment vous aider ?", "Une relecture de mon CV, merci !"]
    )
    numbers = [one.page.locator(".number").all_text_contents() for one in (seeker, mentor)]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) == 1


@pytest.mark.parametrize("way", ["words", "code"])
def test_a_second_device_opens_the_keys_by_either_way_and_reads_everything(
    way, device, people, transactional_db
):
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    seeker.makes_keys()
    mentor.makes_keys()
    talk = talking(people["seeker"], people["helper"]).public_id
    mentor.goes("conversations:conversation", talk)
    mentor.writes("À demain dix heures.")

    second = device(people["seeker"])
    second.goes("conversations:conversation", talk)
    assert second.page.is_visible("[data-part=closed]")
    second.opens_keys(getattr(seeker, way))
    second.goes("conversations:conversation", talk)

    assert second.texts == ["À demain dix heures."]


def test_of_a_long_conversation_the_newest_are_shown_and_the_others_when_asked_for(
    device, people, transactional_db, monkeypatch
):
    monkeypatch.setattr("colibri.conversations.views.talking.SHOWN_AT_ONCE", 3)
    seeker, mentor = device(people["seeker"]), device(people["helper"])
    seeker.makes_keys()
    mentor.makes_keys()
    talk = talking(people["seeker"], people["helper"]).public_id
    seeker.goes("conversations:conversation", talk)
    for number in range(1, 8):
        seeker.writes(f"Mot {number}.")
    seeker.page.click("#m2 button")
    seeker.page.wait_for_selector("#m2 button", state="detached")

    mentor.goes("conversations:conversation", talk)
    mentor.page.wait_for_selector("#older:not([hidden])")
    assert mentor.texts == ["Mot 6.", "Mot 7."]  # and, of the three, the word that erased one
    mentor.page.click("#older")
    assert mentor.texts == ["Mot 3.", "Mot 4.", "Mot 5.", "Mot 6.", "Mot 7."]
    seeker.writes("Mot 9.")
    mentor.looks()
    mentor.page.click("#older")
    assert mentor.texts == [f"Mot {number}." for number in (1, 3, 4, 5, 6, 7, 9)]
    assert mentor.page.is_hidden("#older")
    assert "Effacé" in mentor.page.inner_text("#m2") or "effacé" in mentor.page.inner_text("#m2")
