# shellcheck shell=bash
# Sourced by run.sh and test.sh: what both say and do.

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." || exit
jobs="${VEGADESK_JOBS:-$(nproc)}"

step() { printf '\n== %s\n' "$*"; }

# One line that says what failed, whatever the command printed before.
fail() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Seconds since the step before, so that a slow stage can be seen in a log.
took() {
    printf -- '-- %s took %d s\n' "$1" "$((SECONDS - stage_began))"
    stage_began=$SECONDS
}
stage_began=0

install_dependencies() {
    step "Dependencies"
    packaging/install-dependencies.sh || fail "the packages of packaging/dependencies.txt could not be installed"
    took dependencies
}

# configure_and_build PRESET [CMake arguments…]: everything, or what build_targets holds
build_targets=()
configure_and_build() {
    local preset="$1" log
    shift
    step "Building (preset $preset)"
    log="$(mktemp)"
    cmake --preset "$preset" -DVEGADESK_UNITY=ON "$@" >"$log" 2>&1 || { cat "$log"; fail "configuring preset $preset failed, see above"; }
    rm -f "$log"
    cmake --build --preset "$preset" --parallel "$jobs" ${build_targets:+--target "${build_targets[@]}"} ||
        fail "building preset $preset failed, see above"
    took "building $preset"
}
