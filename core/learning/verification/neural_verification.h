#pragma once

#include "learning/pricer/neural_prices.h"
#include "pricing/verification/kind.h"

#include <istream>
#include <string>
#include <vector>

namespace vegadesk::learning
{

/// A row whose price the network gave, over its own bound: up to 1 passes.
struct NeuralScore {
    std::string id, network;
    double expected = 0, found = 0, bound = 0;
    double score = 0;
    bool isBroken() const { return !(score <= 1); }
};

/// A row that no network was trained on, and why.
struct NeuralRefusal {
    std::string id, reason;
};

struct NeuralReport {
    std::string kind;
    std::size_t rows = 0;
    std::vector<NeuralScore> scored;
    std::vector<NeuralRefusal> outside;
    std::vector<base::Error> malformed;

    std::size_t brokenCount() const;
    double rootMeanSquare() const; ///< of errors over bounds; NaN where nothing was scored
    /// No row breaks the bound that its network came with, none was malformed, and one at least was scored.
    bool passes() const { return !scored.empty() && brokenCount() == 0 && malformed.empty(); }
};

/// Scores the prices of a file of exact values that lie in the boxes of the networks for its kind: the reference networks for
/// black_scholes and heston, those of American options for american and dividend.
/// Errors  BadInput for a kind that no network prices, and as readCases(); those of a network's file.
base::Result<NeuralReport> verifyByNetworks(std::istream& input, const pricing::verification::Kind& kind,
                                            NeuralPrices& networks);

} // namespace vegadesk::learning
