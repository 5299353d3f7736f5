"""The steps of a small collective's day, each as its process would take it: listener, clock, worker, page.

`mortal` runs each in a process of its own.
"""

import email
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db.models import Q

from colibri.appeals.actions.intake import submit_form
from colibri.appeals.actions.lifecycle import accept_appeal, confirm_appeal
from colibri.appeals.models import Appeal, Note, Publication
from colibri.appeals.queries import waiting_for_animator
from colibri.audiences.models import Audience
from colibri.common.work import kinds, sweep
from colibri.config.day import hear_all
from colibri.federation.models import Source
from colibri.networks.items import Draft, PostRef
from colibri.networks.memory.client import MemoryNetwork
from colibri.networks.memory.worlds import door_at
from colibri.people.actions import connect_identity, give_consent, withdraw_consent
from colibri.people.models import Account, Collective, Consent, Identity
from colibri.relays.actions.boosts import accept_boost
from colibri.relays.actions.offers import end_offer, make_offer
from colibri.relays.actions.planning import plan_day
from colibri.relays.models import Boost, Digest, Offer, Plan

TAG = "PetitR"
DAY = datetime.now(UTC).date()  # the same for all processes forked from the one that read this in
A_WHILE = timedelta(hours=7)  # longer than any pause before another try, and than the lease
RELAYS = ["rel-a", "rel-b", "rel-c"]
SEEKERS = {
    "camille": f"Je cherche un CDI de comptable à Lyon, 5 ans d'expérience. #{TAG}",
    "sasha": f"Je suis soudeur, je cherche un CDD ou un CDI à Brest. #{TAG}",
    "alix": f"Je cherche un stage de graphiste à Lille de mars à août. #{TAG}",
}
FRIENDS = [(f"ami-{number}", f"Ami {number}", "Comptable à Lyon") for number in range(6)]


def in_hours(hours: float = 0) -> datetime:
    """Now, or later the same day, as a worker meets it that is started again."""
    return datetime.now(UTC) + timedelta(hours=hours)


def set_up(address: str) -> None:
    """A collective with its own account, three relays, one of whom is asked each evening."""
    call_command("migrate", verbosity=0)
    door = door_at(address)
    people = [*FRIENDS, *((one, one, "") for one in [*RELAYS, *SEEKERS, "collectif"])]
    door.load(people, {relay: list(range(number, 6)) for number, relay in enumerate(RELAYS)})
    collective = Collective.objects.create(
        slug="petit", name="Petit", supporters_hashtag="Petit", seekers_hashtag=TAG
    )
    connect_identity("memory", "collectif", door.token_of("collectif"), server=address, collective=collective)
    Source.objects.create(collective=collective, network="memory", server=address)
    Account.objects.create_user("animatrice@petit.example")
    for relay in RELAYS:
        account = Account.objects.create_user(f"{relay}@petit.example")
        identity = connect_identity("memory", relay, door.token_of(relay), server=address, account=account)
        automatic = relay != "rel-c"
        make_offer(identity, collective, by="page", now=in_hours(), automatic=automatic, boosts_a_day=2)
    hear_all(collective)


def _collective() -> Collective:
    return Collective.objects.get()


def _client(handle: str) -> MemoryNetwork:
    door = door_at(Source.objects.get().server)
    return MemoryNetwork(door, door.token_of(handle))


def post() -> None:
    """People write on the network."""
    for handle, text in SEEKERS.items():
        _client(handle).publish(Draft(text, f"search-{handle}"))


def answer(handle: str, words: str, key: str) -> None:
    """Somebody answers the collective's note."""
    note = Note.objects.get(appeal__identity__handle=handle)
    _client(handle).reply(PostRef(note.uri), words, key=key)


def hear() -> int:
    """What the listener does."""
    return hear_all(_collective())


def send_notes() -> int:
    return sum(sweep(now=in_hours(), only={"appeals.Note"}).values())


def write_form() -> None:
    """Somebody without an account on the network writes on the site and lets the collective publish it."""
    account, made = Account.objects.get_or_create(email="lou@petit.example")
    if made or not account.appeals.exists():
        submit_form(_collective(), account, "Je cherche un CDI de boulangère à Nantes.", now=in_hours())
    appeal = account.appeals.get()
    give_consent(appeal.collective, "publish_for_me", account=account, by="page", now=in_hours())
    if appeal.state == "draft":
        confirm_appeal(appeal, account=account, by="page", now=in_hours())


def accept() -> None:
    """The animator accepts all that waits."""
    animator = Account.objects.get(email="animatrice@petit.example")
    for appeal in waiting_for_animator(_collective()):
        accept_appeal(appeal, by=animator, now=in_hours())


def publish() -> int:
    return sum(sweep(now=in_hours(), only={"appeals.Publication"}).values())


def fetch_audiences() -> int:
    return sum(sweep(now=in_hours(), only={"audiences.Audience"}).values())


def plan() -> None:
    """What the clock does at the hour of the plan, and the worker after it."""
    plan_day(_collective(), DAY, now=in_hours())
    sweep(now=in_hours(), only={"relays.Plan"})


def send_digests() -> int:
    return sum(sweep(now=in_hours(24), only={"relays.Digest"}).values())


def tap() -> None:
    """The relay who is asked says yes to each."""
    for boost in Boost.objects.filter(offer__automatic=False, state__in=["planned", "offered"]):
        accept_boost(boost, now=in_hours(24))


def give() -> int:
    return sum(sweep(now=in_hours(24), only={"relays.Boost"}).values())


def leave(relay: str = "rel-b", hours: float = 24) -> None:
    """A relay leaves and takes back what they gave."""
    offer = Offer.objects.get(identity__handle=relay)
    end_offer(offer, undo=True, by="page", now=in_hours(hours))


def withdraw(hours: float = 24) -> None:
    """The person whose message the collective published takes their consents back."""
    account = Account.objects.get(email="lou@petit.example")
    for purpose in ("publish_for_me", "be_relayed"):
        withdraw_consent(_collective(), purpose, account=account, by="page", now=in_hours(hours))


def end_everything(hours: float = 24) -> None:
    """Everybody changes their mind: seekers found or say stop, relays leave, the consents go."""
    answer("camille", "trouvé", "found-camille")
    answer("sasha", "stop", "stop-sasha")
    for relay in RELAYS:
        leave(relay, hours)
    withdraw(hours)


def evening() -> None:
    """The evening has come: all that was planned for it is due, and asked relays say yes."""
    for boost in Boost.objects.filter(state__in=["planned", "offered"]):
        accept_boost(boost, now=in_hours())


def connect_relay(address: str, handle: str, password: str, author: str) -> None:
    """A relay on a real Bluesky, with a plan, and somebody there who agreed to be relayed."""
    call_command("migrate", verbosity=0)
    collective = Collective.objects.create(
        slug="petit", name="Petit", supporters_hashtag="Petit", seekers_hashtag=TAG
    )
    account = Account.objects.create_user("relais@petit.example")
    identity = connect_identity("bluesky", handle, password, server=address, account=account)
    make_offer(identity, collective, by="page", now=in_hours(), automatic=True)
    Audience.objects.update(due_at=None)  # there is no AppView to ask for followers
    seeker = Identity.objects.create(network="bluesky", server=address, actor_id=author, handle="ada")
    give_consent(collective, "be_relayed", identity=seeker, by="page", now=in_hours())
    Plan.objects.create(collective=collective, day=DAY, state="solved", made_at=in_hours())


def plan_boost(uri: str, version: str) -> None:
    """One more post of theirs is to be boosted at once, for somebody else: a person has one open appeal."""
    seeker = Identity.objects.get(handle="ada")
    person = Account.objects.create_user(f"{Account.objects.count()}@petit.example")
    give_consent(_collective(), "be_relayed", account=person, by="page", now=in_hours())
    appeal = Appeal.objects.create(
        collective=_collective(), account=person, source_uri=uri, state="active", accepted_at=in_hours()
    )
    publication = Publication.objects.create(
        appeal=appeal, identity=seeker, network="bluesky", state="live", uri=uri, version=version
    )
    Boost.objects.create(
        plan=Plan.objects.get(),
        offer=Offer.objects.get(),
        appeal=appeal,
        publication=publication,
        due_at=in_hours(),
    )


def undo() -> int:
    return sum(sweep(now=in_hours(31), only={"relays.Boost", "appeals.Publication"}).values())


def start_again(*again: str) -> dict[str, Any]:
    """All is started again, hours later: first steps of people and clocks, then the listener and the worker.

    Returns what stands then.
    """
    for step in again:
        STEPS[step]()
    hear()
    now = in_hours(48)
    for _round in range(14):
        if not sum(sweep(now=now).values()):
            break
        now += A_WHILE
    hear()
    return {"rows": rows(), "gifts": gifts(), "mails": mails()}


def rows() -> dict[str, Any]:
    """What stands in the database, in words that are the same for two equal days."""
    return {
        "appeals": sorted(
            [one.source_uri or "", one.state, one.ending, one.refusal, one.messages.count()]
            for one in Appeal.objects.all()
        ),
        "notes": sorted(Note.objects.values_list("appeal__identity__handle", "kind", "state")),
        "consents": sorted(
            [
                one.purpose,
                one.identity.handle if one.identity else one.account.email,
                one.withdrawn_at is not None,
            ]
            for one in Consent.objects.all()
        ),
        "publications": sorted(Publication.objects.values_list("identity__handle", "state")),
        "audiences": sorted(Offer.objects.values_list("identity__handle", "identity__audience__size")),
        "plans": list(Plan.objects.values_list("state", flat=True)),
        "digests": sorted(Digest.objects.values_list("account__email", "state")),
        "boosts": sorted(
            Boost.objects.values_list("offer__identity__handle", "publication__identity__handle", "state")
        ),
        "waiting": sorted(
            f"{label} {count}"
            for label, kind in kinds().items()
            if label != "audiences.Audience" and (count := kind.model.objects.filter(~Q(due_at=None)).count())
        ),
    }


def gifts() -> list[list[str]]:
    """(state, key) of every boost that was begun."""
    return [list(row) for row in Boost.objects.exclude(key="").values_list("state", "key")]


def mails() -> dict[str, int]:
    """How many times each mail was sent, by Message-ID."""
    files = Path(settings.EMAIL_FILE_PATH).glob("*") if Path(settings.EMAIL_FILE_PATH).is_dir() else []
    found: Counter[str] = Counter()
    for file in files:
        for text in file.read_text().split("-" * 79 + "\n"):
            if text.strip():
                found[str(email.message_from_string(text)["Message-ID"])] += 1
    return dict(found)


STEPS = {
    step.__name__: step
    for step in (
        set_up,
        post,
        answer,
        hear,
        send_notes,
        write_form,
        accept,
        publish,
        fetch_audiences,
        plan,
        send_digests,
        tap,
        give,
        leave,
        withdraw,
        undo,
        end_everything,
        evening,
        connect_relay,
        plan_boost,
        start_again,
    )
}
