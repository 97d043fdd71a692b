"""Somebody with a token: what the tests of the API share."""

import pytest
from django.test import Client

from fenghuo.core.access import Role
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity

ROOT = "/api/v1"


class Holder:
    """Somebody with a token. Every call gives (status, body); `language` is what they read."""

    def __init__(self, token: str, language: str = "en"):
        self.headers = {"authorization": f"Bearer {token}", "accept-language": language}
        self.client = Client(headers=self.headers, raise_request_exception=True)

    def get(self, path: str, **query):
        return self._answer(self.client.get(ROOT + path, query))

    def post(self, path: str, **body):
        return self._answer(self.client.post(ROOT + path, body, content_type="application/json"))

    def patch(self, path: str, **body):
        return self._answer(self.client.patch(ROOT + path, body, content_type="application/json"))

    def put(self, path: str, **body):
        return self._answer(self.client.put(ROOT + path, body, content_type="application/json"))

    def upload(self, path: str, **fields):
        return self._answer(self.client.post(ROOT + path, fields))

    def raw(self, path: str, body: bytes, content_type: str = "application/json"):
        return self._answer(self.client.generic("POST", ROOT + path, body, content_type=content_type))

    @staticmethod
    def _answer(response):
        return response.status_code, response.json() if response.content else None


@pytest.fixture
def holds(desk, clock):
    """`holds("duty")`: the officer of that role, or the officer given, with a fresh token."""

    def with_token(who, language: str = "en") -> Holder:
        officer = desk.officers[Role(who)] if isinstance(who, str) else who
        return Holder(officers.make_token(identity.program(clock.now), officer, "a test"), language)

    return with_token


@pytest.fixture
def issued(holds, desk):
    """`issued(areas)`: a warning for the areas that duty officer and leader put out through the API."""

    def put_out(areas=None, level: str = "orange") -> dict:
        duty, leader = holds("duty"), holds("leader")
        codes = [area.code for area in areas or desk.villages]
        status, draft = duty.post("/warnings", areas=codes, level=level)
        assert status == 201
        for who, act in ((duty, "submit"), (leader, "approve"), (duty, "issue")):
            status, told = who.post(f"/warnings/{draft['id']}/{act}")
            assert status == 200, told
        return told

    return put_out
