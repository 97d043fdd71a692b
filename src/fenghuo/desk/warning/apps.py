"""Warnings as a Django app."""

from django.apps import AppConfig


class WarningConfig(AppConfig):
    name = "fenghuo.desk.warning"
    label = "warning"
