#pragma once

#include "base/error.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The table that `vegadesk-cli bench` measures: our kernels and QuantLib's on the same inputs, in one run.
namespace vegadesk::cli::bench
{

/// A call to be timed. It keeps its inputs and outputs; setting it up is not timed.
struct Timed {
    std::string name{};
    std::size_t items = 1; ///< options, or fits, that one call does: times are shown for one
    std::function<void()> call{};
};

/// One kernel. Without `ours` the references stand alone, for a kernel that is not in this build.
struct Row {
    std::string kernel{};
    std::optional<Timed> ours{};
    std::vector<Timed> references{};
    std::string countedAs{};            ///< "quotes": ours is shown as so many of them a second, too
    std::string accuracyOf{};           ///< what `accuracy` says, "largest price error, of spot, against …"
    std::function<double()> accuracy{}; ///< asked once, after the timing
};

struct Options {
    std::string daxFile{}; ///< a board of implied volatilities to calibrate Heston on; empty: no such row
};

std::vector<Row> europeanRows();
std::vector<Row> chainRows();
std::vector<Row> americanRows();
std::vector<Row> jumpRows();
std::vector<Row> hestonRows();
std::vector<Row> surfaceRows();
std::vector<Row> feedRows();
std::vector<Row> riskRows();
std::vector<Row> neuralRows();
Row americanHestonFitRow();
base::Result<std::vector<Row>> calibrationRows(const Options& options);

} // namespace vegadesk::cli::bench
