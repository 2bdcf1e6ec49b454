#pragma once

#include "base/error.h"
#include "base/random.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// Whether a series of forecasts of value at risk and shortfall was right: the tests that regulators and papers use.
///
/// Units   level as the forecasts': 0.95; a hit is a day whose loss is larger than the value at risk. Profits and forecasts share
///         any unit; forecasts are positive for a loss.
/// Errors  BadInput with the field, for series of different lengths, none, a level outside (0.5, 1), or numbers that are not finite.
namespace vegadesk::risk
{

/// A likelihood ratio, and the probability of one as large or larger when the forecasts are right.
struct LikelihoodRatio {
    double statistic = 0;
    double pValue = 1;
};

/// Is the share of hits what it should be? ("proportion of failures")
/// Source  Kupiec (1995): chi-square with one degree of freedom.
base::Result<LikelihoodRatio> kupiec(std::size_t days, std::size_t hits, double level);

struct Christoffersen {
    /// Pairs of days without and with a hit: from none to none, none to hit, hit to none, hit to hit.
    std::array<std::size_t, 4> transitions{};
    LikelihoodRatio independence; ///< does a hit make the next day's likelier? One degree of freedom
    LikelihoodRatio coverage;     ///< both at once, Kupiec's added: two degrees of freedom
};

/// Source  Christoffersen, "Evaluating interval forecasts" (1998).
base::Result<Christoffersen> christoffersen(std::span<const std::uint8_t> hits, double level);

enum class TrafficLight : std::uint8_t { Green, Yellow, Red };
std::string_view toText(TrafficLight light);

/// By the probability of at most that many hits when the forecasts are right: yellow from 95 %, red from 99.99 %. For 250 days at
/// 99 % that is 0 to 4, 5 to 9, and 10 or more.
/// Source  Basel Committee, "Supervisory framework for the use of backtesting" (1996).
struct TrafficLights {
    TrafficLight light = TrafficLight::Green;
    std::size_t yellowFrom = 0, redFrom = 0; ///< hits
    /// Of each light when the forecasts are right, in its order.
    std::array<double, 3> probabilities{};
    double multiplier = 0; ///< of capital, for 250 days at 99 %; NaN for others, where the framework has none
};

base::Result<TrafficLights> trafficLights(std::size_t days, std::size_t hits, double level);

/// Is the shortfall right? Z2 = Σ profit · hit / (days · (1 - level) · shortfall) + 1, of mean 0 when it is, and negative when losses
/// are more or larger than forecast.
struct AcerbiSzekely {
    double statistic = 0;
    /// Of a statistic as low or lower when the forecasts are right, and below which 5 % lie: for profits of a normal distribution,
    /// and of Student's t with three degrees of freedom.
    double pValueNormal = 1, pValueStudent = 1;
    double criticalNormal = 0, criticalStudent = 0;
};

/// Both distributions are simulated from `generator`, `simulations` times (at least 1000) each: the same seed gives the same digits.
/// At 5 % the critical values' standard error is about 0.9 / √simulations.
/// Source  Acerbi and Szekely, "Backtesting expected shortfall" (2014), test 2.
base::Result<AcerbiSzekely> acerbiSzekely(std::span<const double> profits, std::span<const double> valuesAtRisk,
                                          std::span<const double> shortfalls, double level, base::Generator& generator,
                                          std::size_t simulations = 20'000);

} // namespace vegadesk::risk
