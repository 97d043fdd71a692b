"""Inspection as a Django app."""

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "fenghuo.desk.inspection"
    label = "inspection"
