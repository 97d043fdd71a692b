"""The JSON API under /api/v1/: tokens by role, one router an app."""

from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.security import HttpBearer

from fenghuo.core.access import Caller, NotFound
from fenghuo.desk.danger.api import router as danger
from fenghuo.desk.duty.api import router as duty
from fenghuo.desk.incident.api import router as incidents
from fenghuo.desk.inspection.api import router as hazards
from fenghuo.desk.journal.api import router as journal
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.api import router as officers
from fenghuo.desk.places.api import router as places
from fenghuo.desk.summary.api import router as summary
from fenghuo.desk.summary.checking.api import router as papers
from fenghuo.desk.warning.api import router as warnings
from fenghuo.desk.warning.checking.api import router as alerts

from . import refusals
from .gathered import router as gathered


class Token(HttpBearer):
    """`Authorization: Bearer fh_…`; made with `fenghuo token`. A browser's session opens nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        caller = identity.caller_for_token(token, identity.now())
        if caller is not None:
            request.caller = caller
        return caller


api = NinjaAPI(
    title="Fenghuo 烽火",
    version="1",
    description="Everything a screen of the duty desk can do, for scripts and other systems. Times are ISO 8601 "
    "with offset; areas are named by their code. A refusal says why in the language of Accept-Language (zh or en).",
    auth=Token(),
    docs_url=None,
    urls_namespace="api",
)
refusals.join(api)

api.add_router("", gathered, tags=["desk"])
api.add_router("/places", places, tags=["places"])
api.add_router("/officers", officers, tags=["officers"])
api.add_router("/danger", danger, tags=["danger"])
api.add_router("/warnings", warnings, tags=["warnings"])
api.add_router("/duty", duty, tags=["duty"])
api.add_router("/hazards", hazards, tags=["hazards"])
api.add_router("/incidents", incidents, tags=["incidents"])
api.add_router("/summary", summary, tags=["summary"])
api.add_router("/papers", papers, tags=["papers"])
api.add_router("/cap", alerts, tags=["warnings"])
api.add_router("/journal", journal, tags=["journal"])

_elsewhere = Router()


@_elsewhere.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", auth=None, include_in_schema=False
)
def nothing_here(request: HttpRequest, rest: str) -> None:
    """Whoever asks the API in JSON hears in JSON that there is nothing at an address."""
    raise NotFound(rest)


api.add_router("", _elsewhere)  # last, so that it takes only what nobody else takes
