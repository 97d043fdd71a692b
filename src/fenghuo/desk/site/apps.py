"""The site as a Django app: base templates, static files, template tags."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "fenghuo.desk.site"
    label = "fenghuo_site"
