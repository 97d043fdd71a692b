"""Mail by SMTP."""

from .channel import Mail

__all__ = ["Mail"]
