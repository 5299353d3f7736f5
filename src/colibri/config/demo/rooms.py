"""What stands around the relay in the demonstration: a helper, a cohort, causes, a portrait, words to read.

All of it is written by the rooms' own actions after the day, so that the day's figures are those of the day.
"""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Answer
from colibri.causes.actions import begin_cause, join_cause, publish_cause, tell_end, write_news
from colibri.causes.models import Cause
from colibri.config.day import finish_work
from colibri.config.demo.past import remember
from colibri.helping.actions import ask_for_help, give_help
from colibri.people.models import Account, Collective
from colibri.programme.actions import (
    change_cohort,
    join_cohort,
    make_programme,
    open_cohort,
    propose_workshop,
)
from colibri.programme.models import Cohort, Workshop
from colibri.showcase.actions.articles import change_article, plan_article
from colibri.showcase.actions.papers import (
    accept_contribution,
    change_contribution,
    change_paper,
    move_paper,
    submit_contribution,
)
from colibri.showcase.actions.portraits import agree_to_portrait, change_portrait
from colibri.showcase.models import Article, Contribution, Paper, Portrait

__all__ = ["furnish"]

REGION = "53"


def furnish(collective: Collective, animator: Account, seeker: Account | None) -> Account:
    """Fill the rooms beside the relay, and the year before; returns the helper a visitor may play."""
    helper = _write_all(collective, animator, seeker, timezone.now())
    remember(collective, now=timezone.now())
    finish_work("showcase.Article", now=timezone.now())
    finish_work("helping.HelpRequest", now=timezone.now())
    return helper


@transaction.atomic
def _write_all(collective: Collective, animator: Account, seeker: Account | None, now: datetime) -> Account:
    helper = Account.objects.create_user("aidante@demo.example", name="Myrtille Huppe")
    give_help(helper, collective, now=now, kinds=["message", "cv", "interview"], languages=["fr"], a_week=3)
    _programme(collective, animator, seeker, now)
    _showcase(collective, animator, now)
    _causes(collective, animator, now)
    _paper(collective, animator, helper, now)
    if seeker is not None:
        words = "Est-ce que mon message donne envie de m'appeler ?"
        text = seeker.appeals.filter(kind="search").latest("created_at").message.text
        ask_for_help(collective, seeker, "message", now=now, words=words, text=text, languages=["fr"])
    return helper


def _programme(collective: Collective, animator: Account, seeker: Account | None, now: datetime) -> None:
    """The six steps, a cohort that walks them, and two workshops of the weeks to come."""
    today = timezone.localdate(now)
    cohort = Cohort(programme=make_programme(collective, "fr"), name="Bretagne, cet hiver", region=REGION)
    cohort.begins_on, cohort.ends_on = today - timedelta(days=14), today + timedelta(days=120)
    open_cohort(change_cohort(cohort))
    if seeker is not None:
        join_cohort(seeker, cohort, now=now)
    evening = datetime.combine(today, time(18, 30), tzinfo=timezone.get_current_timezone())
    for days, title, learn in (
        (6, "Oser l'entretien", "Se présenter en une minute, et répondre aux questions qui fâchent."),
        (
            13,
            "Un message qui s'arrête sous les yeux",
            "Écrire en deux cents signes le métier, le lieu et l'élan.",
        ),
    ):
        begins = evening + timedelta(days=days)
        workshop = Workshop(collective=collective, host_name=animator.name, title=title, learn=learn)
        workshop.starts_at, workshop.ends_at = begins, begins + timedelta(hours=1)
        workshop.link = f"https://salle.example/{days}"
        propose_workshop(workshop, animator, now=now)


def _showcase(collective: Collective, animator: Account, now: datetime) -> None:
    """Somebody's portrait, told by an animator and agreed to by the person, and an article."""
    subject = Account.objects.create_user("portrait@demo.example", name="Bruyère Alouette")
    portrait = Portrait(collective=collective, author=animator, subject=subject, name=subject.name)
    portrait.trade, portrait.family, portrait.region = "soudeuse", "H", REGION
    portrait.summary = "Dix ans de chantier naval, et l'envie de transmettre."
    portrait.way = (
        "J'ai commencé à dix-huit ans, à l'arc. On m'a appris à regarder le métal avant de le toucher."
    )
    portrait.hope = "Un atelier où former des apprenties."
    portrait = change_portrait(portrait, animator, now=now)
    agree_to_portrait(portrait, version=portrait.version, by="page", now=now)
    article = Article(collective=collective, author=animator, byline=animator.name)
    article.title, article.summary = "Se présenter en une minute", "Trois phrases suffisent, dans cet ordre."
    article.text = (
        "## Ce que vous savez faire\n\nUn métier, un geste, **un exemple**.\n\n"
        "## Ce que vous cherchez\n\nUn poste, un lieu, un contrat.\n\n"
        "## Comment vous joindre\n\nUn seul moyen, celui que vous lisez chaque jour."
    )
    article.step = "interview"
    article = change_article(article, now=now)
    plan_article(article, version=article.version, at=now, now=now)


def _causes(collective: Collective, animator: Account, now: datetime) -> None:
    """A workshop that waits for the animator's yes, since the day's plan was made without it; one saved."""
    mill = _cause(
        collective,
        Account.objects.create_user("scierie@demo.example", name="Genêt Sittelle"),
        title="Sauvons la scierie des Genêts",
        text="La scierie des Genêts ferme si personne ne la reprend. Parlez-en autour de vous.",
        goal="un repreneur, douze emplois",
        story="## Depuis 1920\n\nOn y scie du chêne, et l'on y apprend le métier.",
        needs="Un repreneur, ou quelqu'un qui en connaît un.",
        now=now,
    )
    publish_cause(mill, by="page", now=now)
    began = timezone.localtime(now).replace(hour=12, minute=0) - timedelta(days=70)
    spinners = _cause(
        collective,
        Account.objects.create_user("filature@demo.example", name="Violette Bouvreuil"),
        title="La filature du Martinet cherche un repreneur",
        text="Trente-deux métiers à filer, trente-deux personnes. Le tribunal décide dans un mois.",
        goal="un repreneur, trente-deux emplois",
        story="## Une laine d'ici\n\nLa filature achète sa laine à moins de cent kilomètres.",
        needs="",
        now=began,
    )
    publish_cause(spinners, by="page", now=began)
    accept_appeal(spinners.appeal, by=animator, now=began)
    for account in (animator, *Account.objects.filter(roles__kind="relay").order_by("pk")[:7]):
        join_cause(spinners.allies.all()[0], account, name=account.name, named=False, now=began)
    for number in range(3):
        words = {"name": f"Atelier {number + 1}", "email": "atelier@demo.example", "text": "Parlons-en."}
        Answer.objects.create(appeal=spinners.appeal, state="forwarded", written_at=began, **words)
    later = began + timedelta(days=9)
    write_news(spinners, "Deux visites cette semaine.", public=True, by=animator, now=later)
    told = "Une coopérative des salariées et un tisserand voisin reprennent ensemble. Merci à chaque relais."
    tell_end(spinners, "saved", told, by="page", now=began + timedelta(days=31))


def _cause(collective: Collective, beginner: Account, *, now: datetime, **words: str) -> Cause:
    deadline = timezone.localdate(now) + timedelta(days=30)
    return begin_cause(collective, beginner, name=beginner.name, deadline=deadline, now=now, **words)


def _paper(collective: Collective, animator: Account, helper: Account, now: datetime) -> None:
    """A white paper of two chapters, by an animator and a helper."""
    paper = Paper(collective=collective, title="Ce que relayer nous a appris")
    paper.call = "Racontez en une page ce que vous referiez, et ce que vous ne referiez pas."
    paper.foreword = "Un an de messages relayés, raconté par celles et ceux qui l'ont fait."
    paper = change_paper(paper, now=now)
    move_paper(paper, "open", now=now)
    for author, title, text in (
        (
            animator,
            "Dire non sans blesser",
            "Un message que la charte ne relaie pas reste celui d'une personne.\n\n"
            "## Ce que nous referions\n\n- répondre **le jour même** ;\n- dire pourquoi, en une phrase ;\n"
            "- donner une adresse qui peut aider.",
        ),
        (
            helper,
            "Relire un CV à deux",
            "On commence par écouter. Le papier vient ensuite.\n\n"
            "## Trois questions\n\n1. Qu'avez-vous fait dont vous êtes fier ?\n2. Qui l'a vu ?\n"
            "3. Que voulez-vous refaire ?\n\n> On ne corrige pas une vie, on aide à la raconter.",
        ),
    ):
        chapter = Contribution(paper=paper, author=author, byline=author.name, title=title, text=text)
        chapter = change_contribution(chapter, now=now)
        submit_contribution(chapter, now=now)
        accept_contribution(chapter, now=now)
    move_paper(paper, "closed", now=now)
    move_paper(paper, "published", now=now)
