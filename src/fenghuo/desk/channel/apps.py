"""Channels as a Django app."""

from django.apps import AppConfig


class ChannelConfig(AppConfig):
    name = "fenghuo.desk.channel"
    label = "channel"
