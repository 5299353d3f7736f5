"""What an address of the showcase names, in the sample world."""

from datetime import UTC, datetime

from colibri.people.models import Account, Collective
from colibri.showcase.models import Article, Entry, Feed

__all__ = ["showcase_samples"]


def showcase_samples(collective: Collective, author: Account) -> dict[str, object]:
    """A member's published article, and what another site published, for an animator to choose."""
    article = Article.objects.create(
        collective=collective,
        author=author,
        byline="Pic",
        title="Se présenter en une minute",
        summary="Trois phrases suffisent.",
        text="## D'abord\n\nDites ce que vous **savez** faire.",
        step="interview",
        state="published",
        published_at=datetime(2026, 11, 20, 19, 30, tzinfo=UTC),
    )
    feed = Feed.objects.create(collective=collective, url="https://ailleurs.example/flux", name="Ailleurs")
    entry = Entry.objects.create(feed=feed, key="1", title="Relire son CV", link="https://ailleurs.example/1")
    pages = ("article", "write", "decide")
    return {
        **{f"showcase:{page}.public_id": article.public_id for page in pages},
        "entry": entry.pk,
        "feed": feed.pk,
    }
