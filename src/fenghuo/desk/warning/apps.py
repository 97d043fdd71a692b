"""Warnings as a Django app."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    name = "fenghuo.desk.warning"
    label = "warning"

    def ready(self) -> None:
        from . import facts  # noqa: F401  (registers what warnings offer)
