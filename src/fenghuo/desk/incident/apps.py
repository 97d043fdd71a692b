"""Incidents as a Django app."""

from django.apps import AppConfig


class IncidentConfig(AppConfig):
    name = "fenghuo.desk.incident"
    label = "incident"
