"""The language a person at a terminal reads, for commands that run without Django's translations."""

from __future__ import annotations

import os


def language() -> str:
    """`zh` or `en`: what the user's terminal asks for."""
    asked = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "en")
    return "zh" if asked.lower().startswith("zh") else "en"


def say(en: str, zh: str) -> str:
    """The sentence in that language."""
    return zh if language() == "zh" else en
