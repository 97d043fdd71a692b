"""The inbox of the desk itself: what an officer reads after signing in."""

from .channel import Inbox

__all__ = ["Inbox"]
