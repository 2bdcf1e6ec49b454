#!/usr/bin/env bash
# Runs the broker's JavaScript SDK against the venue: run.sh VEGADESK_CLI WORK_FOLDER
# The SDK is installed into the work folder, once. Ends with 77, which means skipped, where there is no Node or no SDK to be had.
set -euo pipefail
here="$(dirname "$(readlink -f "$0")")"
cli="$1" work="$2"
least=20 # the SDK's own requirement

# Without a network npm would try for minutes.
export npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000 npm_config_fetch_retry_maxtimeout=2000
export npm_config_update_notifier=false

skip() { echo "skipped: $*"; exit 77; }

major() { "$@" --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p'; }

mkdir -p "$work"
node=(node)
found="$(major node || true)"
if [ "${found:-0}" -lt "$least" ]; then
    command -v npm >/dev/null || skip "there is no Node $least, and no npm to fetch one"
    node=(npx --yes --package "node@$least" -- node)
    found="$(cd "$work" && major "${node[@]}" || true)"
    [ "${found:-0}" -ge "$least" ] || skip "there is no Node $least, and npm cannot fetch one"
fi
command -v npm >/dev/null || skip "there is no npm to install the SDK with"

# What is installed is what package.json names, or it is installed anew.
if ! cmp --silent "$here/package.json" "$work/installed.json"; then
    cp "$here/package.json" "$work/package.json"
    rm -f "$work/installed.json"
    log="$work/npm.log"
    if ! (cd "$work" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts) >"$log" 2>&1; then
        tail -n 5 "$log"
        npm ping >/dev/null 2>&1 || skip "npm cannot reach its registry"
        echo "npm could not install the SDK"
        exit 1
    fi
    cp "$here/package.json" "$work/installed.json"
fi
# Modules are looked for beside the script that asks for them.
cp "$here"/*.mjs "$work/"
cd "$work"
exec "${node[@]}" run.mjs "$cli"
