"""Duty as a Django app."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    name = "fenghuo.desk.duty"
    label = "duty"

    def ready(self) -> None:
        from . import facts  # noqa: F401
