#pragma once

#include "learning/signals/calibration.h"
#include "learning/signals/dataset.h"
#include "learning/signals/evidence.h"

#include <string>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// The probabilities and answers of a stretch that was not learnt from.
struct StepFigures {
    base::Date from{}, to{}; ///< sessions judged
    std::size_t learntFrom = 0, judged = 0;
    int rounds = 0;
    double rate = market::unknown; ///< part of yes
    double area = market::unknown;
};

struct RegimeFigures {
    risk::Regime regime{};
    std::size_t judged = 0;
    double rate = market::unknown;
    double area = market::unknown;
};

/// How a signal did, and how far that can be relied on.
struct SignalReport {
    Schema schema;
    TrainingSettings settings;
    std::string source, dataHash;
    bool isDemonstration = false;
    base::Date first{}, last{}; ///< sessions of the examples
    base::Date trainedUntil{};  ///< last day that an answer hangs on
    std::size_t examples = 0;
    double rate = market::unknown;        ///< part of yes among them
    int rounds = 0;                       ///< of the model on all examples
    Calibration calibration;              ///< likewise
    std::vector<FeatureShare> importance; ///< likewise, largest first

    std::vector<StepFigures> steps;
    Evidence evidence;                  ///< of the steps' probabilities, ranked within each step
    Reliability raw, calibrated;        ///< likewise
    std::vector<RegimeFigures> regimes; ///< likewise; those that some day was in
    double foldArea = market::unknown;  ///< of the scores out of fold, which learn from later days too
};

/// The interval is above 0.5, and shuffled answers do as well in no more than a draw of twenty.
bool hasSignal(const SignalReport& report);
/// "No signal was found: …" with what speaks against it, or what was found; what is out of order with the probabilities after it.
std::string verdictOf(const SignalReport& report);
/// Empty unless the data were made up.
std::string demonstrationOf(const SignalReport& report);
/// One line. What is not known is null.
std::string jsonOf(const SignalReport& report);
/// The same figures as plain values; without reportJson.
SignalInfo infoOf(const SignalReport& report);

/// null for NaN and infinities.
std::string jsonNumber(double value);

} // namespace vegadesk::learning::market_signals
