"""Summary as a Django app."""

from django.apps import AppConfig


class SummaryConfig(AppConfig):
    name = "fenghuo.desk.summary"
    label = "summary"
