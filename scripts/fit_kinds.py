#!/usr/bin/env python
"""Fit the weights by which a text's kind is told, and write them.

    .venv/bin/python scripts/fit_kinds.py

It learns from `tests/compute/reading/posts.jsonl` alone, never from `aside.jsonl`. Each post counts once
with all that is known of it, and for less once more without the phrases met in it.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.reading import posts_of
from colibri.compute.reading import KINDS, Reader

TARGET = Path(__file__).parents[1] / "src" / "colibri" / "compute" / "reading" / "kind_weights.py"
WITHOUT_PHRASES, STRENGTH = 0.4, 1.0
HEAD = '''"""The weights of `weighing`, for the kinds in their order; written by `scripts/fit_kinds.py`."""

__all__ = ["WEIGHTS"]

WEIGHTS = {
'''


def main() -> None:
    reader = Reader.load()
    posts = posts_of("posts")
    whole = [reader.kind_features(post["text"]) for post in posts]
    bare = [
        {name: 0.0 if name.startswith(("signs_", "any_")) else value for name, value in found.items()}
        for found in whole
    ]
    kinds = [KINDS.index(post["kind"]) for post in posts]
    vectors = DictVectorizer(sparse=False)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    counted = np.repeat([1.0, WITHOUT_PHRASES], len(posts))
    model.fit(vectors.fit_transform(whole + bare), kinds * 2, sample_weight=counted)
    rows = dict(zip(vectors.get_feature_names_out(), model.coef_.T, strict=True))
    rows["constant"] = model.intercept_
    lines = [
        f'    "{name}": ({", ".join(f"{value:.2f}" for value in row)}),\n'
        for name, row in sorted(rows.items())
    ]
    TARGET.write_text(HEAD + "".join(lines) + "}\n", encoding="utf-8")
    told = model.predict(vectors.transform(whole))
    print(f"{len(posts)} posts, {np.mean(told == np.array(kinds)):.3f} of their kinds right")


if __name__ == "__main__":
    main()
