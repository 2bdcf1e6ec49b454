#!/usr/bin/env bash
# From a fresh clone to the running window: installs what is missing, builds, starts. Arguments go to vegadesk.
#   packaging/run.sh                                       the simulated exchange
#   packaging/run.sh --replay ../shared/data/goog_minute_20151224
#   packaging/run.sh --screenshots pictures                writes every panel and dialog as PNG and ends
set -euo pipefail
began_in="$PWD"
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

case " $* " in
*" --screenshots " | *" --screenshots --"*) fail "--screenshots needs a folder for the pictures: --screenshots DIR" ;;
esac

install_dependencies
configure_and_build release -DVEGADESK_TESTS=OFF

step "Starting vegadesk $*"
program="$PWD/build/release/bin/vegadesk"
cd "$began_in" # so that paths among the arguments mean what they meant to the caller
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    "$program" "$@" || fail "vegadesk ended with status $?"
else
    case " $* " in
    *" --screenshots"*) ;;
    *)
        echo "There is no display: the window runs on a virtual one (Xvfb) and cannot be seen."
        echo "To look at it: packaging/run.sh --screenshots DIR    writes every panel and dialog as PNG to DIR."
        ;;
    esac
    xvfb-run --auto-servernum --server-args="-screen 0 1920x1200x24" "$program" "$@" ||
        fail "vegadesk ended with status $?"
fi
