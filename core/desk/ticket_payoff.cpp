#include "desk/ticket_payoff.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t payoffPoints = 161;
constexpr double payoffSigmas = 3.5;
constexpr double leastHalfWidth = 0.04; ///< of the spot, so that a ticket of the last hour still shows its wings
constexpr double daysPerYear = 365, secondsPerYear = daysPerYear * 86'400;
constexpr double unlimited = std::numeric_limits<double>::infinity();

/// Around the spot, with every kink of the book in the picture.
std::vector<double> spotsFor(const PricedBook& book)
{
    const double spot = book.market.spot;
    const double sigma = book.volatility * std::sqrt(book.years);
    double low = spot * std::min(1 - leastHalfWidth, std::exp(-payoffSigmas * sigma));
    double high = spot * std::max(1 + leastHalfWidth, std::exp(payoffSigmas * sigma));
    for (const pricing::ValuationLeg& leg : book.legs) {
        if (leg.right) {
            low = std::min(low, leg.strike * 0.97);
            high = std::max(high, leg.strike * 1.03);
        }
    }
    std::vector<double> spots(payoffPoints);
    for (std::size_t i = 0; i < payoffPoints; ++i)
        spots[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(payoffPoints - 1);
    for (const pricing::ValuationLeg& leg : book.legs) {
        if (leg.right)
            spots.push_back(leg.strike);
    }
    std::ranges::sort(spots);
    spots.erase(std::ranges::unique(spots).begin(), spots.end());
    return spots;
}

std::vector<double> profitsOver(std::span<const double> spots, const PricedBook& book,
                                const pricing::Scenario& scenario)
{
    std::vector<double> profits(spots.size());
    pricing::valuesOver(spots, book.legs, book.market, scenario, profits);
    for (double& profit : profits)
        profit -= book.cost;
    return profits;
}

WhatIfPicture drawWhatIf(const WhatIf& whatIf, std::span<const double> spots, const PricedBook& book)
{
    WhatIfPicture picture;
    picture.whatIf = whatIf;
    picture.spot = book.market.spot * (1 + whatIf.spotChange);
    const pricing::Scenario scenario{.yearsElapsed = std::min(book.years, whatIf.days / daysPerYear),
                                     .volatilityShift = whatIf.volatilityChange};
    const pricing::MarketPoint there{picture.spot, book.market.rate, book.market.dividendYield};
    picture.profit = pricing::valueOf(book.legs, there, scenario) - book.cost;
    picture.greeks = greeksOf(book.legs, there, scenario, book.time);
    picture.profits = profitsOver(spots, book, scenario);
    return picture;
}

void drawCone(TicketView& view, const PricedBook& book)
{
    const double sigma = book.volatility * std::sqrt(book.years);
    view.oneSigmaLow = book.market.spot * std::exp(-sigma);
    view.oneSigmaHigh = book.market.spot * std::exp(sigma);
    view.twoSigmaLow = book.market.spot * std::exp(-2 * sigma);
    view.twoSigmaHigh = book.market.spot * std::exp(2 * sigma);
}

} // namespace

GreekSums greeksOf(std::span<const pricing::ValuationLeg> legs, const pricing::MarketPoint& market,
                   const pricing::Scenario& scenario, const QuotedTime& time)
{
    const QuotedTime then{time.basis, time.now + std::chrono::duration_cast<base::Nanos>(std::chrono::duration<double>(
                                                     scenario.yearsElapsed * secondsPerYear))};
    GreekSums sums;
    sums.delta = sums.gamma = sums.theta = sums.vega = 0;
    for (const pricing::ValuationLeg& leg : legs) {
        const pricing::Greeks greeks = pricing::greeksOf(std::span(&leg, 1), market, scenario);
        sums.delta += greeks.delta;
        sums.gamma += greeks.gamma;
        sums.vega += greeks.vega / 100;
        const double years = leg.years - scenario.yearsElapsed;
        const double vol = pricing::volatilityUnder(scenario, leg.vol);
        const bool hasTime = leg.right && years > 0;
        sums.theta +=
            (hasTime ? VarianceClock::at(then, years).theta(greeks.theta, greeks.vega, vol, years) : greeks.theta) /
            daysPerYear;
    }
    sums.dollarDelta = sums.delta * market.spot;
    return sums;
}

void drawBook(TicketView& view, const PricedBook& book, const PricedBook& shown, const WhatIf& whatIf)
{
    if (!book.isComplete || !shown.isComplete)
        return;
    view.daysToExpiry = static_cast<int>(std::ceil(book.years * daysPerYear));
    view.spots = spotsFor(shown);
    if (!book.legs.empty())
        drawCone(view, book);
    view.atExpiry = profitsOver(view.spots, book, {.yearsElapsed = book.years});
    view.today = profitsOver(view.spots, book, {});
    if (!whatIf.isNow())
        view.whatIf = drawWhatIf(whatIf, view.spots, book);
    if (book.legs.empty())
        return;
    if (const auto summary = pricing::summarisePayoff(book.legs, book.cost, book.market)) {
        view.maxProfit = summary->maxProfit.value_or(unlimited);
        view.maxLoss = book.isUncovered ? unlimited : summary->maxLoss.value_or(unlimited);
        view.breakEvens = summary->breakEvens;
    }
    if (const auto probability = pricing::probabilityOfProfit(book.legs, book.cost, book.market, book.volatility))
        view.probabilityOfProfit = *probability;
}

std::vector<double> profitsAtExpiry(const PricedBook& book, std::span<const double> spots)
{
    if (!book.isComplete)
        return {};
    return profitsOver(spots, book, {.yearsElapsed = book.years});
}

double maxLossOf(const PricedBook& book)
{
    if (!book.isComplete || book.legs.empty())
        return unknown;
    if (book.isUncovered)
        return unlimited;
    const auto summary = pricing::summarisePayoff(book.legs, book.cost, book.market);
    return summary ? summary->maxLoss.value_or(unlimited) : unknown;
}

} // namespace vegadesk::desk
