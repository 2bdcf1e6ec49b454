#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/quote.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::storage
{

class Database;

/// One backtest as it counts among those of its strategy. The texts are JSON objects; their reader is the library that wrote them.
struct StoredTrial {
    std::string content; ///< hash of settings and quotes: the same run again has the same
    std::string family;  ///< whose trials are counted together
    std::string settings, metrics;
    double dailySharpe = market::unknown;
    base::Instant at{}; ///< when it first ran
};

/// What a family's trials say together.
struct TrialFigures {
    std::size_t count = 0;
    double sharpeVariance = market::unknown; ///< sample variance of the daily ratios that are known; NaN below two
};

/// Every backtest that was ever run, each once by its content: what a result was picked from. An SQLite file of its own, so that
/// those of several machines can be put together.
///
/// Thread   all on the one that opened it. Needs a QCoreApplication.
/// Sharing  several processes may have the file open (the shards of a sweep).
/// Errors   Storage, with the file and SQLite's reason.
class TrialStore
{
public:
    /// The file's name in a data folder.
    static constexpr auto fileName = "trials.db";

    /// Makes the file where there is none; its folder must exist.
    static base::Result<std::unique_ptr<TrialStore>> open(const std::string& file);
    ~TrialStore();

    /// False: it was there already, and stays as it was.
    base::Result<bool> add(const StoredTrial& trial);
    /// By content; empty: it never ran.
    base::Result<std::optional<StoredTrial>> find(std::string_view content);
    base::Result<TrialFigures> figures(std::string_view family);
    /// By content, so that the order does not hang on who ran first.
    base::Result<std::vector<StoredTrial>> trials(std::string_view family);
    /// Of all families, newest first; `count` > 0.
    base::Result<std::vector<StoredTrial>> newest(int count);
    /// Of every family, in the same order.
    base::Result<std::vector<StoredTrial>> all();
    /// Takes over what another file has and this one has not; how many those were. The other file is not changed.
    /// Errors: also one that is not there.
    base::Result<std::size_t> merge(const std::string& other);

private:
    explicit TrialStore(std::unique_ptr<Database> database);
    std::unique_ptr<Database> m_database;
};

} // namespace vegadesk::storage
