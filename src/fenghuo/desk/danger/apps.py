"""Danger as a Django app."""

from django.apps import AppConfig


class DangerConfig(AppConfig):
    name = "fenghuo.desk.danger"
    label = "danger"

    def ready(self) -> None:
        from . import facts  # noqa: F401  (registers what danger offers)
