"""A stream that begins again a little earlier does no harm."""

from colibri.appeals.models import Appeal, Note
from colibri.federation.models import Source


def test_what_is_heard_a_second_time_changes_nothing(village):
    appeal = village.invited("camille")
    village.says("camille", appeal, "Oui !")
    gone = village.posts("sasha")
    village.client("sasha").delete(gone.uri)
    village.hear()
    before = sorted(Appeal.objects.values_list("pk", "state", "ending")), Note.objects.count()
    sent = len(village.world.log())

    Source.objects.update(cursor="0")
    village.hear()
    village.work()

    assert (sorted(Appeal.objects.values_list("pk", "state", "ending")), Note.objects.count()) == before
    assert len(village.world.log()) == sent
