"""How well and how fast posts are read: precision and recall by field, posts and biographies a second.

    python bench/reading.py              # one line of JSON
    python bench/reading.py --misses     # then what was misread of the development posts, a line each
    python bench/reading.py --posts FILE # also on posts of your own, as `colibri corrections` writes them

`posts.jsonl` are the posts the reader was developed on; `aside.jsonl` was written before, by the same
hand, and never looked at while the reader was changed: its figures are told, its misses are not. All are
fictional: they show what works and what a change breaks, not how often it does in the wild.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from colibri.compute.reading import Reader, claims

__all__ = ["FIELDS", "misread", "posts_of", "score"]

POSTS = Path(__file__).parents[1] / "tests" / "compute" / "reading"
# Of these fields one claim is right or wrong; of the others each claim counts.
FIELDS = (
    "kind", "eligible", "wanted", "excluded", "places", "places_excluded", "places_current",
    "occupation", "language", "personal", "remote", "years",
)  # fmt: skip
Claims = tuple[dict[str, Any], str, set[Any], set[Any]]


def posts_of(name: str) -> list[dict[str, Any]]:
    """The posts of `posts.jsonl` or `aside.jsonl`, each with its right reading."""
    return posts_in(POSTS / f"{name}.jsonl")


def posts_in(path: Path) -> list[dict[str, Any]]:
    """The posts of a file, one JSON a line, as `colibri corrections` writes them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def compared(reader: Reader, posts: list[dict[str, Any]]) -> Iterator[Claims]:
    """Each post and field with what was claimed and what is right, for the fields the post judges."""
    for post in posts:
        claimed = claims(reader.read(post["text"]))
        for field in FIELDS:
            if field == "occupation" and "occupations" in post:
                accepted = set(post["occupations"])  # any of them may come first
                yield post, field, claimed[field], (accepted & claimed[field]) or set(sorted(accepted)[:1])
            elif field == "eligible" and "eligible" in post:
                yield post, field, claimed[field], {"yes" if post[field] else "no"}
            elif field in post and post[field] != "":
                right = post[field] if isinstance(post[field], list) else [post[field]]
                yield post, field, claimed[field], set(right)


def score(reader: Reader, posts: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by field over all claims of all posts, 1.0 where there is nothing to claim."""
    counts = {field: [0, 0, 0] for field in FIELDS}
    for _, field, claimed, right in compared(reader, posts):
        counts[field][0] += len(claimed & right)
        counts[field][1] += len(claimed)
        counts[field][2] += len(right)
    return {
        field: {
            "precision": round(hits / claims, 3) if claims else 1.0,
            "recall": round(hits / rights, 3) if rights else 1.0,
            "f1": round(2 * hits / (claims + rights), 3) if claims + rights else 1.0,
            "right": rights,
        }
        for field, (hits, claims, rights) in counts.items()
    }


def misread(reader: Reader, posts: list[dict[str, Any]]) -> list[str]:
    """One line for each field read otherwise than it should be."""
    return [
        f"{field}: wrong {sorted(claimed - right)}, missing {sorted(right - claimed)}: {post['text']}"
        for post, field, claimed, right in compared(reader, posts)
        if claimed != right
    ]


def rate(work: int, seconds: float) -> int:
    """Pieces of work a second."""
    return round(work / seconds)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How well and how fast posts are read.")
    parser.add_argument("--misses", action="store_true", help="also print what was misread")
    parser.add_argument("--posts", type=Path, help="a file of further posts and their right readings")
    chosen = parser.parse_args()
    begun = time.process_time()
    reader = Reader.load()
    loaded = time.process_time() - begun
    development, aside = posts_of("posts"), posts_of("aside")
    given = posts_in(chosen.posts) if chosen.posts else []
    texts = [post["text"] for post in development]
    reader.classify_biographies(texts)
    begun = time.process_time()
    for _ in range(5):
        for text in texts:
            reader.read(text)
    read = time.process_time() - begun
    begun = time.process_time()
    reader.classify_biographies(texts * 100)
    classified = time.process_time() - begun
    print(
        json.dumps(
            {
                "bench": "reading",
                "posts_per_second": rate(5 * len(texts), read),
                "biographies_per_second": rate(100 * len(texts), classified),
                "load_seconds": round(loaded, 2),
                "development": {"posts": len(development), **score(reader, development)},
                "aside": {"posts": len(aside), **score(reader, aside)},
                **({"given": {"posts": len(given), **score(reader, given)}} if given else {}),
            }
        )
    )
    if chosen.misses:
        print("\n".join(misread(reader, development)))


if __name__ == "__main__":
    main()
