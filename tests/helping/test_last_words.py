"""The end of a request: a word from both."""

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from colibri.helping.actions import accept_request, write_remark
from colibri.helping.models import Remark

CANARY = "Canari"


def test_once_it_is_over_the_helper_leaves_one_last_word(hands):
    rose = hands.gives("rose").account
    asked = hands.asks()
    decide = reverse("helping:decide", args=[asked.public_id])
    accept_request(hands.open_proposal(asked), now=timezone.now())
    theirs, own = hands.browser(rose), hands.browser(hands.seeker)
    before = theirs.post(decide, {"do": "farewell", "text": "Trop tôt"}, follow=True)
    assert not Remark.objects.exists()
    assert before.status_code == 200
    write_remark(asked, rose, "Bonjour", now=timezone.now())
    hands.work()
    count = len(hands.mails("camille"))
    hands.later(minutes=1)
    own.post(decide, {"do": "close", "ending": "helped", "word": "Merci Rose"})
    page = theirs.get(asked.get_absolute_url()).content.decode()
    assert 'value="farewell"' in page
    assert "Merci Rose" in page
    assert theirs.post(decide, {"do": "farewell", "text": ""}).status_code == 422
    assert own.post(decide, {"do": "farewell", "text": "De qui ?"}).status_code == 403
    hands.later(minutes=1)
    for _ in range(2):
        theirs.post(decide, {"do": "farewell", "text": f"{CANARY}, bonne route"})
    hands.work()

    assert Remark.objects.count() == 3
    assert 'value="farewell"' not in theirs.get(asked.get_absolute_url()).content.decode()
    assert f"{CANARY}, bonne route" in own.get(asked.get_absolute_url()).content.decode()
    assert len(hands.mails("camille")) == count + 1
    assert CANARY not in "".join(one.body for one in mail.outbox)
