"""What authors do with their appeal on the site: claim it, correct it, rewrite it, let it be posted."""

from datetime import datetime
from typing import Any

from django.db import transaction

from colibri.appeals.actions.lifecycle import confirm_appeal, correct_appeal, judge, only_one, send_back
from colibri.appeals.actions.measuring import set_measuring
from colibri.appeals.actions.posts import reword
from colibri.appeals.actions.publishing import plan_publications
from colibri.appeals.models import APPEAL, Appeal
from colibri.appeals.queries import RELAYABLE, may_be_corrected, may_be_rewritten
from colibri.common.states import WrongMove
from colibri.people.actions import give_consent, withdraw_consent
from colibri.people.models import Account

__all__ = ["claim_appeal", "keep_corrections", "rewrite_appeal", "set_publishing"]

SENSE = ("meant", "occupation", "region", "contracts", "link", "strengths")
"""A change of these changes whom the appeal is for, what its picture says, or where it leads: an animator
looks at it again."""


def claim_appeal(appeal: Appeal, account: Account) -> None:
    """Bind it to the account of its author, once. Raises `OneAlready` where they have another open one."""
    with only_one():
        if Appeal.objects.filter(pk=appeal.pk, account=None).update(account=account):
            appeal.account = account


@transaction.atomic
def keep_corrections(
    appeal: Appeal,
    account: Account,
    changes: dict[str, Any],
    *,
    publish: bool | None,
    measure: bool | None = None,
    now: datetime,
) -> None:
    """Keep what its author corrected; a draft is confirmed with it, a changed sense is judged again.

    `publish` says whether the collective may publish it, `measure` whether reader and corrections may be
    compared later; None where that was not asked. A refused appeal
    the charter still refuses stays refused. Raises `WrongMove` where it is over,
    or an animator refused it.
    """
    if not may_be_corrected(appeal):
        raise WrongMove(appeal, "submitted")
    claim_appeal(appeal, account)
    before = _sense(appeal)
    correct_appeal(appeal, changes)
    if publish is not None:
        set_publishing(appeal, publish, by="page", now=now)
    if measure is not None:
        set_measuring(appeal, measure, by="page", now=now)
    verdict = appeal.verdict
    if appeal.state == "draft" and verdict.reason == "not_a_search":
        judge(appeal, now=now)
    elif appeal.state == "draft":
        confirm_appeal(appeal, account=account, by="page", now=now)
    elif appeal.state == "refused":
        if verdict.outcome == "refused":
            Appeal.objects.filter(pk=appeal.pk).update(refusal=verdict.reason)
            appeal.refusal = verdict.reason
        else:
            confirm_appeal(appeal, account=account, by="page", now=now)
    elif before != _sense(appeal) and appeal.state in APPEAL.before("submitted"):
        send_back(appeal, now=now)


def _sense(appeal: Appeal) -> list[object]:
    return [getattr(appeal, name) or ("search" if name == "meant" else "") for name in SENSE]


def set_publishing(appeal: Appeal, allowed: bool, *, by: str, now: datetime) -> None:
    """Let the collective publish it in its author's name, or no more: its posts are deleted then."""
    collective, account, identity = appeal.collective, appeal.account, appeal.identity
    if allowed:
        give_consent(collective, "publish_for_me", account=account, identity=identity, by=by, now=now)
        if appeal.state in RELAYABLE:
            plan_publications(appeal, now=now)
    else:
        withdraw_consent(collective, "publish_for_me", account=account, identity=identity, by=by, now=now)


@transaction.atomic
def rewrite_appeal(appeal: Appeal, account: Account, text: str, *, now: datetime) -> None:
    """A new version of a message written on the site, read again; only before it is published.

    Raises `WrongMove` afterwards.
    """
    if not may_be_rewritten(appeal):
        raise WrongMove(appeal, "draft")
    reword(appeal, text, account.language, now=now)
