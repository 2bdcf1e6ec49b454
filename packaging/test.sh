#!/usr/bin/env bash
# Installs what is missing, builds and runs every test; then core and parsers once more under the address and
# undefined-behaviour sanitizers. Succeeds only when all of them pass.
#   packaging/test.sh           everything; where that would take hours, under sanitizers only what reads foreign bytes, saying so
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
slow=1800 # seconds for the release build and its tests: a machine that takes longer would be at the rest for as long again

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
    if [ "$SECONDS" -le "$slow" ]; then
        configure_and_build asan
        # Sanitizers slow timings down, and find nothing in a test that reads sources, drives another language's client, plays
        # for hours what the tests beside it play, or runs whole programs whose parts each have tests here.
        run_tests asan --label-exclude '^(benchmarks|boundaries|contract|end_to_end|program)$' --exclude-regex '^faults.soak$'
    else
        echo "This machine took $SECONDS s so far: under sanitizers run only tests of what reads the broker's messages and files."
        build_targets=(test_base test_tastytrade test_storage test_history fuzz_rest fuzz_account_streamer fuzz_dxlink)
        configure_and_build asan
        run_tests asan --label-regex '^(base|tastytrade|storage|history|fuzz)$'
    fi
fi

[ ${#failed[@]} -eq 0 ] || fail "tests failed in: ${failed[*]} (their names are in the summaries above)"
