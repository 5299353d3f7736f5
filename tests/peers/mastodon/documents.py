"""What a stand-in server answers with: accounts, statuses and itself as the API spells them."""

import html
import re
from typing import Any

from tests.peers.mastodon.world import HASHTAG, MENTION, Account, Status, World

__all__ = ["account_json", "instance_json", "old_instance_json", "status_json"]

WORD = re.compile(r"https?://\S+|" + HASHTAG.pattern + "|" + MENTION.pattern)


def account_json(world: World, account: Account) -> dict[str, Any]:
    local = account.home is world
    said = {
        "id": world.id_of_account(account),
        "username": account.user,
        "acct": account.user if local else account.handle,
        "display_name": account.name,
        "locked": False,
        "bot": False,
        "created_at": "2026-01-01T00:00:00.000Z",
        "note": written(world, account.note),
        "url": account.url,
        "avatar": "",
        "followers_count": len(account.followers),
        "following_count": 0,
        "statuses_count": 0,
        "emojis": [],
        "fields": [{"name": name, "value": value, "verified_at": None} for name, value in account.fields],
    }
    return said | ({"uri": account.uri} if world.flavour.account_uri else {})


def status_json(world: World, status: Status, viewer: Account | None = None) -> dict[str, Any]:
    reblogs = [one for one in list(world.statuses.values()) if one.reblog is status and not one.deleted]
    said: dict[str, Any] = {
        "id": world.id_of(status),
        "uri": f"{status.uri}/activity" if status.reblog else status.uri,
        "url": None if status.reblog else f"{status.author.url}/{status.uri.rpartition('/')[2]}",
        "created_at": spelt(status.created),
        "edited_at": spelt(status.edited) if status.edited else None,
        "visibility": status.visibility,
        "language": status.language,
        "spoiler_text": status.warning,
        "sensitive": bool(status.warning),
        "content": status.html or written(world, status.text),
        "account": account_json(world, status.author),
        "in_reply_to_id": world.id_of(status.answers) if status.answers else None,
        "in_reply_to_account_id": world.id_of_account(status.answers.author) if status.answers else None,
        "reblog": status_json(world, status.reblog, viewer) if status.reblog else None,
        "tags": [{"name": tag.lower(), "url": f"{world.origin}/tags/{tag.lower()}"} for tag in status.tags],
        "mentions": [
            {"id": world.id_of_account(one), "username": one.user, "acct": one.handle, "url": one.url}
            for one in status.mentions
        ],
        "media_attachments": [],
        "emojis": [],
        "reblogs_count": len(reblogs),
        "favourites_count": 2,
        "replies_count": 1,
        "card": None,
        "poll": None,
    }
    if viewer:
        said["reblogged"] = any(one.author is viewer for one in reblogs)
        said["favourited"] = False
    return said


def written(world: World, text: str) -> str:
    """A text as Mastodon sends it: paragraphs, hashtags, mentions, links shortened for the eye."""
    paragraphs = "".join(f"<p>{_linked(world, part)}</p>" for part in text.split("\n\n") if part)
    return paragraphs.replace("\n", "<br />")


def _linked(world: World, text: str) -> str:
    said, end = [], 0
    for found in WORD.finditer(text):
        said += [html.escape(text[end : found.start()], quote=False), _link(world, found.group())]
        end = found.end()
    return "".join([*said, html.escape(text[end:], quote=False)])


def _link(world: World, word: str) -> str:
    if word.startswith("#"):
        return (
            f'<a href="{world.origin}/tags/{word[1:]}" class="mention hashtag" rel="tag">'
            f"#<span>{word[1:]}</span></a>"
        )
    if word.startswith("@"):
        account = world.find_account(word[1:])
        if account is None:
            return word
        return (
            f'<span class="h-card" translate="no"><a href="{account.url}" class="u-url mention">'
            f"@<span>{account.user}</span></a></span>"
        )
    scheme, _, rest = word.partition("://")
    href = html.escape(word)
    return (
        f'<a href="{href}" target="_blank" rel="nofollow noopener"><span class="invisible">{scheme}://</span>'
        f'<span class="ellipsis">{html.escape(rest[:30])}</span>'
        f'<span class="invisible">{html.escape(rest[30:])}</span></a>'
    )


def spelt(moment: Any) -> str:
    return str(moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))


def instance_json(world: World) -> dict[str, Any]:
    return {
        "domain": world.authority,
        "title": world.flavour.name,
        "version": world.flavour.version,
        "source_url": "https://example.org",
        "configuration": {
            "urls": {"streaming": f"ws://{world.authority}"},
            "statuses": {"max_characters": 5000 if world.flavour.ulids else 500},
        },
    } | ({"account_domain": world.authority} if world.flavour.ulids else {})


def old_instance_json(world: World) -> dict[str, Any]:
    return {
        "uri": world.authority,
        "title": world.flavour.name,
        "version": world.flavour.version,
        "urls": {"streaming_api": f"ws://{world.authority}"},
        "configuration": {"statuses": {"max_characters": 500}},
    }
