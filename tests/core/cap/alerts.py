"""Examples and Hypothesis strategies of CAP alerts that the tests of this folder share."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha1
from math import cos, radians, sin
from pathlib import Path

from hypothesis import strategies as st

from fenghuo.core import cap

EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.xml"))
FIRE = (Path(__file__).parent / "examples" / "signed_fire.xml").read_bytes()

BEIJING = timezone(timedelta(hours=8))


def simple_alert(**changes: object) -> cap.Alert:
    """A small alert without a fault."""
    fields = {
        "identifier": "a-1",
        "sender": "duty@township.example",
        "sent": datetime(2026, 4, 3, 14, 30, tzinfo=BEIJING),
        "status": cap.Status.ACTUAL,
        "msg_type": cap.MsgType.ALERT,
        "scope": cap.Scope.PUBLIC,
        "infos": (simple_info(),),
    }
    return cap.Alert(**(fields | changes))


def simple_info(**changes: object) -> cap.Info:
    """A small info without a fault."""
    fields = {
        "categories": (cap.Category.FIRE,),
        "event": "森林火险",
        "urgency": cap.Urgency.EXPECTED,
        "severity": cap.Severity.SEVERE,
        "certainty": cap.Certainty.LIKELY,
        "language": "zh-CN",
        "expires": datetime(2026, 4, 4, 20, 0, tzinfo=BEIJING),
    }
    return cap.Info(**(fields | changes))


_offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_xml_text = st.text(
    st.one_of(
        st.sampled_from("\t\n\r <>&\"'"),
        st.characters(min_codepoint=0x20, exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
    ),
    max_size=30,
)
_readable = _xml_text.filter(str.strip)
_tokens = _readable.map(lambda text: text.strip(" \t\r\n")).filter(str.strip)
_names = st.text("abcXYZ0189.-_@:岭", min_size=1, max_size=12)
_words = _xml_text.map(lambda text: text.replace('"', ""))
_codes = st.builds(cap.ValuePair, _tokens, _tokens)
_parameters = st.builds(cap.ValuePair, _readable, _xml_text)
_addresses = st.builds("https://township.example/{}".format, st.text("abc/", max_size=5))


def _moments(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    naive = st.datetimes(first, last).map(lambda moment: moment.replace(microsecond=0))
    return st.builds(lambda moment, zone: moment.replace(tzinfo=UTC).astimezone(zone), naive, _offsets)


_before = _moments(datetime(1, 1, 2), datetime(2029, 12, 31))
_later = _moments(datetime(2031, 1, 1), datetime(9999, 12, 30))
_points = st.builds(cap.Point, st.floats(-90, 90), st.floats(-180, 180))
_circles = st.builds(cap.Circle, _points, st.floats(0, 20000))


@st.composite
def polygons(draw: st.DrawFn) -> cap.Polygon:
    """Rings without a fault: closed, against the clock, of any place, size and number of corners."""
    south, west = draw(st.floats(-80, 80)), draw(st.floats(-170, 170))
    reach = draw(st.floats(0.1, 9))
    turns = sorted(draw(st.sets(st.integers(0, 17), min_size=3, max_size=9)))
    corners = [
        cap.Point(south + reach * sin(radians(20 * turn)), west + reach * cos(radians(20 * turn)))
        for turn in turns
    ]
    return cap.Polygon((*corners, corners[0]))


def _many(each: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(each, max_size=2, unique=True).map(tuple)


def _maybe(each: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | each


@st.composite
def _areas(draw: st.DrawFn) -> cap.Area:
    low = draw(_maybe(st.floats(-1000, 30000)))
    high = draw(_maybe(st.floats(low, 60000))) if low is not None else None
    shapes, rounds = draw(_many(polygons())), draw(_many(_circles))
    return cap.Area(
        description=draw(_readable),
        polygons=shapes,
        circles=rounds,
        geocodes=draw(_many(_codes)) if shapes or rounds else (),
        altitude=low,
        ceiling=high,
    )


@st.composite
def _resources(draw: st.DrawFn) -> cap.Resource:
    held = draw(_maybe(st.binary(min_size=1, max_size=20)))
    digest = (
        sha1(held).hexdigest() if held is not None else draw(st.text("0189abcdef", min_size=40, max_size=40))
    )
    return cap.Resource(
        description=draw(_readable),
        mime_type=draw(st.sampled_from(["image/png", "text/html; charset=utf-8"])),
        size=draw(_maybe(st.just(len(held)) if held is not None else st.integers(0, 10**18 - 1))),
        uri=draw(_addresses),
        deref_uri=b64encode(held).decode() if held is not None else None,
        digest=draw(_maybe(st.just(digest))),
    )


_responses = st.just((cap.ResponseType.NONE,)) | _many(
    st.sampled_from([each for each in cap.ResponseType if each is not cap.ResponseType.NONE])
)


def _infos(urgency: cap.Urgency, severity: cap.Severity, certainty: cap.Certainty) -> st.SearchStrategy:
    """Infos of one alert, which say the same in every language."""
    return st.builds(
        cap.Info,
        categories=st.lists(st.sampled_from(cap.Category), min_size=1, max_size=3, unique=True).map(tuple),
        event=_readable,
        urgency=st.just(urgency),
        severity=st.just(severity),
        certainty=st.just(certainty),
        language=_maybe(st.sampled_from(["zh-CN", "en-US", "mn"])),
        response_types=_responses,
        audience=_maybe(_readable),
        event_codes=_many(_codes),
        effective=_maybe(_before),
        onset=_maybe(_before),
        expires=_maybe(_later),
        sender_name=_maybe(_readable),
        headline=_maybe(_readable),
        description=_maybe(_readable),
        instruction=_maybe(_readable),
        web=_maybe(_addresses),
        contact=_maybe(_readable),
        parameters=_many(_parameters),
        resources=_many(_resources()),
        areas=_many(_areas()),
    )


_signatures = st.builds(
    '<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"><s:KeyName>{}</s:KeyName></s:Signature>'.format,
    st.text("AZaz09+/", max_size=8),
).map(str.encode)


@st.composite
def valid_alerts(draw: st.DrawFn) -> cap.Alert:
    """Alerts over the whole element set that have no fault, not even a warning's."""
    kind, scope = draw(st.sampled_from(cap.MsgType)), draw(st.sampled_from(cap.Scope))
    sent = draw(_moments(datetime(2030, 1, 1), datetime(2030, 12, 31)))
    earlier = st.builds(cap.Reference, st.just("earlier@township.example"), _names, _before)
    refers = kind is not cap.MsgType.ALERT
    private = scope is cap.Scope.PRIVATE
    grave = [draw(st.sampled_from(kind)) for kind in (cap.Urgency, cap.Severity, cap.Certainty)]
    return cap.Alert(
        identifier=draw(_names),
        sender=draw(_names),
        sent=sent,
        status=draw(st.sampled_from(cap.Status)),
        msg_type=kind,
        scope=scope,
        source=draw(_maybe(_readable)),
        restriction=draw(_readable) if scope is cap.Scope.RESTRICTED else None,
        addresses=tuple(draw(st.lists(_words, min_size=int(private), max_size=3))),
        codes=draw(_many(_tokens)),
        note=draw(_readable),
        references=tuple(
            draw(st.lists(earlier, min_size=int(refers), max_size=2 * int(refers), unique=True))
        ),
        incidents=draw(_many(_words)),
        infos=tuple(draw(st.lists(_infos(*grave), min_size=1, max_size=2))),
        extra=draw(_many(_signatures)),
    )
