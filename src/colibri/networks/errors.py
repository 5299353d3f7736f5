"""The four things that can go wrong on a network.

NetworkError
├── Retryable      try again later: rate limit, time-out, server fault, answer lost
├── Refused        the network said no, for good: bad request, not allowed
├── Gone           what was spoken of is no longer there
└── Unauthorised   the credentials are no longer (or never were) good
"""

__all__ = ["Gone", "NetworkError", "Refused", "Retryable", "Unauthorised"]


class NetworkError(Exception):
    """Base of all; its text is for logs and operators, never shown to visitors."""


class Retryable(NetworkError):
    """A passing fault. `after` is the pause the server asked for, in seconds, where it did."""

    def __init__(self, message: str, *, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Refused(NetworkError):
    """The network understood and said no: trying again will not help."""


class Gone(NetworkError):
    """The post, boost or account spoken of no longer exists."""


class Unauthorised(NetworkError):
    """The credentials were refused: the owner must connect the identity again."""
