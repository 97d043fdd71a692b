"""Gathering as a Django app."""

from django.apps import AppConfig


class GatherConfig(AppConfig):
    name = "fenghuo.desk.gather"
    label = "gather"
