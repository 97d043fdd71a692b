"""FENGHUO_HOME: the one folder that holds everything the program keeps."""

import os
import secrets
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[4]


def folder() -> Path:
    """`FENGHUO_HOME`, by default `var/` in the checkout (or in the working folder of an installed program)."""
    given = os.environ.get("FENGHUO_HOME")
    if given:
        return Path(given).expanduser().resolve()
    return (_CHECKOUT if (_CHECKOUT / "pyproject.toml").exists() else Path.cwd()) / "var"


def prepare() -> Path:
    """Make the folder and its rooms, readable by the owner alone."""
    home = folder()
    for room in (home, home / "keys", home / "uploads", home / "static"):
        room.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    return home


def key(name: str) -> str:
    """A secret of this installation, made on first use: `keys/<name>`, mode 600."""
    path = prepare() / "keys" / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
