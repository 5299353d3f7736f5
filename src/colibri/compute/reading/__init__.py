"""Reading a post: is this a person looking for work, which trade, where, what contract, and how sure are we.

`Reader.load()` reads the tables the project carries once; everything else is pure.
"""

from colibri.compute.reading.claims import SURE, claims
from colibri.compute.reading.findings import (
    CONTRACTS,
    ELIGIBLE,
    KINDS,
    LEVELS,
    MOBILITY,
    PERSONAL_DATA,
    QUESTIONS,
    REASONS,
    SENIORITY,
    Finding,
    Occupation,
    Place,
    Reading,
)
from colibri.compute.reading.masking import MASK
from colibri.compute.reading.reader import TEXT_LIMIT, Reader

__all__ = [
    "CONTRACTS",
    "ELIGIBLE",
    "KINDS",
    "LEVELS",
    "MASK",
    "MOBILITY",
    "PERSONAL_DATA",
    "QUESTIONS",
    "REASONS",
    "SENIORITY",
    "SURE",
    "TEXT_LIMIT",
    "Finding",
    "Occupation",
    "Place",
    "Reader",
    "Reading",
    "claims",
]
