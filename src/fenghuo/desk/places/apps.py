"""Places as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "fenghuo.desk.places"
    label = "places"
