import pytest
from django.utils import translation

from colibri.appeals.actions.notes import note_text
from colibri.appeals.models import Appeal, Note
from colibri.compute.reading import CONTRACTS
from colibri.networks.graphemes import graphemes
from colibri.people.models import Collective, Identity

pytestmark = pytest.mark.django_db
LIMIT = 300


def note(kind: str, network: str = "bluesky", **fields: object) -> Note:
    """A note about to be sent to the author of a search."""
    collective = Collective.objects.create(
        slug="nids", name="Les Nids", supporters_hashtag="nids", seekers_hashtag="nidsR"
    )
    own = Identity.objects.create(collective=collective, network=network, actor_id="did:x", handle="nids")
    author = Identity.objects.create(network=network, actor_id="did:y", handle="merle")
    appeal = Appeal.objects.create(collective=collective, identity=author, **fields)
    return Note.objects.create(appeal=appeal, identity=own, kind=kind, key="1")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("site", ["https://colibri.example.org", f"https://{'long-' * 12}name.example.org"])
def test_an_invitation_fits_bluesky_and_keeps_its_link_whole(language, site, settings):
    settings.SITE_URL = site
    planned = note("invitation", language=language, occupation="M1203", place="Saint-Rémy-en-Bouzemont" * 3)

    text = note_text(planned)

    assert graphemes(text) <= LIMIT
    assert f"{site}/a/{planned.appeal.public_id}/mine/" in text.split()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("contract", sorted(set(CONTRACTS) & {"internship", "apprenticeship", "freelance"}))
def test_a_refusal_fits_bluesky_and_names_whole_addresses(language, contract):
    planned = note("refusal", language=language, contracts=[contract])
    advice = [one.url for one in planned.appeal.collective.rules.judge([contract]).advice]

    text = note_text(planned)

    assert graphemes(text) <= LIMIT
    named = [word for word in text.split() if word.startswith("https://")]
    assert named == advice


def test_addresses_that_do_not_fit_are_left_out_from_the_end():
    planned = note("refusal", contracts=["internship"])
    charter = planned.appeal.collective.charter
    charter["refuses"]["internship"] = [
        {"name": "near", "url": "https://near.example.org"},
        {"name": "far", "url": f"https://far.example.org/{'x' * LIMIT}"},
    ]

    text = note_text(planned)

    assert "https://near.example.org" in text
    assert "far.example.org" not in text


def test_where_no_wording_fits_the_link_alone_is_sent(settings):
    settings.SITE_URL = f"https://{'.'.join(['x' * 60] * 4)}"
    planned = note("invitation", place="Lyon")

    assert note_text(planned) == f"{settings.SITE_URL}/a/{planned.appeal.public_id}/mine/"


def test_a_note_speaks_its_authors_language_whatever_the_page_speaks():
    planned = note("invitation", language="en", place="Lyon")

    with translation.override("fr"):
        text = note_text(planned)

    assert text.startswith("Hello! I understood: Lyon.")
