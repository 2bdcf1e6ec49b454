#!/usr/bin/env bash
# Installs what is missing, builds and runs every test; then core and parsers once more under the address and
# undefined-behaviour sanitizers. Succeeds only when all of them pass.
#   packaging/test.sh           everything
#   packaging/test.sh --quick   without the sanitizers
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

quick=false
case "${1:-}" in
"") ;;
--quick) quick=true ;;
*) fail "unknown argument \"$1\": --quick is the only one" ;;
esac

failed=()

# run_tests PRESET [ctest arguments…]: ctest's own summary, with the time it took, ends its output
run_tests() {
    local preset="$1"
    shift
    step "Testing (preset $preset)"
    ctest --preset "$preset" --parallel "$jobs" "$@" || failed+=("$preset")
    stage_began=$SECONDS
}

install_dependencies
configure_and_build release -DVEGADESK_TESTS=ON
run_tests release
if ! $quick; then
    configure_and_build asan
    # Sanitizers slow timings down, and find nothing in a test that reads sources, drives another language's client, plays
    # for hours what the tests beside it play, or runs whole programs whose parts each have tests here.
    run_tests asan --label-exclude '^(benchmarks|boundaries|contract|end_to_end|program)$' --exclude-regex '^faults.soak$'
fi

[ ${#failed[@]} -eq 0 ] || fail "tests failed in: ${failed[*]} (their names are in the summaries above)"
