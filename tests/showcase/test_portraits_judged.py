"""What animators read of a portrait, and when."""

import pytest
from django.urls import reverse

from colibri.showcase.models import Picture
from tests.showcase.test_portraits import WORDS, begun, does, page, told_link, work

pytestmark = pytest.mark.django_db


def test_nobody_else_reads_it_before_its_person_agreed_or_once_it_is_off(place):
    found = begun(place)
    write = reverse("showcase:write_portrait", args=[found.public_id])

    def closed() -> bool:
        answers = [page(place, found, place.animator), place.browser(place.animator).get(write).status_code]
        image = reverse("showcase:picture", args=[found.public_id, Picture.objects.get().digest, "wide"])
        return [*answers, place.browser(place.animator).get(image).status_code] == [404, 404, 404]

    assert closed()
    does(place, place.author, found, "send")
    assert closed()
    assert does(place, place.animator, found, "send").status_code == 404
    work()
    place.browser(None).post(told_link(), {"do": "agree", "version": 1})
    assert page(place, found, place.animator) == 200
    assert place.browser(place.animator).get(write).status_code == 403  # its words are not theirs to change
    assert does(place, place.animator, found, "send").status_code == 403
    does(place, place.animator, found, "show")
    assert page(place, found) == 200
    place.browser(None).post(told_link(), {"do": "unlist"})
    assert closed()


def test_an_animator_shows_only_the_version_they_read(place):
    found = begun(place)
    for version, words in ((1, WORDS), (2, {**WORDS, "summary": "Tout autre chose."})):
        if version == 2:
            write = reverse("showcase:write_portrait", args=[found.public_id])
            place.browser(place.author).post(write, words)
        does(place, place.author, found, "send")
        work()
        place.browser(None).post(told_link(), {"do": "agree", "version": version})
    found.refresh_from_db()
    assert (found.state, found.version) == ("agreed", 2)

    late = does(place, place.animator, found, "show", version=1)

    assert found.state == "agreed"
    assert "relire" in late.content.decode()
