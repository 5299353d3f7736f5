"""What else ranks labels for a title, each with the same face: `rank(queries) -> scores of all labels`."""

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

__all__ = ["PEERS", "Scorer"]

Scorer = Callable[[Sequence[str]], Iterator[np.ndarray]]
BATCH = 100
_MARKS = re.compile(r"\((?:h/f/x|h/f:x|h/f|f/h)\)", re.IGNORECASE)


def plain(text: str) -> str:
    """Small letters without accents or "(h/f/x)", so that the peers are not beaten by a habit of writing."""
    lowered = _MARKS.sub(" ", text).lower()
    return "".join(sign for sign in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(sign))


def tfidf(labels: Sequence[str]) -> Scorer:
    """TF-IDF of 2 to 4 letters within words, cosine (scikit-learn)."""
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    matrix = model.fit_transform([plain(label) for label in labels]).T.tocsr()

    def rank(queries: Sequence[str]) -> Iterator[np.ndarray]:
        for start in range(0, len(queries), BATCH):
            asked = model.transform([plain(query) for query in queries[start : start + BATCH]])
            yield from (asked @ matrix).toarray()

    return rank


def bm25(labels: Sequence[str]) -> Scorer:
    """Okapi BM25 over words (k1 = 1.2, b = 0.75)."""
    texts = [re.findall(r"\w+", plain(label)) for label in labels]
    average = sum(map(len, texts)) / len(texts)
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, text in enumerate(texts):
        for word, count in Counter(text).items():
            worth = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(text) / average))
            postings.setdefault(word, []).append((number, worth))
    columns = {
        word: (np.array([n for n, _ in p]), np.array([w for _, w in p])) for word, p in postings.items()
    }

    def rank(queries: Sequence[str]) -> Iterator[np.ndarray]:
        for query in queries:
            scores = np.zeros(len(texts))
            for word in re.findall(r"\w+", plain(query)):
                if word in columns:
                    where, worth = columns[word]
                    scores[where] += worth * np.log(1 + (len(texts) - len(where) + 0.5) / (len(where) + 0.5))
            yield scores

    return rank


def fuzzy(labels: Sequence[str]) -> Scorer:
    """rapidfuzz's `token_set_ratio`, ties broken by its `ratio`."""
    choices = [plain(label) for label in labels]

    def rank(queries: Sequence[str]) -> Iterator[np.ndarray]:
        for query in queries:
            asked = [plain(query)]
            sets = process.cdist(asked, choices, scorer=fuzz.token_set_ratio)[0]
            yield sets + process.cdist(asked, choices, scorer=fuzz.ratio)[0] / 1000

    return rank


def fts5(labels: Sequence[str]) -> Scorer:
    """SQLite's full-text index of trigrams, ranked by its bm25, any trigram of the query."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE label USING fts5(text, tokenize='trigram')")
    database.executemany("INSERT INTO label VALUES (?)", ((plain(label),) for label in labels))

    def rank(queries: Sequence[str]) -> Iterator[np.ndarray]:
        for query in queries:
            text = plain(query).replace('"', " ")
            grams = dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2))
            asked = " OR ".join(f'"{gram}"' for gram in grams)
            scores = np.zeros(len(labels))
            if asked:
                found = database.execute("SELECT rowid, -rank FROM label WHERE label MATCH ?", (asked,))
                for row, score in found:
                    scores[row - 1] = score
            yield scores

    return rank


PEERS: dict[str, Callable[[Sequence[str]], Scorer]] = {
    "char_tfidf": tfidf,
    "bm25": bm25,
    "rapidfuzz": fuzzy,
    "fts5_trigram": fts5,
}
