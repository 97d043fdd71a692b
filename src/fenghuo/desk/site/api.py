"""The JSON API under /api/v1/: tokens by role, the desk's refusals as statuses, one router an app."""

from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from fenghuo.core.access import NotAllowed, NotFound, RuleBroken
from fenghuo.desk.danger.api import router as danger
from fenghuo.desk.officers import identity
from fenghuo.desk.places.api import router as places


class Refusal(Schema):
    """Why a request was refused, and what to do."""

    detail: str


class Token(HttpBearer):
    """`Authorization: Bearer fh_…`; made with `fenghuo token`."""

    def authenticate(self, request: HttpRequest, token: str):
        caller = identity.caller_for_token(token, identity.now())
        if caller is None:
            raise AuthenticationError(401)
        request.caller = caller
        return caller


api = NinjaAPI(
    title="Fenghuo 烽火",
    version="1",
    description="Everything a screen of the duty desk can do, for scripts and other systems. Times are ISO 8601 "
    "with offset; areas are named by their code.",
    auth=Token(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/places", places, tags=["places"])
api.add_router("/danger", danger, tags=["danger"])


@api.exception_handler(NotAllowed)
def _not_allowed(request, refused):
    return api.create_response(
        request, {"detail": f"Your role or area does not permit this: {refused}."}, status=403
    )


@api.exception_handler(NotFound)
def _not_found(request, refused):
    return api.create_response(request, {"detail": "There is no such record in your area."}, status=404)


@api.exception_handler(RuleBroken)
def _rule_broken(request, broken):
    return api.create_response(request, {"detail": str(broken), "field": broken.field}, status=409)
