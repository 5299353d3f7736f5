"""What is given, what is asked, who was asked to help whom, and what the two wrote."""

from colibri.helping.models.offers import GIVING, HOURS, KINDS, LANGUAGES, Giving
from colibri.helping.models.requests import PROPOSAL, REQUEST, HelpRequest, Proposal, Remark

__all__ = [
    "GIVING",
    "HOURS",
    "KINDS",
    "LANGUAGES",
    "PROPOSAL",
    "REQUEST",
    "Giving",
    "HelpRequest",
    "Proposal",
    "Remark",
]
