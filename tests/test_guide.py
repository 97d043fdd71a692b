"""The guide's tables are those that its script makes today, and its Python runs as it stands."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_tables_of_the_danger_guide_are_up_to_date():
    done = subprocess.run(
        [sys.executable, "scripts/make_danger_guide.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_python_of_the_computing_guide_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for page in ("computing.md", "computing.zh-CN.md"):
        blocks = re.findall(
            r"```python\n(.*?)```", (ROOT / "docs/guide" / page).read_text(encoding="utf-8"), re.S
        )
        assert blocks
        exec(compile("\n".join(blocks), page, "exec"), {})
