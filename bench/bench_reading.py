"""How well and how fast posts are read: precision and recall by field, posts and biographies a second.

    python bench/bench_reading.py            # one line of JSON
    python bench/bench_reading.py --misses   # then what was misread, a line each

`posts.jsonl` are the posts the reader was developed on; those of `unseen.jsonl` were written beforehand
and never tuned on. Both are fictional and few: they show what works, not how often it does in the wild.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from colibri.compute.reading import Reader, Reading

__all__ = ["FIELDS", "misread", "posts_of", "score"]

FIELDS = ("kind", "wanted", "excluded", "places", "occupations", "language", "personal")
SURE = 0.5  # a finding below this asks the person rather than claims
POSTS = Path(__file__).parents[1] / "tests" / "compute" / "reading"
Claims = tuple[dict[str, Any], str, set[str], set[str]]


def posts_of(name: str) -> list[dict[str, Any]]:
    """The posts of `posts.jsonl` or `unseen.jsonl`, each with its right reading."""
    lines = (POSTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def understood(reading: Reading) -> dict[str, set[str]]:
    """What a reading claims, in the words of the posts' right answers."""
    return {
        "kind": {reading.kind.value},
        "wanted": {found.value for found in reading.contracts_wanted if found.confidence >= SURE},
        "excluded": {found.value for found in reading.contracts_excluded},
        "places": {
            f"{found.value.level}:{found.value.code}" for found in reading.places if found.confidence >= SURE
        },
        "occupations": {found.value.code for found in reading.occupations if found.confidence >= SURE},
        "language": {reading.language.value},
        "personal": {found.value for found in reading.personal_data},
    }


def compared(reader: Reader, posts: list[dict[str, Any]]) -> Iterator[Claims]:
    """Each post and field with what was claimed and what is right, for the fields the post judges."""
    for post in posts:
        claims = understood(reader.read(post["text"]))
        for field in FIELDS:
            if field in post and post[field] != "":
                right = post[field] if isinstance(post[field], list) else [post[field]]
                yield post, field, claims[field], set(right)


def score(reader: Reader, posts: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Precision and recall by field over all claims of all posts, 1.0 where there is nothing to claim."""
    counts = {field: [0, 0, 0] for field in FIELDS}
    for _, field, claimed, right in compared(reader, posts):
        counts[field][0] += len(claimed & right)
        counts[field][1] += len(claimed)
        counts[field][2] += len(right)
    return {
        field: {
            "precision": round(hits / claims, 3) if claims else 1.0,
            "recall": round(hits / rights, 3) if rights else 1.0,
        }
        for field, (hits, claims, rights) in counts.items()
    }


def misread(reader: Reader, posts: list[dict[str, Any]]) -> list[str]:
    """One line for each field read otherwise than it should be."""
    return [
        f"{field}: wrong {sorted(claimed - right)}, missing {sorted(right - claimed)}: {post['text'][:90]}"
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
    chosen = parser.parse_args()
    begun = time.perf_counter()
    reader = Reader.load()
    loaded = time.perf_counter() - begun
    development, unseen = posts_of("posts"), posts_of("unseen")
    texts = [post["text"] for post in development]
    reader.classify_biographies(texts)
    begun = time.perf_counter()
    for _ in range(10):
        for text in texts:
            reader.read(text)
    read = time.perf_counter() - begun
    begun = time.perf_counter()
    reader.classify_biographies(texts * 500)
    classified = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "bench": "reading",
                "posts_per_second": rate(10 * len(texts), read),
                "biographies_per_second": rate(500 * len(texts), classified),
                "load_seconds": round(loaded, 2),
                "development": {"posts": len(development), **score(reader, development)},
                "unseen": {"posts": len(unseen), **score(reader, unseen)},
            }
        )
    )
    if chosen.misses:
        print("\n".join(misread(reader, development) + misread(reader, unseen)))


if __name__ == "__main__":
    main()
