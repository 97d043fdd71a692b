"""Danger as a Django app."""

from django.apps import AppConfig


class DangerConfig(AppConfig):
    name = "fenghuo.desk.danger"
    label = "danger"

    def ready(self) -> None:
        from fenghuo.desk.places.signals import site_elevation_changed

        from . import (
            chain,
            facts,  # noqa: F401  (registers what danger offers)
        )

        site_elevation_changed.connect(
            lambda sites, **_about: chain.rate_sites(sites), weak=False, dispatch_uid="danger"
        )
