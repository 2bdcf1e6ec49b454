#pragma once

#include <string>

class QString;

namespace vegadesk::desk
{

/// What a run over past days takes from a data folder and leaves there.
struct RunFiles {
    std::string
        trials{}; ///< a storage::TrialStore's file, where runs are counted and looked up; a backtest's may be empty: nowhere
    std::string signals{}; ///< folder of trained models by name

    static RunFiles in(const QString& dataDirectory);
};

} // namespace vegadesk::desk
