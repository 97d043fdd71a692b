"""The pages that gather: home, search, health."""

from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render

from fenghuo.desk.gather import register


def home(request):
    """What matters now: the band, the map, who is on duty, running clocks, the log."""
    request.caller.must("home.read")
    caller = request.caller
    return render(
        request,
        "site/home.html",
        {"headlines": register.all_headlines(caller), "open_items": register.all_open_items(caller)},
    )


def search(request):
    """Hits of every app for `q`."""
    request.caller.must("search.read")
    text = request.GET.get("q", "").strip()
    hits = register.hits(request.caller, text) if text else []
    return render(request, "site/search.html", {"q": text, "hits": hits})


def health(request):
    """`{"status": "ok"}` once the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
