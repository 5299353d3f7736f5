"""The hashtag sieve beside parsing everything: one JSON line.

    python bench/ingest.py [--events 400000] [--seed 0] [--runs 5]

Events are posts as a Jetstream tells them, one a line, of about 500 bytes, in four languages, some spelt
with JSON's escapes, one in five with a link. One in five hundred carries one of five hashtags, in any
letter case, with or without accents, composed or not. `orjson` and `json` parse every event and look for
the hashtags in its text; the sieve holds back what certainly carries none, and what it lets through is
parsed the same way. All must find the same events. Rates are events a second of one processor, the median
of the runs.
"""

import argparse
import json
import random
import statistics
import time
import unicodedata
from collections.abc import Callable

import orjson

from colibri.networks.hashtags import carries, fold, hashtags_in
from colibri.networks.sieve import Sieve

HASHTAGS = ("i4emploiR", "i4emploi", "Recrutement", "Métiers", "JobAlert")
WORDS = {
    "fr": "bonjour à toutes et tous voilà une belle journée pour regarder les étoiles compter les jours près "
    "de la forêt où l’été commence et où rien ne presse même le samedi",
    "en": "good morning everyone this is a lovely day to watch the stars come out over the river while the "
    "kettle sings and nobody has to hurry anywhere",
    "ja": "おはようございます 今日は とても いい 天気 ですね 川の そばを 歩いて 星を 見ました",
    "pt": "bom dia a todos não há nada melhor do que um café à beira do rio quando o coração está tranquilo",
}


def post(rng: random.Random, number: int) -> bytes:
    """One event, as Jetstream spells it."""
    language = rng.choice(list(WORDS))
    words = [rng.choice(WORDS[language].split()) for _ in range(rng.randrange(6, 34))]
    if number % 500 == 0:
        words.insert(rng.randrange(len(words)), f"#{spelling(rng, rng.choice(HASHTAGS))}")
    elif number % 40 == 0:
        words.append(f"#{rng.choice(['photo', 'dimanche', 'i4emplo', 'nature', 'recrue'])}")
    event = {
        "did": f"did:plc:{rng.getrandbits(120):030x}",
        "time_us": 1_760_000_000_000_000 + number,
        "kind": "commit",
        "commit": {
            "rev": f"{rng.getrandbits(60):x}",
            "operation": "create",
            "collection": "app.bsky.feed.post",
            "rkey": f"{rng.getrandbits(60):x}",
            "record": {
                "$type": "app.bsky.feed.post",
                "createdAt": "2026-11-24T08:00:00.000Z",
                "langs": [language],
                "text": " ".join(words),
                **facets(rng, words),
            },
            "cid": f"bafyrei{rng.getrandbits(200):x}",
        },
    }
    return json.dumps(event, ensure_ascii=rng.random() < 0.02, separators=(",", ":")).encode()


def facets(rng: random.Random, words: list[str]) -> dict[str, list[dict]]:
    """What a post's client marks: its hashtags, and in one post of five a link or a mention."""
    features = [{"$type": "app.bsky.richtext.facet#tag", "tag": word[1:]} for word in words if word[0] == "#"]
    if rng.random() < 0.2:
        features.append({"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a/page"})
    marked = [{"features": [one], "index": {"byteStart": 0, "byteEnd": 9}} for one in features]
    return {"facets": marked} if marked else {}


def spelling(rng: random.Random, hashtag: str) -> str:
    """Another way to write a hashtag that is the same one."""
    changed = "".join(rng.choice((letter.lower(), letter.upper())) for letter in hashtag)
    form = rng.choice(("NFC", "NFD", "bare"))
    if form != "bare":
        return unicodedata.normalize(form, changed)
    return "".join(c for c in unicodedata.normalize("NFD", changed) if not unicodedata.combining(c))


def rate(runs: int, events: int, work: Callable[[], list[bytes]]) -> tuple[float, list[bytes]]:
    """Events a second of one processor, the median of some runs, and what the last one found."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        found = work()
        taken.append(time.process_time() - began)
    return events / statistics.median(taken), found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=400_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    lines = [post(rng, number) for number in range(given.events)]
    buffer = b"\n".join(lines)
    sieve, wanted = Sieve(HASHTAGS), frozenset(map(fold, HASHTAGS))

    def parsed(loads: Callable[[bytes], dict], events: list[bytes]) -> list[bytes]:
        return [
            event
            for event in events
            if carries(hashtags_in(loads(event)["commit"]["record"]["text"]), wanted)
        ]

    sieve.lines(buffer)
    sieve_rate, sieved = rate(given.runs, given.events, lambda: parsed(orjson.loads, sieve.lines(buffer)))
    one_rate, one_by_one = rate(given.runs, given.events, lambda: [one for one in lines if sieve.passes(one)])
    parse_rate, _ = rate(
        given.runs, given.events, lambda: [event for event in lines if not orjson.loads(event)]
    )
    orjson_rate, with_orjson = rate(1, given.events, lambda: parsed(orjson.loads, lines))
    json_rate, with_json = rate(1, given.events, lambda: parsed(json.loads, lines))
    if not sieved == with_orjson == with_json:
        raise SystemExit(f"the sieve found {len(sieved)}, orjson {len(with_orjson)}, json {len(with_json)}")
    print(
        json.dumps(
            {
                "bench": "ingest",
                "events": given.events,
                "bytes_an_event": round(len(buffer) / given.events),
                "hashtags": len(HASHTAGS),
                "carry_one": len(sieved),
                "missed": len(set(with_orjson) - set(sieved)),
                "let_through": len(one_by_one),
                "events_per_second": round(sieve_rate),
                "one_by_one_per_second": round(one_rate),
                "orjson_parsing_alone_per_second": round(parse_rate),
                "orjson_per_second": round(orjson_rate),
                "json_per_second": round(json_rate),
                "times_orjson_parsing_alone": round(sieve_rate / parse_rate, 1),
                "times_orjson": round(sieve_rate / orjson_rate, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
