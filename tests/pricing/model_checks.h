#pragma once

#include "base/random.h"
#include "derivative.h"
#include "pricing/simd_path.h"
#include "reference_values.h"

#include <QString>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <string>

/// What holds of every model, so that it is said once. A model's Case is a Contract with the model's parameters, value(),
/// price() and a text() of both. Checks answer with what is wrong, nothing where all is well.
namespace model_checks
{

using namespace vegadesk;
using namespace vegadesk::pricing;

struct Contract {
    Right right = Right::Call;
    MarketPoint market{100, 0.03, 0.01};
    double strike = 100, years = 1;

    double forward() const { return market.spot * std::exp((market.rate - market.dividendYield) * years); }
    double spotLeg() const { return market.spot * std::exp(-market.dividendYield * years); }
    double strikeLeg() const { return strike * std::exp(-market.rate * years); }
    std::string text() const
    {
        return QStringLiteral("%1 S=%2 K=%3 T=%4 r=%5 q=%6 ")
            .arg(right == Right::Call ? "call" : "put")
            .arg(market.spot, 0, 'g', 17)
            .arg(strike, 0, 'g', 17)
            .arg(years, 0, 'g', 17)
            .arg(market.rate, 0, 'g', 17)
            .arg(market.dividendYield, 0, 'g', 17)
            .toStdString();
    }
    /// Any side, spot and carry of a listed option; strike and years are the model's business.
    void randomise(base::Generator& generator)
    {
        right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
        market = {generator.uniform(20, 500), generator.uniform(-0.02, 0.08), generator.uniform(-0.01, 0.05)};
    }
    void read(const reference_values::Row& row)
    {
        right = row.right();
        market = {row.number("S"), row.number("r"), row.number("q")};
        strike = row.number("K");
        years = row.number("T");
    }
};

/// Put and call of one contract differ by the forward, and so do their delta and rho; gamma and what else `shared` names is one.
template<class Case, class... Members>
std::string parityFault(Case call, Members... shared)
{
    call.right = Right::Call;
    Case put = call;
    put.right = Right::Put;
    const auto c = call.value(), p = put.value();
    const double size = call.spotLeg() + call.strikeLeg();
    if (!(std::abs(c.price - p.price - (call.spotLeg() - call.strikeLeg())) <= 1e-15 * size))
        return "price of " + call.text();
    if (!(std::abs(c.delta - p.delta - call.spotLeg() / call.market.spot) <= 1e-14))
        return "delta of " + call.text();
    const auto isOne = [](double left, double right) { return std::abs(left - right) <= 1e-12 * std::abs(left); };
    if (!isOne(c.gamma, p.gamma) || !(isOne(c.*shared, p.*shared) && ...))
        return "what both share of " + call.text();
    if (!(std::abs(c.rho - p.rho - call.years * call.strikeLeg()) <= 1e-14 * size * call.years))
        return "rho of " + call.text();
    return {};
}

/// No less than the discounted intrinsic value of the forward, no more than the leg that is received.
template<class Case>
std::string boundsFault(const Case& each)
{
    const double price = each.price();
    const double forward = each.spotLeg() - each.strikeLeg();
    const double least = std::max(0.0, each.right == Right::Call ? forward : -forward);
    const double most = each.right == Right::Call ? each.spotLeg() : each.strikeLeg();
    return price >= least && price <= most ? std::string() : each.text();
}

/// Monotone and convex in strike, to 1e-13 of the spot.
///   priceStrip  fills prices at strikes
template<class Case, class PriceStrip>
std::string shapeFault(const Case& each, PriceStrip priceStrip)
{
    std::array<double, 41> strikes{}, prices{};
    for (std::size_t k = 0; k < strikes.size(); ++k)
        strikes[k] = each.forward() * (0.6 + 0.02 * static_cast<double>(k));
    priceStrip(std::span<const double>(strikes), std::span<double>(prices));
    const double rounding = 1e-13 * each.market.spot;
    const double sign = each.right == Right::Call ? 1 : -1;
    for (std::size_t k = 1; k + 1 < strikes.size(); ++k) {
        if (!(sign * (prices[k] - prices[k - 1]) <= rounding))
            return "not monotone: " + each.text();
        if (!(prices[k - 1] - 2 * prices[k] + prices[k + 1] >= -rounding))
            return "not convex: " + each.text();
    }
    return {};
}

/// One claimed derivative of the price, less its sign for what falls with time.
template<class Case>
struct Slope {
    const char* name;
    double claimed;
    double& (*number)(Case&); ///< by which
    double step, scale;       ///< of the differences, and of what is small
};

/// Claims against four-point differences of prices, to a share of the larger of scale and size.
template<class Case, std::size_t Count>
std::string slopeFault(const Case& each, const std::array<Slope<Case>, Count>& slopes, double tolerance)
{
    for (const Slope<Case>& slope : slopes) {
        Case moved = each;
        double& number = slope.number(moved);
        const auto priceAt = [&](double x) {
            number = x;
            return moved.price();
        };
        const double found = derivative(priceAt, double{number}, slope.step);
        if (!(std::abs(slope.claimed - found) <= tolerance * std::max(slope.scale, std::abs(slope.claimed))))
            return slope.name + (" of " + each.text());
    }
    return {};
}

/// Instruction sets round differently: how far their prices are apart, as a share of spot and strike.
template<class Case>
double pathSpread(const Case& each)
{
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (const SimdPath path : supportedSimdPaths()) {
        const SimdPathPin pin(path);
        const double price = each.price();
        least = std::min(least, price);
        most = std::max(most, price);
    }
    return (most - least) / (each.market.spot + each.strike);
}

using ScoresByColumn = std::map<std::string, reference_values::Scores>;

/// Scores every row on every path and prints the columns; the names of those that miss their bound.
///   addRow  (row, scores) adds the errors of one row, over what is allowed
template<class AddRow>
std::string scoreFault(const std::vector<reference_values::Row>& rows, AddRow addRow)
{
    ScoresByColumn scores;
    for (const SimdPath path : supportedSimdPaths()) {
        const SimdPathPin pin(path);
        for (const auto& row : rows)
            addRow(row, scores);
    }
    std::string out;
    for (const auto& [name, each] : scores) {
        qInfo("%s", qPrintable(each.summary(name.c_str())));
        if (!(each.worst() <= 1))
            out += name + " ";
    }
    return out;
}

} // namespace model_checks
