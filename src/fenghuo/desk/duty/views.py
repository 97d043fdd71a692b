"""Screens of duty: the day with its log, the roster, the handover."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fenghuo.core.access import RuleBroken
from fenghuo.desk.gather import register
from fenghuo.desk.wire import day_in

from . import commands, hours, queries
from .forms import CorrectForm, HandoverForm, ShiftForm


def day(request):
    """Who is on, what comes next, and the log of one day."""
    caller = request.caller
    caller.must("duty.read")
    today = timezone.localtime(caller.now).date()
    shown = min(day_in(request.GET.get("date")) or today, today)
    desks, desk = _desk(request)
    return render(
        request,
        "duty/day.html",
        {
            "shown": shown,
            "is_today": shown == today,
            "before": shown - timedelta(1),
            "after": shown + timedelta(1) if shown < today else None,
            "desks": desks,
            "desk_area": desk,
            "shift": queries.on_shift(caller, caller.now, desk.code if desk else None),
            "next": queries.next_shift(caller, caller.now, desk.code if desk else None),
            "lines": queries.log_of_day(caller, shown),
            "waiting": queries.handovers(caller).filter(taken_at=None).first(),
            "may_hand_over": caller.may("duty.handover") and queries.shift_to_hand_over(caller),
        },
    )


def roster(request):
    """A week of the roster, and its gaps."""
    caller = request.caller
    caller.must("duty.read")
    this_week = hours.monday_of(caller.now)
    monday = hours.monday_of(day_in(request.GET.get("week")) or this_week)
    desks, desk = _desk(request)
    return render(
        request,
        "duty/roster.html",
        {
            "week": queries.week(caller, monday, desk.code) if desk else None,
            "monday": monday,
            "sunday": monday + timedelta(6),
            "before": monday - timedelta(7),
            "after": monday + timedelta(7),
            "is_this_week": monday == this_week,
            "today": timezone.localtime(caller.now).date(),
            "desks": desks,
            "desk_area": desk,
            "may_edit": desk is not None and caller.may("duty.roster", desk.code),
        },
    )


def shift(request, pk=None):
    """Enter a shift or change one."""
    caller = request.caller
    caller.must("duty.roster")
    found = queries.shift(caller, pk) if pk else None
    area = found.area if found else queries.desk(caller, request.GET.get("area", ""))
    first = day_in(request.GET.get("day")) or timezone.localtime(caller.now).date()
    form = ShiftForm(request.POST or None, caller=caller, area=area, shift=found, day=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = commands.set_shift(caller, area=area, shift=found, **form.act())
        except RuleBroken as broken:
            field = "officer" if broken.field == "officers" else broken.field
            form.add_error(field if field in form.fields else None, str(broken))
        else:
            messages.success(request, _("The shift is on the roster."))
            return redirect(_week_url(kept.start, kept.area))
    return render(
        request,
        "duty/shift.html",
        {
            "form": form,
            "shift": found,
            "area": area,
            "monday": hours.monday_of(found.start if found else first),
            "may_remove": found is not None and found.start > caller.now,
        },
        status=422 if form.errors else 200,
    )


@require_POST
def remove_shift(request, pk):
    """Take a shift off the roster."""
    caller = request.caller
    caller.must("duty.roster")
    found = queries.shift(caller, pk)
    start, area = found.start, found.area
    commands.remove_shift(caller, found)
    messages.success(request, _("The shift is off the roster."))
    return redirect(_week_url(start, area))


@require_POST
def copy_week(request):
    """Fill a week after the one before."""
    caller = request.caller
    caller.must("duty.roster")
    monday = hours.monday_of(day_in(request.POST.get("week")) or hours.monday_of(caller.now))
    area = queries.desk(caller, request.POST.get("area", ""))
    made = commands.copy_week(caller, area=area, source=monday - timedelta(7), target=monday)
    messages.success(request, ngettext("%s shift copied.", "%s shifts copied.", len(made)) % len(made))
    return redirect(f"{reverse('duty:roster')}?week={monday.isoformat()}&area={area.code}")


@require_POST
def log(request):
    """Add a line to the log; htmx gets the list anew, of the day or (`show=tail`) its last lines."""
    caller = request.caller
    commands.add_log(caller, request.POST.get("text", ""))
    if not request.htmx:
        return redirect("home" if request.POST.get("show") == "tail" else "duty:day")
    if request.POST.get("show") == "tail":
        return render(request, "duty/_log_tail.html", {"lines": queries.log_tail(caller)})
    today = timezone.localtime(caller.now).date()
    return render(request, "duty/_log.html", {"lines": queries.log_of_day(caller, today), "is_today": True})


def correct(request, pk):
    """Strike a line of the log with a new one."""
    caller = request.caller
    caller.must("duty.log")
    old = queries.log_entry(caller, pk)
    form = CorrectForm(request.POST or None, initial={"text": old.text})
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_log(caller, form.cleaned_data["text"], correction_of=old)
        except RuleBroken as broken:
            form.add_error("text", str(broken))
        else:
            messages.success(request, _("Corrected. The old line stays, struck through."))
            return redirect("duty:day")
    return render(
        request, "duty/correct.html", {"form": form, "old": old}, status=422 if form.errors else 200
    )


def handover(request):
    """Sign the shift over, or confirm what was handed over."""
    caller = request.caller
    caller.must("duty.handover")
    form = HandoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.hand_over(caller, form.cleaned_data["note"])
        messages.success(request, _("Handed over. Somebody of the next shift confirms it."))
        return redirect("duty:handover")
    mine = queries.shift_to_hand_over(caller)
    return render(
        request,
        "duty/handover.html",
        {
            "form": form,
            "mine": mine,
            "following": queries.after(mine) if mine else None,
            "open_items": register.all_open_items(caller) if mine else [],
            "waiting": queries.handovers(caller).filter(taken_at=None),
            "recent": queries.handovers(caller).exclude(taken_at=None)[:10],
            "me": caller.id,
        },
        status=422 if form.errors else 200,
    )


def handed_over(request, pk):
    """One handover as it was signed."""
    return render(request, "duty/handed_over.html", {"handover": queries.handover(request.caller, pk)})


@require_POST
def take_over(request, pk):
    """Confirm a handover."""
    caller = request.caller
    caller.must("duty.handover")
    commands.take_over(caller, queries.handover(caller, pk))
    messages.success(request, _("You have taken over."))
    return redirect("duty:day")


def _desk(request):
    """The rosters in sight, and the one that is asked for."""
    return queries.desks(request.caller), queries.desk(request.caller, request.GET.get("area", ""))


def _week_url(moment, area) -> str:
    return f"{reverse('duty:roster')}?week={hours.monday_of(moment).isoformat()}&area={area.code}"
