"""The pages that gather: home, search, health."""

from django.db import connection
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import render

from fenghuo.desk.gather import register
from fenghuo.desk.places import maps


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


def relief(request):
    """The township's relief picture."""
    request.caller.must("places.read")
    base = maps.base()
    if base is None or base.relief is None:
        raise Http404
    response = FileResponse(base.relief.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response
