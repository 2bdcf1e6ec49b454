#pragma once

#include <cstddef>
#include <cstdint>

/// What libFuzzer calls with each input; a target defines it. Always returns 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
