"""A small collective with one of everything, for tests that ask every page.

Every parameter of an address has its sample in `World.values`, under the parameter's name or, where one
address needs another value than the rest, under `address.parameter`.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from allauth.account.models import EmailAddress

from colibri.appeals.models import Answer, Appeal, Message, Publication
from colibri.common.signing import token
from colibri.federation.models import Flag, Invitation, Source
from colibri.people.models import Account, Block, Collective, Consent, Identity, Role
from colibri.relays.models import Boost, Offer, Plan
from tests.causes.samples import cause_samples
from tests.conversations.samples import conversations_samples
from tests.federation.samples import federation_samples
from tests.helping.samples import helping_samples
from tests.impact.samples import impact_samples
from tests.people.samples import people_samples
from tests.programme.samples import programme_samples
from tests.resumes.samples import resume_samples
from tests.showcase.samples import showcase_samples

__all__ = ["World", "sample_world"]

DAY = date(2026, 11, 20)
SAME_EVERYWHERE = {
    "ending": "found",
    "shape": "card",
    "region": "53",
    "family": "J",
    "rest": "reset/",
    # allauth's links in mails, as an outdated mail holds them
    "key": "outdated",
    "uidb36": "1",
    "pk": 1,
}
EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class World:
    """Who looks (None: somebody without an account) and what they may look at."""

    people: dict[str, Account | None] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)


def account(name: str, *, operator: bool = False) -> Account:
    """Somebody with a confirmed address."""
    email = f"{name}@example.org"
    make = Account.objects.create_superuser if operator else Account.objects.create_user
    made = make(email, name=name)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def sample_world() -> World:
    """Make a collective, its people, an appeal being relayed and a boost, in the test's database."""
    collective = Collective.objects.create(
        slug="hirondelles",
        name="Les Hirondelles",
        supporters_hashtag="hirondelles",
        seekers_hashtag="hirondellesR",
    )
    people = {name: account(name) for name in ("seeker", "relay", "animator", "stranger")}
    for kind in ("seeker", "relay", "animator"):
        Role.objects.create(account=people[kind], collective=collective, kind=kind)
    appeal = appeal_of(people["seeker"], collective)
    boost = boost_of(people["relay"], appeal)
    answers = {state: answer_to(appeal, state) for state in ("unverified", "held", "forwarded")}
    waiting = Appeal.objects.create(collective=collective, account=people["stranger"], state="submitted")
    Message.objects.create(appeal=waiting, text="Comptable, je cherche un CDI à Lyon.")
    source = Source.objects.create(collective=collective, network="memory", server="http://127.0.0.1:1")
    relay = {"account": people["relay"], "collective": collective}
    consent = Consent.objects.create(
        purpose="be_asked", identity=boost.offer.identity, given_by="page", **relay
    )
    block = Block.objects.create(identity=appeal.identity, **relay)
    return World(
        people={"nobody": None, **people, "operator": account("operator", operator=True)},
        values={
            "slug": collective.slug,
            "public_id": appeal.public_id,
            "appeals:correct.public_id": waiting.public_id,
            "boost": boost.pk,
            "appeals:verify.token": token("answer", answers["unverified"].pk),
            "appeals:report.token": token("report", answers["forwarded"].pk),
            "identity": boost.offer.identity_id,
            "consent": consent.pk,
            "role": Role.objects.get(account=people["animator"]).pk,
            "block": block.pk,
            "relays:tap.token": token("boost", boost.pk),
            "people:demo.token": token("demo", people["relay"].pk),
            "source": source.pk,
            "report": report_of(appeal).pk,
            "invitation": invitation_to(boost.offer.identity, collective).pk,
            **_of_rooms(collective, people, appeal),
            **SAME_EVERYWHERE,
        },
    )


def _of_rooms(collective: Collective, people: dict[str, Account], appeal: Appeal) -> dict[str, object]:
    return {
        **people_samples(people["relay"]),
        **federation_samples(collective),
        **cause_samples(collective, account("beginner")),
        **conversations_samples(collective, people["seeker"], people["animator"]),
        **resume_samples(people["seeker"]),
        **showcase_samples(collective, people["relay"]),
        **programme_samples(collective, people),
        **helping_samples(collective, people["seeker"], people["relay"]),
        **impact_samples(appeal),
    }


def appeal_of(seeker: Account, collective: Collective) -> Appeal:
    """A search of the seeker's that is being relayed."""
    identity = Identity.objects.create(
        account=seeker, network="memory", actor_id="memory:seeker", handle="seeker"
    )
    appeal = Appeal.objects.create(
        collective=collective,
        account=seeker,
        identity=identity,
        state="active",
        accepted_at=EVENING,
        accepts_answers=True,
    )
    Consent.objects.create(account=seeker, collective=collective, purpose="be_relayed", given_by="page")
    Message.objects.create(appeal=appeal, text="Soudeuse à Brest, je cherche un CDI. #hirondellesR")
    Publication.objects.create(
        appeal=appeal, identity=identity, network="memory", state="live", uri="memory:seeker/1"
    )
    return appeal


def report_of(appeal: Appeal) -> Flag:
    """What another server's moderators wrote about its post."""
    named = list(appeal.publications.values_list("uri", flat=True))
    return Flag.objects.create(
        collective=appeal.collective,
        actor_id="https://ailleurs.example/actor",
        objects_named=named,
        text="Est-ce une vraie recherche ?",
    )


def answer_to(appeal: Appeal, state: str) -> Answer:
    """A reader's words to its author."""
    return Answer.objects.create(
        appeal=appeal,
        name="Lou",
        email="lou@example.org",
        text="Notre chantier cherche quelqu'un comme vous.",
        sender="s",
        origin="o",
        state=state,
    )


def invitation_to(identity: Identity, collective: Collective) -> Invitation:
    """Somebody who wears the hashtag where no word is private."""
    return Invitation.objects.create(collective=collective, identity=identity, kind="seeker", state="by_hand")


def boost_of(relay: Account, appeal: Appeal) -> Boost:
    """The relay's gift to that appeal, given this evening."""
    identity = Identity.objects.create(
        account=relay, network="memory", actor_id="memory:relay", handle="relay"
    )
    offer = Offer.objects.create(identity=identity, collective=appeal.collective)
    plan = Plan.objects.create(collective=appeal.collective, day=DAY, state="solved", made_at=EVENING)
    return Boost.objects.create(
        plan=plan,
        offer=offer,
        appeal=appeal,
        publication=appeal.publications.get(),
        state="given",
        given_at=EVENING,
    )
