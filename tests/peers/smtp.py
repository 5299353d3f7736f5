"""A real SMTP server that keeps what it is given, on a random port of loopback.

As a fixture: `smtp_server` (`.port`, `.url`, `.messages`, `.wait_for(count)`, `.refused`, `.clear()`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.peers.process import free_port, wait_until

__all__ = ["ReceivedMail", "SmtpServer", "smtp_server"]


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One accepted message: the envelope's addresses and the message itself."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    def body(self, kind: str = "plain") -> str:
        """The text of its plain or html part, empty where it has none."""
        part = self.message.get_body((kind,))
        return part.get_content().replace("\r\n", "\n") if part else ""


@dataclass(slots=True)
class SmtpServer:
    """What arrived, oldest first; mail to an address in `refused` is answered 550."""

    port: int
    messages: list[ReceivedMail] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def clear(self) -> None:
        """Forget all mail and all refusals."""
        self.messages.clear()
        self.refused.clear()

    def wait_for(self, count: int, *, seconds: float = 60) -> list[ReceivedMail]:
        """The messages, once there are at least `count`; raises `AssertionError` after the time."""
        if not wait_until(lambda: len(self.messages) >= count, seconds=seconds):
            raise AssertionError(f"{len(self.messages)} of {count} messages had arrived after {seconds} s")
        return list(self.messages)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        self.messages.append(ReceivedMail(envelope.mail_from or "", list(envelope.rcpt_tos), message))
        return "250 OK"


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[SmtpServer]:
    """A real SMTP server of this test session's own."""
    server = SmtpServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
