#pragma once

#include "base/error.h"
#include "venue/exchange.h"

#include <QByteArray>

#include <optional>
#include <string>

namespace vegadesk::venue
{

/// Where an order tape's clock was started last.
struct TapeStart {
    base::Instant at{}, wall{};
    double speed = 1;
};

/// An exchange at one moment, and the place in its order tape up to which it has lived. Its file saves replaying all before.
struct ExchangeSnapshot {
    int tapeVersion = 0;
    std::string market, account; ///< of the tape's head
    base::Instant start{};
    std::int64_t tapeOffset = 0; ///< bytes of the tape that are in the state
    std::string lastLine;        ///< the tape's line that ends there: another tape has another one
    std::optional<TapeStart> lastStart;
    ExchangeState state;
};

/// A line with version and SHA-256 of what follows, then one JSON object.
QByteArray toBytes(const ExchangeSnapshot& snapshot);
/// Errors: another version, a checksum that does not fit (a file cut off, or changed), a field that is missing.
base::Result<ExchangeSnapshot> parseSnapshot(const QByteArray& bytes);

} // namespace vegadesk::venue
