"""What an address of the showcase names, in the sample world."""

from datetime import UTC, datetime

from colibri.common.signing import token
from colibri.people.models import Account, Collective
from colibri.showcase.following_mails import REFUSE
from colibri.showcase.models import (
    Article,
    Contribution,
    Entry,
    Feed,
    FollowList,
    Listed,
    Paper,
    Picture,
    Portrait,
)
from colibri.showcase.portrait_mails import TOKEN

__all__ = ["chapter_of", "list_of", "portrait_of", "showcase_samples"]

EVENING = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


def showcase_samples(collective: Collective, author: Account) -> dict[str, object]:
    """A member's published article and portrait, and what another site published, for the desk."""
    article = Article.objects.create(
        collective=collective,
        author=author,
        byline="Pic",
        title="Se présenter en une minute",
        summary="Trois phrases suffisent.",
        text="## D'abord\n\nDites ce que vous **savez** faire.",
        step="interview",
        state="published",
        published_at=EVENING,
    )
    feed = Feed.objects.create(collective=collective, url="https://ailleurs.example/flux", name="Ailleurs")
    entry = Entry.objects.create(feed=feed, key="1", title="Relire son CV", link="https://ailleurs.example/1")
    portrait = portrait_of(collective, author)
    follow_list = list_of(collective, author)
    chapter = chapter_of(collective, author)
    papers = ("paper", "paper_pdf", "write_paper", "paper_do", "contribute")
    chapters = ("contribution", "write_contribution", "contribution_do")
    pages = ("list", "list_csv", "list_opml", "write_list", "list_do", "listed_do")
    articles = ("article", "write", "decide")
    portraits = ("portrait", "write_portrait", "decide_portrait", "picture")
    return {
        **{f"showcase:{page}.public_id": article.public_id for page in articles},
        **{f"showcase:{page}.public_id": portrait.public_id for page in portraits},
        **{f"showcase:{page}.token": token(TOKEN, portrait.pk) for page in ("told", "told_picture")},
        **{f"showcase:{page}.public_id": follow_list.public_id for page in pages},
        **{f"showcase:{page}.public_id": chapter.paper.public_id for page in papers},
        **{f"showcase:{page}.public_id": chapter.public_id for page in chapters},
        "listed": follow_list.people.first().pk,
        "showcase:stay_off.token": token(REFUSE, "mastodon lou@ailleurs.example"),
        "digest": portrait.picture.digest,
        "size": "small",
        "entry": entry.pk,
        "feed": feed.pk,
    }


def chapter_of(collective: Collective, author: Account, **how: object) -> Contribution:
    """An accepted chapter of a white paper whose call is open."""
    paper = Paper.objects.create(
        collective=collective,
        title="Retrouver le chemin",
        call="Qu'est-ce qui vous a aidé ? Deux pages, en vos mots.",
        foreword="Ce livre est **le vôtre**.",
        state="open",
    )
    return Contribution.objects.create(
        paper=paper,
        author=author,
        byline="Pic",
        text="## Le groupe\n\nÀ plusieurs, on **tient**.",
        state="accepted",
        agreed_at=EVENING,
        **{"title": "Ne plus chercher seul", "place": 1, **how},
    )


def list_of(collective: Collective, maker: Account) -> FollowList:
    """A public list of people to follow: two who were told, one who waits to be."""
    made = FollowList.objects.create(
        collective=collective,
        maker=maker,
        byline="Pic",
        title="Souder en Bretagne",
        summary="Qui lire quand on soude entre Brest et Rennes.",
        state="shown",
        shown_at=EVENING,
    )
    people = [
        ("mastodon", "lou@ailleurs.example"),
        ("blog", "https://ailleurs.example/flux"),
        ("bluesky", "a.example"),
    ]
    for (place, address), state in zip(people, ("told", "told", "by_hand"), strict=True):
        Listed.objects.create(follow_list=made, place=place, address=address, state=state, told_at=EVENING)
    return made


def portrait_of(collective: Collective, subject: Account) -> Portrait:
    """Somebody's public portrait, with a picture (whose bytes are none: nobody draws it here)."""
    portrait = Portrait.objects.create(
        collective=collective,
        author=subject,
        subject=subject,
        name="Rose",
        trade="soudeuse",
        family="H",
        region="53",
        summary="Dix ans de chantier naval, et l'envie de transmettre.",
        way="J'ai commencé à dix-huit ans.",
        hope="Former des apprentis.",
        state="shown",
        version=1,
        agreed_version=1,
        shown_at=EVENING,
    )
    Picture.objects.create(
        portrait=portrait,
        alt="Rose devant une coque",
        wide=b"w",
        small=b"s",
        width=800,
        height=533,
        digest="ab12",
    )
    return portrait
