"""What an address of the causes names, in the sample world."""

from datetime import date

from colibri.appeals.models import Appeal, Message
from colibri.causes.models import Ally, Cause, Change, Material, News
from colibri.common.signing import token
from colibri.people.models import Account, Collective

__all__ = ["cause_samples"]


def cause_samples(collective: Collective, beginner: Account) -> dict[str, object]:
    """A public cause of the beginner's, with its group, its news and its kit."""
    appeal = Appeal.objects.create(
        collective=collective,
        kind="cause",
        account=beginner,
        title="Sauvons la scierie",
        state="active",
        accepts_answers=True,
    )
    Message.objects.create(appeal=appeal, text="Trente-deux emplois, un repreneur à trouver.")
    cause = Cause.objects.create(
        appeal=appeal,
        goal="un repreneur",
        story="## Depuis 1920\n\nOn y scie du **chêne**.",
        needs="Un repreneur",
        deadline=date(2031, 1, 15),
    )
    ally = Ally.objects.create(cause=cause, account=beginner, name="Pic", named=True)
    News.objects.create(cause=cause, text="Une première offre.")
    Material.objects.create(cause=cause, place="short", text="La scierie cherche un repreneur.")
    News.objects.create(cause=cause, text="Une deuxième offre.", waits=True)
    Change.objects.create(cause=cause, goal="deux repreneurs", story=cause.story, needs="Deux repreneurs")
    pages = ("cause", "group", "write", "changes", "decide", "picture")
    return {
        **{f"causes:{page}.public_id": appeal.public_id for page in pages},
        "causes:join.token": token("cause", ally.pk),
    }
