#pragma once

#include "learning/signals/training.h"

#include <string>

namespace vegadesk::learning::market_signals
{

/// A signal as it lies in a file: a line of JSON that says what it is, XGBoost's trees as JSON, a line with the hash of both.
struct StoredSignal {
    Schema schema;
    CalibratedTrees model;
    SignalInfo info; ///< reportJson included
};

/// Written beside and then renamed, so that no half of a file is ever there. Errors: Storage.
base::Result<void> saveSignal(const std::string& path, const Trained& trained);

/// Errors  NotFound; a file that is none of ours, of another format, cut off or damaged; features of another version or that this
///         program has not. Each says what differs.
base::Result<StoredSignal> loadSignal(const std::string& path);

/// Refused unless the file's schema is `wanted`; the error says what differs.
base::Result<void> requireSchema(const StoredSignal& signal, const Schema& wanted);

/// Refused for a demonstration, wherever it is asked; what it says can be shown to a person as it is.
base::Result<void> mayBeArmedLive(const SignalInfo& info);

} // namespace vegadesk::learning::market_signals
