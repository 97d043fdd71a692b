"""Webhooks signed by the Standard Webhooks convention."""

from .channel import Webhook

__all__ = ["Webhook"]
