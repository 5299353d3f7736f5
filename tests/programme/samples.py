"""What an address of the programme names, in the sample world."""

from datetime import UTC, date, datetime

from colibri.people.models import Account, Collective
from colibri.programme.actions import join_cohort, make_programme
from colibri.programme.models import (
    Ability,
    CalendarKey,
    Cohort,
    Gift,
    Leaning,
    Partner,
    Registration,
    Skill,
    Trade,
    TrainingBody,
    Workshop,
)

__all__ = ["programme_samples"]


def programme_samples(collective: Collective, people: dict[str, Account]) -> dict[str, object]:
    """A workshop the relay leads, in which the seeker has a place, and a cohort the seeker walks with."""
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
    programme = make_programme(collective, "fr")
    cohort = Cohort.objects.create(
        programme=programme,
        name="Bretagne, hiver",
        region="53",
        begins_on=date(2026, 11, 1),
        ends_on=date(2027, 3, 1),
        state="open",
    )
    join_cohort(people["seeker"], cohort, now=datetime(2026, 11, 20, tzinfo=UTC))
    partner = Partner.objects.create(collective=collective, name="L'Atelier", site="https://atelier.example")
    cohort.partners.add(partner)
    gift = Gift.objects.create(partner=partner, kind="mentors", number=3, given_on=date(2026, 11, 2))
    skill = Skill.objects.create(label="Souder à l'arc", folded="souder a l'arc", spread=1)
    trade = Trade.objects.create(code="H2913", label="Soudage manuel")
    trade.skills.add(skill, Skill.objects.create(label="Lire un plan", folded="lire un plan", spread=1))
    ability = Ability.objects.create(account=people["seeker"], skill=skill, words=skill.label)
    Leaning.objects.create(account=people["seeker"], answers={"machines": 2, "hands": 1, "care": 0})
    TrainingBody.objects.create(collective=collective, name="L'Atelier du câble", region="53", town="Brest")
    pages = ("workshop", "event", "place", "feedback", "change", "decide", "attendance")
    return {
        **{f"programme:{page}.public_id": workshop.public_id for page in pages},
        "programme:my_calendar.secret": key.secret,
        **{f"programme:{page}.public_id": programme.public_id for page in ("steps", "new_cohort")},
        **{
            f"programme:{page}.public_id": cohort.public_id
            for page in ("cohort", "join", "mark", "change_cohort", "turn")
        },
        "programme:mark.step": programme.steps.all()[0].pk,
        "programme:partner.public_id": partner.public_id,
        "programme:forget_gift.public_id": partner.public_id,
        "gift": gift.pk,
        "ability": ability.pk,
    }
