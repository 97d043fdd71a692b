"""Danger as a Django app."""

from django.apps import AppConfig


class DangerConfig(AppConfig):
    name = "fenghuo.desk.danger"
    label = "danger"
