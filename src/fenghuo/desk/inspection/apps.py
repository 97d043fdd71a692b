"""Inspection as a Django app."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "fenghuo.desk.inspection"
    label = "inspection"

    def ready(self) -> None:
        from . import facts  # noqa: F401  (registers what inspection offers)
