#pragma once

#include "base/time.h"
#include "market/quote.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Plain values of signals: what is shared with those who link no XGBoost.
namespace vegadesk::learning::market_signals
{

/// A trading day of an index or underlying as it stood at its close. NaN: not known. Volatilities are decimals per year.
struct HistoryDay {
    base::Date date{};
    double close = market::unknown;         ///< > 0
    double open = market::unknown;          ///< the range is known whole or not at all
    double high = market::unknown;          ///< >= open, close
    double low = market::unknown;           ///< <= open, close, > 0
    double implied = market::unknown;       ///< of its options, about 30 days
    double impliedLonger = market::unknown; ///< likewise, about 91 days
    double skew =
        market::unknown; ///< of 30 days: volatility of the put of delta −0.25 less that of the call of delta 0.25

    bool hasRange() const { return high > 0 && low > 0 && open > 0; }
};

/// What a signal is asked. Each is a question with yes or no, and the probability is that of yes.
enum class Target : std::uint8_t {
    VolatilityBeatsImplied, ///< realised of the next 21 days above implied: options were too cheap
    PremiumPays,            ///< a straddle sold for 21 days would have paid, given the regime
    SkewReverts             ///< an unusual skew is half gone in 21 days
};

struct BoostingSettings {
    int roundsMost = 200;
    int patience = 25;        ///< rounds without a lower log loss on what is held out, then training stops
    int depth = 3;            ///< of a tree
    double rate = 0.05;       ///< that each tree counts for
    double rowShare = 0.7;    ///< of the rows that each tree sees
    double columnShare = 0.7; ///< of the features that each tree sees
    double leafLeast = 20;    ///< Hessian that a leaf must hold: some 80 rows at even odds
    double ridge = 5;         ///< on leaves
    std::uint64_t seed = 1;   ///< of the shares; its low 31 bits

    friend bool operator==(const BoostingSettings&, const BoostingSettings&) = default;
};

/// What is taken out around a stretch that is judged, so that nothing learnt from shares a day with it.
///
/// Purge    an example goes whose answer hangs on a day that a judged example knows of or is answered by: of the days from its first
///          label day to its last, against those from the stretch's first known day to its last label day.
/// Embargo  so does one that is decided within so many days after that: what the market does right after is not independent of it.
/// Source   López de Prado, "Advances in Financial Machine Learning" (2018), chapter 7.
struct PurgeSettings {
    std::size_t embargoDays = 21;
};

struct EvidenceSettings {
    double block =
        126; ///< days, >= 1: half a year, since answers share a month and volatility's levels last for quarters
    std::size_t draws = 2000;
    std::uint64_t seed = 1;
};

struct TrainingSettings {
    BoostingSettings boosting;
    PurgeSettings purge;
    EvidenceSettings evidence;
    std::size_t folds = 5;   ///< of the cross-validation that probabilities are calibrated by, 2 to 20
    std::size_t steps = 6;   ///< of the walk forward that the signal is judged by, 1 to 50
    double firstShare = 0.4; ///< of the examples that the walk forward only learns from, 0.1 to 0.9
    double heldOut = 0.2;    ///< newest part of what is learnt from, by which training stops early, 0.05 to 0.5
};

/// Part of all gain that a feature's splits made on the rows that were learnt from; all of a model's add up to 1, or to 0 without a split.
struct FeatureShare {
    std::string feature;
    double share = 0;
};

/// What a trained signal says of itself.
struct SignalInfo {
    Target target{};
    std::string source;   ///< of the data it was trained on
    std::string dataHash; ///< of the same
    std::uint64_t seed = 0;
    base::Date
        trainedUntil{}; ///< last day that an answer hung on: probabilities of sessions until then are no forecast
    std::vector<std::string> features;
    bool needsChains = false;             ///< some of them are told by chains alone: term structure, skew
    std::vector<FeatureShare> importance; ///< largest first
    double area = market::unknown; ///< under the ROC curve, out of sample, ranked within each step of the walk forward
    double areaLow = market::unknown, areaHigh = market::unknown;  ///< 95 % of the bootstrap's
    double chance = market::unknown;                               ///< p of the permutation test
    double brier = market::unknown, brierOfRate = market::unknown; ///< out of sample, calibrated; of the base rate
    bool hasSignal = false;
    bool isDemonstration = false; ///< trained on a made-up market: never armed live
    std::string verdict;          ///< a sentence or two
    std::string demonstration;    ///< what that means, in a sentence; empty: it is none
    std::string reportJson;       ///< all figures
};

/// For the session after the last day that was told.
struct Prediction {
    base::Date session{};
    double probability = market::unknown; ///< calibrated; NaN: not known
    bool isInSample = false;              ///< the model was trained on days that the answer hangs on: no forecast
    std::vector<std::string> missing;     ///< features that are not known, and why there is no probability
};

} // namespace vegadesk::learning::market_signals
