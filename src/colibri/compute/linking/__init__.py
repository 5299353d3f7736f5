"""Linking a title as people write it to the nearest of a set of labels: ROME titles, ESCO occupations, any.

`Linker(labels).rank(queries, k)` is lexical: words, letters, and words that often stand for others.
"""

from colibri.compute.linking.linker import CONCEPT_SIGNS, LABEL_SIGNS, WEIGHTS, Embed, Linker, Ranked
from colibri.compute.linking.words import read_title

__all__ = ["CONCEPT_SIGNS", "LABEL_SIGNS", "WEIGHTS", "Embed", "Linker", "Ranked", "read_title"]
