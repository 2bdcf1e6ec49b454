#!/usr/bin/env bash
# Installs the packages of dependencies.txt that are missing, and says which. Does nothing when all are there.
set -euo pipefail

fail() { echo "install-dependencies: $*" >&2; exit 1; }

list="$(dirname "$(readlink -f "$0")")/dependencies.txt"
mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$list")

command -v dpkg-query >/dev/null || fail "this needs Debian's package tools; install by hand what $list names"

missing=()
for package in "${wanted[@]}"; do
    # shellcheck disable=SC2016
    status="$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)"
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || { echo "All ${#wanted[@]} packages of packaging/dependencies.txt are installed."; exit 0; }

echo "Installing ${#missing[@]} of ${#wanted[@]} packages: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "root is needed for: apt-get install ${missing[*]}"
    as_root=(sudo)
fi

log="$(mktemp)"
trap 'rm -f "$log"' EXIT
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >>"$log" 2>&1; }
# A list that was fetched before is good enough; when it is not, fetch it and try once more.
apt install --no-install-recommends "${missing[@]}" || {
    apt update || { tail -n 5 "$log" >&2; fail "apt-get update failed: is a Debian mirror reachable?"; }
    apt install --no-install-recommends "${missing[@]}" || {
        tail -n 15 "$log" >&2
        fail "apt-get could not install the packages above"
    }
}
echo "Installed."
