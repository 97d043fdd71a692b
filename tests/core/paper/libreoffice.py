"""Papers put through LibreOffice, with the typefaces that ship with the program under the names that offices use."""

from __future__ import annotations

import os
import subprocess
from importlib.resources import files
from pathlib import Path

_FACES = {
    "仿宋": "FandolFang R",
    "楷体": "Fenghuo Kai",
    "黑体": "Noto Sans CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def fontconfig(folder: Path) -> Path:
    """A font configuration that knows our faces only, under the names of those that offices have."""
    faces = files("fenghuo.core.paper").joinpath("faces")
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit>'
        + ("<edit name='weight' mode='assign'><const>bold</const></edit>" if "小标宋" in asked else "")
        + "</match>"
        for asked, ours in _FACES.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{faces}</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return file


def convert(folder: Path, form: str, into: Path, papers: list[Path]) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(into), *map(str, papers)],
        check=True,
        capture_output=True,
        timeout=240,
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(folder))},
    )
