#pragma once

#include "base/error.h"
#include "learning/network.h"

#include <string>

namespace vegadesk::learning
{

/// A network in a file, with what is known of it.
///
/// File    little-endian, ".network": a header with magic, version, byte order, sizes and checksums; then scalings, widths,
///         metadata and weights, which have a checksum of their own.
/// Errors  open(): NotFound; BadInput for what is no such file, or of another version or byte order; Storage where it is cut
///         off, damaged, or its tables do not add up to a network that check() passes.
struct ModelFile {
    Network network{};
    std::string metadata{}; ///< JSON for whoever trains and reads networks: recipe, box, errors. Not read here

    static constexpr std::size_t mostMetadataBytes = 1'000'000;

    static base::Result<ModelFile> open(const std::string& path);
    /// Beside the old file, whose place it then takes. Errors: BadInput as check(), or metadata that is too long; Storage.
    base::Result<void> write(const std::string& path) const;
};

} // namespace vegadesk::learning
