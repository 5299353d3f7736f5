"""What the doctor found."""

from dataclasses import asdict, dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "good", "warning", "broken" or "skipped", what it says, and how to mend it."""

    check: str
    state: str
    says: str
    mend: str = ""

    def to_dict(self) -> dict[str, str]:
        """As `--json` prints it."""
        return asdict(self)
