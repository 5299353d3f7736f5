"""What an address of federation names, in the sample world."""

from colibri.federation.models import Following, RemoteActor
from colibri.people.models import Collective

__all__ = ["federation_samples"]


def federation_samples(collective: Collective) -> dict[str, object]:
    """A group of another server that was asked whether it may be followed."""
    there = "https://ailleurs.example/groups/emploi"
    group = RemoteActor.objects.create(
        actor_id=there, handle="emploi@ailleurs.example", name="Emploi", inbox=f"{there}/inbox"
    )
    asked = Following.objects.create(collective=collective, actor=group, follow_id="https://x.example/1")
    return {"federation:unfollow.following": asked.pk}
