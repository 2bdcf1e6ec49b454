#pragma once

#include "learning/doors/signal_types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>

/// Whether scores tell answers apart, and how easily luck would have done as well.
namespace vegadesk::learning::market_signals
{

/// Probability that a yes scores above a no of the same stretch, ties counting half: the area under the ROC curve. NaN without some of both.
/// `stretches` numbers the stretch of each row, one after the other; empty: all are one. Scores of models that learnt from different days
/// compare only within a stretch: between them the base rate that each was told runs behind the answers, and a model that knows nothing
/// would look worse than chance.
double areaUnderCurve(std::span<const double> scores, std::span<const std::uint8_t> answers,
                      std::span<const std::size_t> stretches = {});

struct Evidence {
    double area = market::unknown;
    /// 2.5th and 97.5th percentile of the area over draws of the same days by the stationary bootstrap.
    double low = market::unknown, high = market::unknown;
    /// Part of the draws in which scores and answers, the answers shuffled by blocks, have an area as high: (1 + as high) / (1 + draws).
    double chance = market::unknown;
    EvidenceSettings settings;
};

/// Of scores and answers in the order of time. What is not known stays NaN: fewer than 30 rows, one answer only, or a stop.
///
/// Bootstrap    blocks of geometric length with that mean, past the end from the beginning; draws with one answer only are left out
///              (Politis and Romano 1994).
/// Permutation  answers in blocks of that length, in any order and from any first day on, against scores that stay: the days within
///              a block keep hanging together. It takes the scores as they are, and trains nothing anew.
Evidence evidenceOf(std::span<const double> scores, std::span<const std::uint8_t> answers,
                    std::span<const std::size_t> stretches, const EvidenceSettings& settings,
                    const std::stop_token& stop = {});

} // namespace vegadesk::learning::market_signals
