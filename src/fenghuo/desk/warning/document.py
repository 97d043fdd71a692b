"""A warning as a CAP 1.2 alert: the form in which it is stored, published and fed to others."""

from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from fenghuo.core import cap
from fenghuo.core.cap.geometry import polygons_of
from fenghuo.desk.places.models import Area

from . import scale, wording
from .models import Warning

BEIJING = ZoneInfo("Asia/Shanghai")
LANGUAGES = {"zh-CN": "zh-hans", "en-US": "en"}


def sender(area: Area) -> str:
    """Who sends: the desk's area code at the host it is published from, unique as CAP 1.2, 3.2.1 asks."""
    return f"{area.code}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}"


def identifier(warning: Warning) -> str:
    """Area code, time of issue (Beijing) and the year's serial number: unique for the sender, without blanks.

    The order follows the identifiers of Chinese warnings as far as those are known (area, time, number).
    """
    assert warning.issued_at is not None
    return f"{warning.area.code}_{warning.issued_at.astimezone(BEIJING):%Y%m%d%H%M%S}_{warning.serial or 0}"


def issuer(area: Area, language: str) -> str:
    """The body that warns: 云岭镇人民政府."""
    if language == "en":
        return f"{area.name_en or area.name} Government"
    return f"{area.name}人民政府"


def alert(warning: Warning, areas: list[Area]) -> cap.Alert:
    """The CAP alert of a warning with its time of issue, number and identifier."""
    level, event = scale.levels()[warning.level], scale.events()[warning.event]
    lifted = warning.msg_type == Warning.Kind.CANCEL
    sent = _whole(warning.issued_at)
    where = tuple(_area(area) for area in areas)

    def info(tag: str) -> cap.Info:
        language = LANGUAGES[tag]
        short = "en" if language == "en" else "zh"
        with override(language):
            return cap.Info(
                language=tag,
                categories=tuple(cap.Category(name) for name in event.categories),
                event=getattr(event, short),
                response_types=(cap.ResponseType.ALL_CLEAR if lifted else cap.ResponseType(event.response),),
                # What is lifted is past and of no severity any more; CAP 1.2, 3.2.2.
                urgency=cap.Urgency.PAST if lifted else cap.Urgency(level.urgency),
                severity=cap.Severity.MINOR if lifted else cap.Severity(level.severity),
                certainty=cap.Certainty.UNLIKELY if lifted else cap.Certainty(level.certainty),
                effective=sent,
                expires=_whole(warning.expires),
                sender_name=issuer(warning.area, short),
                headline=f"{warning.headline_in(short)}",
                description=wording.cause_and_description(warning),
                instruction="\n".join(warning.instructions),
                web=settings.PUBLIC_URL + reverse("warning:feed"),
                parameters=(
                    cap.ValuePair("level", warning.level),
                    cap.ValuePair("level-name", getattr(level, short)),
                    *([cap.ValuePair("number", warning.number)] if warning.number else []),
                ),
                areas=where,
            )

    original = warning.original
    return cap.Alert(
        identifier=warning.identifier or identifier(warning),
        sender=sender(warning.area),
        sent=sent,
        status=cap.Status.ACTUAL,
        msg_type=cap.MsgType(warning.msg_type),
        scope=cap.Scope.PUBLIC,
        references=(cap.parse(original.cap_xml.encode()).reference,) if original is not None else (),
        infos=tuple(info(tag) for tag in LANGUAGES),
    )


def _area(area: Area) -> cap.Area:
    return cap.Area(
        description=area.name,
        polygons=polygons_of(area.boundary) if area.boundary else (),
        geocodes=(cap.ValuePair("GB/T 10114", area.code),),
    )


def _whole(moment: datetime | None) -> datetime:
    """CAP times have whole seconds."""
    assert moment is not None
    return timezone.localtime(moment).replace(microsecond=0)
