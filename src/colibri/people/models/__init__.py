"""Who people are, what they agreed to, and what they are told."""

from colibri.people.models.hearing import NOTICE, Device, Notice, NoticeOff
from colibri.people.models.persons import (
    LEAF,
    Account,
    Block,
    Collective,
    Consent,
    Credential,
    Identity,
    Leaving,
    Revocation,
    Role,
    ServerApp,
    networks,
)

__all__ = [
    "LEAF",
    "NOTICE",
    "Account",
    "Block",
    "Collective",
    "Consent",
    "Credential",
    "Device",
    "Identity",
    "Leaving",
    "Notice",
    "NoticeOff",
    "Revocation",
    "Role",
    "ServerApp",
    "networks",
]
