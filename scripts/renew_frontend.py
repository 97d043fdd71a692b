"""Fetch the vendored front-end libraries as released builds, or check the tree against their manifest.

    python scripts/renew_frontend.py --check    every file is there with its hash; no network
    python scripts/renew_frontend.py            fetch the manifest's packages again and rewrite the files
    python scripts/renew_frontend.py --accept   the same after a version was changed; writes new hashes

Exit status 1 when the tree does not match.

Packages come through `npm pack`, so the registry is whatever npm is set up to use.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).resolve().parent.parent / "src/fenghuo/desk/site/static/vendor"
MANIFEST = "manifest.toml"

Package = dict[str, Any]


def read_manifest(vendor: Path) -> list[Package]:
    """Return the packages, each `{name, version, licence, integrity, file: [...], sprite: [...]}`."""
    return tomllib.loads((vendor / MANIFEST).read_text(encoding="utf-8"))["package"]


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def integrity(tarball: bytes) -> str:
    """Return the tarball's hash as npm writes it: `sha512-` and the digest in base64."""
    return "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()


def entries(package: Package) -> list[dict[str, Any]]:
    """Return everything the package puts into the tree: copied files, then sprites."""
    return [*package.get("file", []), *package.get("sprite", [])]


def faults(vendor: Path) -> Iterator[str]:
    """Yield one sentence for each file that is missing, altered, or not named in the manifest."""
    named = {MANIFEST}
    for package in read_manifest(vendor):
        for entry in entries(package):
            named.add(entry["to"])
            path = vendor / entry["to"]
            if not path.is_file():
                yield f"{entry['to']} is missing; fetch it with scripts/renew_frontend.py"
            elif sha256(path.read_bytes()) != entry["sha256"]:
                yield f"{entry['to']} differs from the released {package['name']} {package['version']}"
    for path in sorted(p for p in vendor.rglob("*") if p.is_file()):
        if path.relative_to(vendor).as_posix() not in named:
            yield f"{path.relative_to(vendor).as_posix()} is not in the manifest; name it there or remove it"


def fetch(package: Package, folder: Path) -> bytes:
    """Download a released package into `folder`, return its tarball; CalledProcessError if npm cannot."""
    spec = f"{package['name']}@{package['version']}"
    done = subprocess.run(
        ["npm", "pack", spec, "--silent", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    return (folder / done.stdout.strip().splitlines()[-1]).read_bytes()


def sprite(members: dict[str, bytes], folder: str, icons: list[str]) -> bytes:
    """Join single SVG icons into one file of `<symbol>`s with the icons' names as ids."""
    symbols = []
    for name in sorted(icons):
        body = re.search(r"<svg[^>]*>(.*)</svg>", members[f"{folder}/{name}.svg"].decode(), re.S)
        if body is None:
            raise ValueError(f"{name}.svg holds no <svg> element")
        shapes = re.sub(r">\s+<", "><", body[1].strip())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def renew(vendor: Path, accept: bool) -> Iterator[str]:
    """Fetch every package and write its files, yielding what was refused; `accept` writes new hashes."""
    manifest = vendor / MANIFEST
    text = manifest.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        for package in read_manifest(vendor):
            tarball = fetch(package, Path(temporary))
            name = f"{package['name']} {package['version']}"
            if integrity(tarball) != package["integrity"]:
                if not accept:
                    yield f"{name}: the tarball is not the one in the manifest; nothing was written"
                    continue
                text = text.replace(f'"{package["integrity"]}"', f'"{integrity(tarball)}"', 1)
            tar_path = Path(temporary) / "package.tgz"
            tar_path.write_bytes(tarball)
            with tarfile.open(tar_path) as tar:
                members = {
                    member.name.split("/", 1)[1]: extracted.read()
                    for member in tar.getmembers()
                    if member.isfile() and (extracted := tar.extractfile(member))
                }
            for entry in entries(package):
                icons, source = entry.get("icons"), entry["from"]
                content = sprite(members, source, icons) if icons else members[source]
                if sha256(content) != entry["sha256"]:
                    if not accept:
                        yield f"{entry['to']}: {name} now gives other content; nothing was written"
                        continue
                    text = replace_hash(text, entry["to"], sha256(content))
                (vendor / entry["to"]).parent.mkdir(parents=True, exist_ok=True)
                (vendor / entry["to"]).write_bytes(content)
    if accept:
        manifest.write_text(text, encoding="utf-8")


def replace_hash(text: str, to: str, digest: str) -> str:
    """Return the manifest's text with the hash that follows the line `to = "…"` set to `digest`."""
    return re.sub(
        rf'(to = "{re.escape(to)}"\nsha256 = ")[^"]*"', lambda found: f'{found[1]}{digest}"', text, count=1
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0 when the tree matches the manifest, 1 when it does not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare the tree with the manifest only")
    parser.add_argument("--accept", action="store_true", help="write new hashes into the manifest")
    parser.add_argument("--vendor", type=Path, default=VENDOR, help="folder that holds the manifest")
    options = parser.parse_args(arguments)
    found = [] if options.check else list(renew(options.vendor, options.accept))
    found += list(faults(options.vendor))
    for fault in found:
        print(fault, file=sys.stderr)
    if not found:
        print(f"{len(read_manifest(options.vendor))} packages as the manifest names them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
