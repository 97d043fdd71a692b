"""Officers as a Django app."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    name = "fenghuo.desk.officers"
    label = "officers"
