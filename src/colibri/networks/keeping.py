"""Where credentials are kept that several processes share."""

from typing import Protocol, runtime_checkable

__all__ = ["Keeper"]


@runtime_checkable
class Keeper(Protocol):
    """An `OnRefresh` that also lets one process at a time renew.

    A refresh token is good once: two processes that send the same one lose the session. Whoever
    wants to renew claims first, reads again, and renews only what nobody renewed meanwhile.
    """

    def __call__(self, credentials: dict[str, str]) -> None:
        """Keep new credentials and give the claim back. Raises `Unauthorised` where none are wanted."""
        ...

    def read(self) -> dict[str, str]:
        """The credentials as kept at this moment. Raises `Unauthorised` where there are none."""
        ...

    def claim(self) -> bool:
        """Whether this process alone may renew from now on, for some minutes at most."""
        ...

    def release(self) -> None:
        """Give the claim back without new credentials."""
        ...
