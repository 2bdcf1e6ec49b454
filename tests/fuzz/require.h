#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the program where `holds` is false: that is how a fuzzer is told.
#define VEGADESK_REQUIRE(holds)                                                                                        \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            std::fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #holds);                             \
            std::abort();                                                                                              \
        }                                                                                                              \
    } while (false)
