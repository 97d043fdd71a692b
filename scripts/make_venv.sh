#!/bin/sh
# Makes .venv with the given Python, installing Debian's venv package first where it is missing.
set -eu
python="$1"
if ! command -v "$python" >/dev/null 2>&1; then
    sh scripts/system_packages.sh python3 python3-venv
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Fenghuo needs Python 3.11 or newer; $("$python" --version) was found. Name another: make run PYTHON=python3.12" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
    sh scripts/system_packages.sh python3-venv
fi
echo "Making the environment in .venv…"
"$python" -m venv .venv
