"""What an address of the helping room names, in the sample world."""

from colibri.common.signing import token
from colibri.helping.models import Giving, HelpRequest, Proposal
from colibri.people.models import Account, Collective

__all__ = ["helping_samples"]


def helping_samples(collective: Collective, seeker: Account, helper: Account) -> dict[str, object]:
    """A seeker's request, offered to a helper."""
    giving = Giving.objects.create(account=helper, collective=collective, kinds=["cv"], languages=["fr"])
    asked = HelpRequest.objects.create(
        collective=collective,
        account=seeker,
        kind="cv",
        state="offered",
        words="Est-ce trop long ?",
        text="Soudeuse.\n\nDix ans d'atelier.",
        languages=["fr"],
    )
    proposal = Proposal.objects.create(request=asked, giving=giving, reasons=["region"])
    return {
        "helping:request.public_id": asked.public_id,
        "helping:mentorship.public_id": asked.public_id,
        "helping:decide.public_id": asked.public_id,
        "helping:tap.token": token("help", proposal.pk),
        "helping:here.token": token("helper", giving.pk),
    }
