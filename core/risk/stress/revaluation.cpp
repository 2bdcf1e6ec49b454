#include "risk/stress/revaluation.h"

#include "market/symbols.h"
#include "pricing/black_scholes.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace vegadesk::risk
{

namespace
{

using base::translatable;

constexpr double daysPerYear = 365;
constexpr double noTime = 1e-9; // years

bool isPositive(double value)
{
    return std::isfinite(value) && value > 0;
}

bool isAlive(const RiskPosition& position)
{
    return yearsLeft(position, 0) > 0;
}

/// A field that is missing or out of range: a form with the position's name for %1, what was found, what would do.
struct Missing {
    const char* form;
    double value;
    const char* allowed;
};

std::optional<Missing> missingOf(const RiskBook& book, const RiskPosition& position)
{
    if (position.underlying >= book.underlyings.size())
        return Missing{translatable("Core", "the underlying of %1"), static_cast<double>(position.underlying),
                       "one of the book's"};
    const RiskUnderlying& underlying = book.underlyings[position.underlying];
    if (!isPositive(underlying.spot))
        return Missing{translatable("Core", "the underlying's price of %1"), underlying.spot, "a positive number"};
    if (!std::isfinite(position.quantity))
        return Missing{translatable("Core", "the quantity of %1"), position.quantity, "a number, negative when short"};
    if (!position.option)
        return {};
    const pricing::MarketPoint market = marketOf(position, underlying);
    for (const double rate : {market.rate, market.dividendYield}) {
        if (!std::isfinite(rate))
            return Missing{translatable("Core", "the rate or yield for %1"), rate, "a number, 0.04 for 4 %"};
    }
    const double strike = position.option->strike.toDouble();
    if (!isPositive(strike))
        return Missing{translatable("Core", "the strike of %1"), strike, "a positive number"};
    if (!std::isfinite(position.years))
        return Missing{translatable("Core", "the expiry of %1"), position.years, "years from now"};
    if (isAlive(position) && !isPositive(position.volatility))
        return Missing{translatable("Core", "the volatility of %1"), position.volatility,
                       "a positive number, 0.2 for 20 %"};
    return {};
}

base::Sentence sentenceOf(const Missing& missing, const RiskPosition& position)
{
    return {missing.form, {market::contractName(position.symbol)}};
}

} // namespace

pricing::MarketPoint marketOf(const RiskPosition& position, const RiskUnderlying& underlying)
{
    return {underlying.spot, std::isnan(position.rate) ? underlying.rate : position.rate,
            std::isnan(position.dividendYield) ? underlying.dividendYield : position.dividendYield};
}

double yearsLeft(const RiskPosition& position, double days)
{
    const double left = position.years - days / daysPerYear;
    return left > noTime || std::isnan(left) ? left : 0;
}

std::vector<UnknownPosition> unknownPositions(const RiskBook& book)
{
    std::vector<UnknownPosition> out;
    for (std::size_t i = 0; i < book.positions.size(); ++i) {
        if (const auto missing = missingOf(book, book.positions[i]))
            out.push_back({i, sentenceOf(*missing, book.positions[i])});
    }
    return out;
}

base::Result<void> checkBook(const RiskBook& book)
{
    for (const RiskPosition& position : book.positions) {
        if (const auto missing = missingOf(book, position))
            return base::badInput(sentenceOf(*missing, position).english(), fmt::format("{}", missing->value),
                                  missing->allowed);
    }
    return {};
}

base::Result<void> checkScenarios(const ScenariosView& scenarios, const RiskBook& book)
{
    const std::size_t width = book.underlyings.size();
    if (scenarios.moves.size() != scenarios.size() * width)
        return base::badInput("moves", fmt::format("{}", scenarios.moves.size()),
                              fmt::format("{}: one for each scenario and underlying", scenarios.size() * width));
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        if (!std::isfinite(scenarios.days[i]) || scenarios.days[i] < 0)
            return base::badInput("days", fmt::format("{}", scenarios.days[i]), "0 or more");
        for (const FactorMove& move : scenarios.moves.subspan(i * width, width)) {
            if (!std::isfinite(move.spot) || move.spot <= -1)
                return base::badInput("spot move", fmt::format("{}", move.spot), "above -1, -0.15 for 15 % down");
            if (!std::isfinite(move.volatility) || move.volatility < 0)
                return base::badInput("volatility factor", fmt::format("{}", move.volatility),
                                      "0 or more, 1.5 for +50 %");
            if (!std::isfinite(move.skewTwist))
                return base::badInput("skew twist", fmt::format("{}", move.skewTwist), "a number");
        }
    }
    return {};
}

Revaluation::Revaluation(RiskBook book)
    : m_book(std::move(book)), m_unknown(unknownPositions(m_book)), m_legs(m_book.positions.size())
{
    for (Leg& leg : m_legs)
        leg.isKnown = true;
    for (const UnknownPosition& unknown : m_unknown)
        m_legs[unknown.position].isKnown = false;

    const std::vector<FactorMove> still(m_book.underlyings.size());
    constexpr std::array<double, 1> today{};
    for (std::size_t i = 0; i < m_legs.size(); ++i) {
        const RiskPosition& position = m_book.positions[i];
        Leg& leg = m_legs[i];
        if (!leg.isKnown)
            continue;
        leg.isOption = position.option.has_value();
        if (leg.isOption) {
            leg.logMoneyness =
                std::log(position.option->strike.toDouble() / m_book.underlyings[position.underlying].spot);
            if (position.style == market::ExerciseStyle::American && isAlive(position))
                leg.table = tableFor(position);
        }
        setStates(i, {today, still}, 0, 1);
        priceStates(i, 1);
        leg.priceNow = m_prices[0];
    }
}

std::size_t Revaluation::tableFor(const RiskPosition& position)
{
    const market::Right right = position.option->right;
    const auto [spot, rate, yield] = marketOf(position, m_book.underlyings[position.underlying]);
    for (std::size_t i = 0; i < m_tables.size(); ++i) {
        const Table& table = m_tables[i];
        if (table.underlying == position.underlying && table.right == right && table.years == position.years &&
            table.rate == rate && table.yield == yield)
            return i;
    }
    pricing::AmericanRevaluation values(right, rate, yield, position.years);
    if (!values.exercisesEarly())
        return none;
    m_tables.push_back({position.underlying, right, position.years, rate, yield, std::move(values)});
    return m_tables.size() - 1;
}

/// The spot, the time left and the volatility that a position has in each scenario; NaN where it is out of range.
void Revaluation::setStates(std::size_t index, const ScenariosView& scenarios, std::size_t first, std::size_t count)
{
    const RiskPosition& position = m_book.positions[index];
    const double spot = m_book.underlyings[position.underlying].spot;
    const std::size_t width = m_book.underlyings.size();
    for (std::size_t i = 0; i < count; ++i) {
        const double days = scenarios.days[first + i];
        const FactorMove& move = scenarios.moves[(first + i) * width + position.underlying];
        const bool isSound =
            std::isfinite(days) && days >= 0 && std::isfinite(move.spot) && move.spot > -1 && move.volatility >= 0;
        m_spots[i] = isSound ? spot * (1 + move.spot) : market::unknown;
        if (!m_legs[index].isOption)
            continue;
        m_years[i] = yearsLeft(position, days);
        const double volatility = position.volatility * move.volatility - move.skewTwist * m_legs[index].logMoneyness;
        m_volatilities[i] = m_years[i] == 0 || volatility < leastVolatility ? leastVolatility : volatility;
    }
}

void Revaluation::priceStates(std::size_t index, std::size_t count)
{
    const Leg& leg = m_legs[index];
    if (!leg.isOption) {
        std::copy_n(m_spots.begin(), count, m_prices.begin());
        return;
    }
    const RiskPosition& position = m_book.positions[index];
    const market::Right right = position.option->right;
    const double strike = position.option->strike.toDouble();
    const auto states = [count](Column& column) { return std::span(column).first(count); };
    if (leg.table != none) {
        m_tables[leg.table].values.price(strike, states(m_spots), states(m_years), states(m_volatilities),
                                         states(m_prices));
        return;
    }
    const pricing::MarketPoint market = marketOf(position, m_book.underlyings[position.underlying]);
    std::fill_n(m_rights.begin(), count, right);
    std::fill_n(m_rates.begin(), count, market.rate);
    std::fill_n(m_yields.begin(), count, market.dividendYield);
    std::fill_n(m_strikes.begin(), count, strike);
    pricing::GreeksView out;
    out.price = states(m_prices);
    pricing::blackScholesBatch({std::span(m_rights).first(count), states(m_spots), states(m_rates), states(m_yields),
                                states(m_years), states(m_strikes), states(m_volatilities)},
                               out);
}

void Revaluation::profitsOf(std::size_t position, const ScenariosView& scenarios, std::span<double> profits)
{
    assert(profits.size() == scenarios.size());
    assert(scenarios.moves.size() == scenarios.size() * m_book.underlyings.size());
    const Leg& leg = m_legs[position];
    if (!leg.isKnown) {
        std::ranges::fill(profits, market::unknown);
        return;
    }
    const double shares = m_book.positions[position].shares();
    for (std::size_t first = 0; first < profits.size(); first += blockSize) {
        const std::size_t count = std::min(blockSize, profits.size() - first);
        setStates(position, scenarios, first, count);
        priceStates(position, count);
        for (std::size_t i = 0; i < count; ++i)
            profits[first + i] = shares * (m_prices[i] - leg.priceNow);
    }
}

void Revaluation::profits(const ScenariosView& scenarios, std::span<double> profits)
{
    assert(profits.size() == m_legs.size() * scenarios.size());
    for (std::size_t i = 0; i < m_legs.size(); ++i)
        profitsOf(i, scenarios, profits.subspan(i * scenarios.size(), scenarios.size()));
}

void Revaluation::totals(const ScenariosView& scenarios, std::span<double> totals)
{
    assert(totals.size() == scenarios.size());
    const std::size_t width = m_book.underlyings.size();
    std::ranges::fill(totals, 0);
    for (std::size_t first = 0; first < totals.size(); first += blockSize) {
        const std::size_t count = std::min(blockSize, totals.size() - first);
        const ScenariosView block{scenarios.days.subspan(first, count),
                                  scenarios.moves.subspan(first * width, count * width)};
        for (std::size_t i = 0; i < m_legs.size(); ++i) {
            if (!m_legs[i].isKnown)
                continue;
            profitsOf(i, block, std::span(m_profits).first(count));
            for (std::size_t k = 0; k < count; ++k)
                totals[first + k] += m_profits[k];
        }
    }
}

} // namespace vegadesk::risk
