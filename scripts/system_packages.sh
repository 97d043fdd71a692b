#!/bin/sh
# Installs the named Debian packages that are not there yet; says what to do where it may not.
set -eu
missing=""
for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "These system packages are needed and cannot be installed from this account:$missing" >&2
    echo "Ask whoever administers the machine to run:  apt-get install$missing" >&2
    exit 1
fi
echo "Installing system packages:$missing"
$as_root apt-get update -q || echo "The package lists could not be renewed in full; going on with what is known." >&2
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends $missing
