"""The vendored front-end libraries are the released builds that the manifest names."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts/renew_frontend.py"
VENDOR = ROOT / "src/fenghuo/desk/site/static/vendor"
OF_THE_TESTS = ROOT / "tests/journeys/vendor"


def check(vendor: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), "--check", "--vendor", str(vendor)], capture_output=True, text=True
    )


@pytest.mark.parametrize("vendor", [VENDOR, OF_THE_TESTS], ids=["of the desk", "of the tests"])
def test_every_vendored_file_is_the_one_the_manifest_names(vendor: Path) -> None:
    done = check(vendor)
    assert done.returncode == 0, done.stderr


def test_an_altered_a_missing_and_an_unnamed_file_are_each_reported_by_name(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    shutil.copytree(VENDOR, vendor)
    (vendor / "htmx/htmx.min.js").write_bytes((vendor / "htmx/htmx.min.js").read_bytes() + b"\n")
    (vendor / "lucide/icons.svg").unlink()
    (vendor / "extra.js").write_text("")
    done = check(vendor)
    assert done.returncode == 1
    assert "htmx/htmx.min.js differs" in done.stderr
    assert "lucide/icons.svg is missing" in done.stderr
    assert "extra.js is not in the manifest" in done.stderr
    assert "echarts" not in done.stderr


def test_every_package_states_its_licence_and_keeps_its_text_beside_it() -> None:
    for package in tomllib.loads((VENDOR / "manifest.toml").read_text(encoding="utf-8"))["package"]:
        assert package["licence"]
        assert package["integrity"].startswith("sha512-")
        assert any(entry["from"] == "LICENSE" for entry in package["file"])
