"""What is given, what is asked, who was asked to help whom, and what the two wrote."""

from colibri.helping.models.mentoring import MENTORSHIP, RHYTHMS, Mentorship, NextStep
from colibri.helping.models.offers import GIVING, HOURS, KINDS, LANGUAGES, Giving
from colibri.helping.models.requests import PROPOSAL, REQUEST, HelpRequest, Proposal, Remark

__all__ = [
    "GIVING",
    "HOURS",
    "KINDS",
    "LANGUAGES",
    "MENTORSHIP",
    "PROPOSAL",
    "REQUEST",
    "RHYTHMS",
    "Giving",
    "HelpRequest",
    "Mentorship",
    "NextStep",
    "Proposal",
    "Remark",
]
