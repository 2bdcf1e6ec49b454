/// What one decision of the gate takes in a book of 200 positions in 40 underlyings, with what was measured before kept
/// (risk::BookCache), and without. Prints microseconds of the processor, the least of several batches, for a person; nothing is asserted but that every
/// order is judged alike. Usage: bench_gate [--quick]

#include "market/symbols.h"
#include "pricing/black_scholes.h"
#include "risk/gate/book_cache.h"
#include "risk/gate/gate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace vegadesk;
using market::Right;
using portfolio::Action;

namespace
{

constexpr int underlyingCount = 40;
constexpr base::Date expiry = base::makeDate(2026, 12, 18);

/// Prices by Black-Scholes, reckoned once: how an instrument is looked up is not what is measured.
class BenchMarket
{
public:
    BenchMarket()
    {
        for (int i = 0; i < underlyingCount; ++i) {
            const std::string symbol{"U" + std::string(1, static_cast<char>('A' + i / 26)) +
                                     std::string(1, static_cast<char>('A' + i % 26))};
            const double spot = 80 + 5 * i;
            underlyings.push_back(symbol);
            addShares(symbol, spot);
            const double unit = spot >= 150 ? 5 : 2.5;
            const double around = std::round(spot / unit) * unit;
            hold(addOption(symbol, Right::Put, around - 4 * unit, spot), 2);
            hold(addOption(symbol, Right::Put, around - 3 * unit, spot), -2);
            hold(addOption(symbol, Right::Call, around + 3 * unit, spot), -2);
            hold(addOption(symbol, Right::Call, around + 4 * unit, spot), 2);
            hold(symbol, i % 2 == 0 ? 10 : -10);
            orders.push_back(spread(symbol, around, unit, spot));
        }
    }

    risk::GateState state(risk::BookCache* cache)
    {
        risk::GateState state;
        state.now = m_now;
        state.netLiquidation = state.netLiquidationAtSessionStart = 1'000'000;
        state.buyingPower = 900'000;
        state.positions = positions;
        state.instrument = [this](const std::string& symbol) -> std::optional<risk::InstrumentState> {
            const auto known = m_instruments.find(symbol);
            return known == m_instruments.end() ? std::nullopt : std::optional(known->second);
        };
        state.marketVersion = [this](std::string_view underlying) { return versions.find(underlying)->second; };
        state.cache = cache;
        return state;
    }

    std::vector<std::string> underlyings;
    std::vector<portfolio::Position> positions;
    std::vector<portfolio::OrderIntent> orders; ///< a credit spread in each underlying
    std::map<std::string, std::uint64_t, std::less<>> versions;

private:
    void addShares(const std::string& symbol, double spot)
    {
        versions[symbol] = 1;
        risk::InstrumentState shares;
        shares.symbol = shares.underlying = symbol;
        shares.type = market::InstrumentType::Equity;
        shares.multiplier = 1;
        shares.spot = spot;
        shares.delta = 1;
        shares.quote = {spot - 0.01, spot + 0.01, 500, 500, m_now};
        m_instruments[symbol] = shares;
    }

    std::string addOption(const std::string& underlying, Right right, double strike, double spot)
    {
        constexpr double volatility = 0.3;
        constexpr double years = 28 / 365.0;
        const auto terms = market::OptionTerms{underlying, expiry, right, base::Decimal::fromDouble(strike).value()};
        const pricing::Greeks greeks = pricing::blackScholes(right, {spot, 0.04, 0}, strike, years, volatility);
        risk::InstrumentState option;
        option.symbol = market::toOccSymbol(terms).value();
        option.underlying = underlying;
        option.option = terms;
        option.spot = spot;
        option.years = years;
        option.volatility = volatility;
        option.delta = greeks.delta;
        option.rate = 0.04;
        const double cents = std::max(0.05, std::round(greeks.price * 100) / 100);
        option.quote = {cents - 0.02, cents + 0.02, 100, 100, m_now};
        m_instruments[option.symbol] = option;
        return option.symbol;
    }

    void hold(const std::string& symbol, int quantity)
    {
        const risk::InstrumentState& known = m_instruments.at(symbol);
        portfolio::Position& position = positions.emplace_back();
        position.symbol = symbol;
        position.underlying = known.underlying;
        position.type = known.type;
        position.multiplier = known.multiplier;
        position.quantity = quantity;
        position.averageOpenPrice = base::Decimal::fromDouble(known.quote.mid()).value();
    }

    portfolio::OrderIntent spread(const std::string& underlying, double around, double unit, double spot)
    {
        const std::string sold = addOption(underlying, Right::Put, around - unit, spot);
        const std::string bought = addOption(underlying, Right::Put, around - 2 * unit, spot);
        portfolio::OrderIntent intent;
        intent.underlying = underlying;
        intent.legs = {{sold, market::InstrumentType::EquityOption, Action::SellToOpen, 1},
                       {bought, market::InstrumentType::EquityOption, Action::BuyToOpen, 1}};
        const double credit = m_instruments.at(sold).quote.bid - m_instruments.at(bought).quote.ask;
        intent.price = base::Decimal::fromDouble(std::round(credit * 100) / 100).value();
        intent.effect = portfolio::PriceEffect::Credit;
        return intent;
    }

    base::Instant m_now = base::Instant(std::chrono::hours(24 * 20'777) + std::chrono::hours(15));
    std::map<std::string, risk::InstrumentState> m_instruments;
};

/// Least over batches of what one call takes of the processor, in microseconds: what else runs here does not count.
double microseconds(int batches, int calls, const std::function<void(int)>& call)
{
    double least = std::numeric_limits<double>::infinity();
    for (int batch = 0; batch < batches; ++batch) {
        const std::clock_t start = std::clock();
        for (int i = 0; i < calls; ++i)
            call(i);
        least = std::min(least, 1e6 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / calls);
    }
    return least;
}

} // namespace

int main(int argc, char** argv)
{
    const bool isQuick = argc > 1 && std::string_view(argv[1]) == "--quick";
    const int batches = isQuick ? 3 : 21;
    const int calls = isQuick ? 40 : 400;
    BenchMarket market;
    risk::BookCache cache;
    const risk::Gate gate(risk::limitsFor(risk::Tolerance::Moderate));
    const risk::GateState kept = market.state(&cache);
    const risk::GateState fresh = market.state(nullptr);
    int different = 0;
    const auto order = [&](int i) -> const portfolio::OrderIntent& {
        return market.orders[static_cast<std::size_t>(i % underlyingCount)];
    };
    for (int i = 0; i < underlyingCount; ++i) {
        const auto one = gate.preview(order(i), kept);
        const auto other = gate.preview(order(i), fresh);
        if (!one || !other || one->positionAfter != other->positionAfter ||
            one->leverageAfter != other->leverageAfter || one->accountStressAfter != other->accountStressAfter) {
            std::printf("%s: %s / %s\n", order(i).underlying.c_str(), one ? "" : one.error().sentence().c_str(),
                        other ? "" : other.error().sentence().c_str());
            ++different;
        }
    }
    const auto judge = [&](const risk::GateState& state, int i) {
        if (!gate.preview(order(i), state))
            ++different;
    };
    const double warm = microseconds(batches, calls, [&](int i) { judge(kept, i); });
    const double moving = microseconds(batches, calls, [&](int i) {
        ++market.versions.at(order(i).underlying); // the order's underlying has new quotes
        judge(kept, i);
    });
    const double cold = microseconds(batches, std::max(calls / 10, 4), [&](int i) { judge(fresh, i); });
    std::printf("gate, %zu positions in %d underlyings, a spread of two legs, %u threads here\n",
                market.positions.size(), underlyingCount, std::thread::hardware_concurrency());
    std::printf("  book measured before             %8.1f us a decision\n", warm);
    std::printf("  quotes of its underlying new     %8.1f us a decision\n", moving);
    std::printf("  nothing measured before          %8.1f us a decision, %.1f times the first\n", cold, cold / warm);
    return different == 0 ? 0 : 1;
}
