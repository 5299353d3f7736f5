"""A small town of real accounts on a Bluesky of one's own: who lives there, and what they do."""

import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from colibri.audiences.actions import hash_member
from colibri.audiences.models import HASH, Audience
from colibri.federation.models import Source
from colibri.people.actions import connect_identity, give_role
from colibri.people.models import Account, Collective, Identity
from colibri.relays.actions.offers import make_offer
from colibri.relays.models import Offer
from tests.networks.bluesky.story import POST, REPOST, repost_events
from tests.peers.bluesky_peer import Bluesky, Member

__all__ = ["LIKED", "RELAYS", "SEEKERS", "Town"]

FOLLOW, LIKE = "app.bsky.graph.follow", "app.bsky.feed.like"

LIKED = 3
"""How many followers of each relay like their one post."""

# (biography, the relays they follow, by place in RELAYS)
FOLLOWERS = (
    ("Recruteuse dans l'industrie, Pays de la Loire", (0, 1)),
    ("Chaudronnier à Nantes", (0,)),
    ("Soudeuse, Saint-Nazaire", (0, 3)),
    ("Expert-comptable à Lyon", (1, 4)),
    ("Comptabilité et jardinage", (1,)),
    ("Chargé de recrutement, cabinet d'audit", (1, 2)),
    ("Développeuse Python, Rennes", (2, 3)),
    ("CTO. Nous recrutons !", (2,)),
    ("Développeur web à Brest", (2, 5)),
    ("Infirmière au CHU de Toulouse", (3,)),
    ("Cadre de santé", (3, 4)),
    ("Photos d'oiseaux", (3,)),
    ("", (4,)),
    ("Bordeaux, le vélo, le pain", (4, 5)),
    ("RH", (4,)),
    ("", (5,)),
    ("Professeure d'histoire", (5,)),
    ("", (0, 1, 2, 3, 4, 5)),
)
# (name, whether Colibri boosts for them)
RELAYS = (
    ("sauge", True),
    ("anis", True),
    ("thym", True),
    ("bleuet", False),
    ("lilas", False),
    ("genet", False),
)
SEEKERS = {
    "merle": "Soudeuse, 8 ans de métier, je cherche un CDI à Nantes ou autour. Merci de relayer ! #{tag}",
    "pinson": "Bonjour, je cherche un poste de comptable à Lyon, en CDI ou CDD. #{tag}",
    "huppe": "Développeur Python depuis 5 ans, je recherche un CDI à Rennes 🐦 #{tag}",
    "grive": "Infirmier, je cherche un CDI ou un CDD à Toulouse. Disponible tout de suite. #{tag}",
    "geai": "Étudiante, je cherche un stage de comptable à Lille de mars à août. #{tag}",
    "loriot": "Nous recrutons ! Poste de soudeur en CDI à Brest, envoyez votre CV. #{tag}",
}


@dataclass
class Town:
    """Its people by name, and the collective they know."""

    bluesky: Bluesky
    tag: str = field(default_factory=lambda: f"colibri{secrets.token_hex(3)}R")
    people: dict[str, Member] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)  # the URI of each seeker's post

    def settle(self, *, followers: bool) -> None:
        """Open everybody's account; without `followers` nobody follows anybody and they are not there."""
        biographies = dict.fromkeys(("colibri", *(name for name, _ in RELAYS), *SEEKERS), "")
        if followers:
            biographies |= {f"f{place}": biography for place, (biography, _) in enumerate(FOLLOWERS)}
        with ThreadPoolExecutor(4) as pool:
            opened = {
                name: pool.submit(self.bluesky.create_account, name, biography=biography)
                for name, biography in biographies.items()
            }
        self.people = {name: account.result() for name, account in opened.items()}
        for place, (_, followed) in enumerate(FOLLOWERS if followers else ()):
            for relay in followed:
                self.bluesky.create(self.people[f"f{place}"], FOLLOW, {"subject": self.relay(relay).did})
        for place, (name, _) in enumerate(RELAYS if followers else ()):
            post = self.bluesky.create(self.people[name], POST, {"text": "Une bonne nouvelle du jour."})
            for fan in self.fans([place])[:LIKED]:
                subject = {"uri": post["uri"], "cid": post["cid"]}
                self.bluesky.create(self.people[fan], LIKE, {"subject": subject})

    def relay(self, place: int) -> Member:
        """A relay by their place in `RELAYS`."""
        return self.people[RELAYS[place][0]]

    def fans(self, relays: Iterable[int]) -> list[str]:
        """Whoever follows at least one of these relays, each once: what the figures must come to."""
        wanted = set(relays)
        return [f"f{place}" for place, (_, followed) in enumerate(FOLLOWERS) if wanted & set(followed)]

    def found_collective(self) -> Collective:
        """The collective, its own account connected by an app password, listening from the stream's start."""
        collective = Collective.objects.create(
            slug="bluesky", name="Colibri", supporters_hashtag="colibri", seekers_hashtag=self.tag
        )
        self.connect_collective(collective)
        Source.objects.create(
            collective=collective, network="bluesky", server=self.bluesky.address, cursor="0"
        )
        animator = Account.objects.create_user("animatrice@example.org")
        give_role(animator, collective, "animator")
        return collective

    def connect_collective(self, collective: Collective) -> None:
        """The collective's own account here, by an app password."""
        colibri = self.people["colibri"]
        password = self.bluesky.create_app_password(colibri)
        connect_identity(
            "bluesky", colibri.handle, password, server=self.bluesky.address, collective=collective
        )

    def lend(
        self, name: str, collective: Collective, *, automatic: bool, now: datetime, causes: bool | None = None
    ) -> Offer:
        """A relay connects their account by an app password and lends it."""
        account = Account.objects.create_user(f"{name}@example.org", name=name)
        password = self.bluesky.create_app_password(self.people[name])
        identity = connect_identity(
            "bluesky", self.people[name].handle, password, server=self.bluesky.address, account=account
        )
        return make_offer(identity, collective, by="page", now=now, automatic=automatic, causes=causes)

    def speak(self, name: str) -> None:
        """A seeker posts their search."""
        record = {"text": SEEKERS[name].format(tag=self.tag), "langs": ["fr"]}
        self.posts[name] = self.bluesky.create(self.people[name], POST, record)["uri"]

    def answer(self, name: str, text: str) -> None:
        """A seeker replies to what the collective's account wrote under their post."""
        note = self.note_to(name)
        parent = {"uri": note["uri"], "cid": note["cid"]}
        reply = {"root": note["value"]["reply"]["root"], "parent": parent}
        self.bluesky.create(self.people[name], POST, {"text": text, "reply": reply, "langs": ["fr"]})

    def note_to(self, name: str) -> dict:
        """The collective's reply under a seeker's post, as it stands on the PDS."""
        found = [
            record
            for record in self.bluesky.records(self.people["colibri"].did, POST)
            if record["value"].get("reply", {}).get("parent", {}).get("uri") == self.posts[name]
        ]
        assert len(found) == 1, f"{len(found)} notes to {name}"
        return found[0]

    def delete_post(self, name: str) -> None:
        """A seeker deletes their post."""
        member = self.people[name]
        self.bluesky.tell(
            "com.atproto.repo.deleteRecord",
            token=member.token,
            repo=member.did,
            collection=POST,
            rkey=self.posts[name].rpartition("/")[2],
        )

    def remember_followers(self, offer: Offer, place: int, *, now: datetime) -> None:
        """What an earlier week's fetch left of a relay's followers, of whom nothing else is known."""
        members = sorted(hash_member(f"did:plc:{fan}") for fan in self.fans([place]))
        rows = np.array([(member, 0) for member in members], dtype=HASH)
        Audience.objects.filter(identity=offer.identity).update(
            followers=rows.tobytes(), size=len(rows), unknown=len(rows), fetched_at=now, due_at=None
        )

    def posted(self) -> list[str]:
        """What the collective's account has published and stands on the PDS."""
        return [one["uri"] for one in self.bluesky.records(self.people["colibri"].did, POST)]

    def reposted(self, name: str) -> list[str]:
        """The posts a relay's reposts on the PDS name."""
        found = self.bluesky.records(self.people[name].did, REPOST)
        return [one["value"]["subject"]["uri"] for one in found]

    def repost_events(self, name: str) -> list[tuple[str, str]]:
        """(action, path) of all that ever became of a relay's reposts, in the network's own event log."""
        merle = self.people["merle"]
        self.posts["merle"] = self.bluesky.create(merle, POST, {"text": "fin"})["uri"]
        self.delete_post("merle")  # whoever hears of it has heard all that came before
        return repost_events(self.bluesky, self.people[name].did, self.posts["merle"])

    def identity(self, name: str) -> Identity:
        """What Colibri knows of somebody."""
        return Identity.objects.get(network="bluesky", actor_id=self.people[name].did)
