"""What a person hears, by which ways, and when their devices stay silent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from colibri.common.doors import signed_in
from colibri.people import actions
from colibri.people.browsers import browser_name, device_here, mark_device
from colibri.people.forms import DeviceForm, HoursForm
from colibri.people.models import NoticeOff
from colibri.people.queries import account_of, clocks_of, devices_of, notices_of, push_sender

__all__ = ["device", "end_device", "hearing", "notice", "push_worker"]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest) -> HttpResponse:
    """Every kind of news and its ways, the devices, the quiet hours; POST changes the hours."""
    account = account_of(request.user)
    hours = {"quiet_from": account.quiet_from, "quiet_until": account.quiet_until}
    form = HoursForm(request.POST or None, initial=hours)
    if request.method == "POST" and form.is_valid():
        actions.choose_quiet_hours(account, form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"])
        messages.success(request, _("Noted."))
        return redirect("people:hearing")
    notices = notices_of(account)
    context = {
        "notices": notices,
        "ways_shown": " ".join(way for way, _words, _wanted in notices[0][2]),
        "devices": devices_of(account),
        "here": device_here(request, account),
        "clocks": clocks_of(account).key,
        "form": form,
        "key": push_sender().public,
    }
    return render(request, "people/hearing.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """Want of each kind of news, by each way the page showed (`ways`), what is ticked and nothing else."""
    ways = request.POST.get("ways", "").split()
    if not ways or not dict(NoticeOff.WAYS).keys() >= set(ways):
        raise Http404
    account = account_of(request.user)
    for way in ways:
        ticked = request.POST.getlist(way)
        for kind, _label in NoticeOff.KINDS:
            change = actions.want_notice if kind in ticked else actions.silence_notice
            change(account, kind, way)
    messages.success(request, _("Noted."))
    return redirect("people:hearing")


@signed_in
@require_POST
def device(request: HttpRequest) -> HttpResponse:
    """Be told in this browser from now on."""
    form = DeviceForm(request.POST)
    answer = redirect("people:hearing")
    if form.is_valid():
        name = browser_name(request.headers.get("User-Agent", ""))
        made = actions.add_device(account_of(request.user), form.subscription, name=name, now=timezone.now())
        mark_device(answer, made)
        messages.success(request, _("You are told in this browser too."))
    else:
        messages.error(request, _("What your browser said cannot be used. Please press the button again."))
    return answer


@signed_in
@require_POST
def end_device(request: HttpRequest, device: int) -> HttpResponse:
    """Be told in a browser no longer."""
    actions.end_device(get_object_or_404(devices_of(account_of(request.user)), pk=device))
    messages.success(request, _("Nothing more is told there."))
    return redirect("people:hearing")


@require_http_methods(["GET", "HEAD"])
def push_worker(request: HttpRequest) -> HttpResponse:
    """The worker that shows what is told: at the root, since it may then open every page."""
    answer = render(request, "people/push.js", content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
