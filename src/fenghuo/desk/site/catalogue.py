"""The two languages' catalogues: compile them, and list what has no Chinese yet."""

import ast
import re
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "_lazy"}
_TAGGED = re.compile(
    r"""\b(gettext|ngettext|pgettext|npgettext|_)\(((?:u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?\s*)+)"""
)


def catalogues() -> list[Path]:
    return sorted(ROOT.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Write a .mo beside every .po that is newer; the number written."""
    written = 0
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            messages = read_po(source, locale="zh_Hans")
        partial = mo.with_suffix(".part")
        with partial.open("wb") as target:
            write_mo(target, messages)
        partial.replace(mo)
        written += 1
    return written


def used() -> dict[tuple[str | None, str], set[str]]:
    """Every (context, message id) that code and templates ask for → the files that do."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        for key in _in_python(path.read_text()):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    for path in sorted(ROOT.rglob("*.html")):
        for key in _in_template(path.read_text()):
            found.setdefault(key, set()).add(str(path.relative_to(ROOT)))
    return found


def _in_python(source: str):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in _CALLS and texts:
            yield (texts[0], texts[1]) if name.startswith("pgettext") and len(texts) > 1 else (None, texts[0])


def _in_template(source: str):
    from django.utils.translation import templatize

    for call, arguments in _TAGGED.findall(templatize(source)):
        texts = ast.literal_eval("[" + arguments.rstrip().rstrip(",") + "]")
        yield (texts[0], texts[1]) if call in ("pgettext", "npgettext") else (None, texts[0])


def translated() -> set[tuple[str | None, str]]:
    """Every (context, message id) with a Chinese text."""
    known = set()
    for po in catalogues():
        with po.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                text = message.string if isinstance(message.string, str) else "".join(message.string)
                if message.id and text and not message.fuzzy:
                    identifier = message.id if isinstance(message.id, str) else message.id[0]
                    known.add((message.context, identifier))
    return known


def missing() -> dict[tuple[str | None, str], set[str]]:
    """What is asked for and has no Chinese."""
    known = translated()
    return {key: files for key, files in used().items() if key not in known}


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    compile_all()
    for (context, text), files in missing().items():
        if any(wanted in file for file in files):
            print(repr(text), f"[{context}]" if context else "", "—", ", ".join(sorted(files)))
