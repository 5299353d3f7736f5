"""What an address of the programme names, in the sample world."""

from datetime import UTC, datetime

from colibri.people.models import Account, Collective
from colibri.programme.models import CalendarKey, Registration, Workshop

__all__ = ["programme_samples"]


def programme_samples(collective: Collective, people: dict[str, Account]) -> dict[str, object]:
    """A workshop the relay leads, in which the seeker has a place."""
    workshop = Workshop.objects.create(
        collective=collective,
        host=people["relay"],
        host_name="Pic",
        title="Oser l'entretien",
        learn="Se présenter en une minute, répondre aux questions qui fâchent.",
        starts_at=datetime(2027, 2, 1, 17, 30, tzinfo=UTC),
        ends_at=datetime(2027, 2, 1, 19, tzinfo=UTC),
        link="https://salle.example/1",
        state="agreed",
    )
    Registration.objects.create(workshop=workshop, account=people["seeker"], state="held")
    key = CalendarKey.objects.create(account=people["seeker"])
    pages = ("workshop", "event", "place", "feedback", "change", "decide", "attendance")
    return {
        **{f"programme:{page}.public_id": workshop.public_id for page in pages},
        "programme:my_calendar.secret": key.secret,
    }
