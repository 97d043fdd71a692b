"""Incidents as a Django app."""

from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "fenghuo.desk.incident"
    label = "incident"

    def ready(self) -> None:
        from . import facts  # noqa: F401
