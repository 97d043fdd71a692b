"""The site as a Django app: base templates, static files, template tags."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "fenghuo.desk.site"
    label = "fenghuo_site"

    def ready(self) -> None:
        from fenghuo.desk.gather import register

        from .demo import feed

        register.chore(feed.step)
