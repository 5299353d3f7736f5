"""Where everybody goes after signing in: straight to what they are here for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from colibri.appeals.queries import title_of
from colibri.causes.queries import causes_of
from colibri.common.doors import signed_in
from colibri.conversations.queries import unread
from colibri.home.queries import board_of
from colibri.home.standing import standing_of
from colibri.people.models import Collective
from colibri.people.queries import account_of

__all__ = ["mine"]


@never_cache
@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One thing to do: go there. Several, or none: a small board, a seeker's with where they stand.

    `?all` always shows the board.
    """
    account = account_of(request.user)
    board = board_of(account)
    open_appeals = [one for one in board.appeals if one.state != "closed"]
    causes = list(causes_of(account))
    news = unread(account)
    ways = len(board.animates) + len(open_appeals) + bool(board.offers) + len(causes) + bool(news)
    ways += bool(board.givings)
    if ways == 1 and "all" not in request.GET and not account.is_staff:
        if board.animates:
            return redirect("home:day", board.animates[0].slug)
        if news:
            return redirect("conversations:conversations")
        if board.offers:
            return redirect("relays:today")
        if causes:
            return redirect("causes:group", causes[0].appeal.public_id)
        if board.givings:
            return redirect("helping:mine")
        if open_appeals[0].state in ("draft", "refused"):
            return redirect("appeals:claim", open_appeals[0].public_id)
    context = {
        "board": board,
        "standing": standing_of(account, board.appeals, now=timezone.now()),
        "news": news,
        "open_appeals": open_appeals,
        "appeals": [
            (one, title_of(one)) for one in board.appeals if one.state == "closed" or one.kind != "search"
        ],
        "causes": causes,
        "collectives": Collective.objects.order_by("name"),
    }
    return render(request, "home/mine.html", context)
