"""Notes, publications and forwarded answers wait for their turn like every other piece of work."""

from colibri.appeals.actions.answers import give_up_answer, work_on_answer
from colibri.appeals.actions.notes import give_up_note, send_note
from colibri.appeals.actions.publishing import give_up_publication, work_on_publication
from colibri.appeals.mails import appeal_ends
from colibri.appeals.models import Answer, Note, Publication
from colibri.common import work
from colibri.people.letters import register

work.register(Note, send_note, give_up_note, "appeal__collective", "identity__credential")
work.register(
    Publication, work_on_publication, give_up_publication, "appeal__collective", "identity__credential"
)
work.register(Answer, work_on_answer, give_up_answer, "appeal__account")
register("appeal_ends", "news", appeal_ends)
