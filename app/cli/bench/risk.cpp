#include "row.h"

#include "base/random.h"
#include "pricing/american/american.h"
#include "pricing/reference/engine_option.h"
#include "risk/stress/stress_margin.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using market::ExerciseStyle;
using market::Right;
using pricing::reference::AmericanScheme;
using pricing::reference::EngineOption;
using namespace risk;

constexpr std::size_t positionCount = 500;

/// An index with European options, funds and companies with American ones; eight expiries from days to a year.
RiskBook bookOf()
{
    struct Name {
        const char* symbol;
        double spot, dividendYield;
    };
    constexpr Name names[]{{"SPX", 6000, 0.013}, {"SPY", 600, 0.012}, {"QQQ", 500, 0.006}, {"AAPL", 230, 0.004},
                           {"NVDA", 140, 0},     {"TLT", 90, 0.04},   {"XOM", 110, 0.035}, {"KO", 65, 0.03}};
    constexpr double expiries[]{3, 10, 17, 31, 59, 94, 185, 365};
    RiskBook book;
    book.netLiquidation = 1e7;
    for (const Name& name : names)
        book.underlyings.push_back({name.symbol, name.spot, 0.04, name.dividendYield, 1, book.underlyings.empty()});
    base::Generator random(500);
    for (std::size_t i = 0; i < positionCount; ++i) {
        RiskPosition position;
        position.underlying = static_cast<std::size_t>(random.integer(0, std::ssize(names) - 1));
        const RiskUnderlying& underlying = book.underlyings[position.underlying];
        position.symbol = underlying.symbol;
        position.quantity = random.uniform() < 0.5 ? -5.0 : 5.0;
        position.multiplier = 100;
        const auto days = expiries[random.integer(0, std::ssize(expiries) - 1)];
        const Right right = random.uniform() < 0.6 ? Right::Put : Right::Call;
        const double strike = std::round(underlying.spot * random.uniform(0.8, 1.2));
        position.option = market::OptionTerms{
            underlying.symbol,
            base::Date{std::chrono::year{2026} / 12 / 18} + std::chrono::days(static_cast<int>(days)), right,
            base::Decimal::fromUnits(std::llround(strike * base::Decimal::unitsPerOne))};
        position.style = underlying.isBroadIndex ? ExerciseStyle::European : ExerciseStyle::American;
        position.years = days / 365;
        position.volatility = random.uniform(0.12, 0.5);
        book.positions.push_back(position);
    }
    return book;
}

/// The grid of a part of the book with QuantLib's engines, which are there already; one for each volatility and date.
Timed engines(const RiskBook& book)
{
    struct Option {
        double spot;
        EngineOption engine;
    };
    const auto options = std::make_shared<std::vector<Option>>();
    const StressAxes axes;
    for (std::size_t i = 0; i < book.positions.size(); i += 50) {
        const RiskPosition& position = book.positions[i];
        const RiskUnderlying& underlying = book.underlyings[position.underlying];
        const pricing::MarketPoint market{underlying.spot, underlying.rate, underlying.dividendYield};
        const Right right = position.option->right;
        const double strike = position.option->strike.toDouble();
        for (const double days : axes.days) {
            const double years = yearsLeft(position, days);
            for (const double factor : axes.volatilityFactors) {
                if (years == 0)
                    continue;
                const double vol = factor * position.volatility;
                auto option = position.style == ExerciseStyle::American
                                  ? EngineOption::american(right, market, strike, years, vol, AmericanScheme::Fast)
                                  : EngineOption::make(right, market, strike, years, vol);
                if (option)
                    options->push_back({underlying.spot, std::move(*option)});
            }
        }
    }
    return {"QuantLib's QdFp, fast scheme, and analytic engine, of every fiftieth",
            options->size() * axes.spotMoves.size(), [options, axes, sum = 0.0]() mutable {
                // A spot that moves, or QuantLib would hand out the value it has.
                sum += 1e-9;
                for (Option& each : *options) {
                    for (const double move : axes.spotMoves)
                        (void)each.engine.price(each.spot * (1 + move) + sum);
                }
            }};
}

double priceAlone(const RiskPosition& position, const RiskUnderlying& underlying, double days, double move,
                  double factor)
{
    const pricing::MarketPoint market{underlying.spot * (1 + move), underlying.rate, underlying.dividendYield};
    const double strike = position.option->strike.toDouble(), vol = factor * position.volatility;
    const auto price = position.style == ExerciseStyle::American ? pricing::americanPrice : pricing::blackScholesPrice;
    return price(position.option->right, market, strike, yearsLeft(position, days), vol);
}

/// Of all cells of every tenth position, a share's worth over the spot.
double largestError(const RiskBook& book, const StressAxes& axes)
{
    double worst = 0;
    for (std::size_t i = 0; i < book.positions.size(); i += 10) {
        RiskBook one = book;
        one.positions = {book.positions[i]};
        const RiskUnderlying& underlying = book.underlyings[one.positions[0].underlying];
        const auto grid = stressGridOf(one);
        if (!grid)
            return std::nan("");
        const double now = priceAlone(one.positions[0], underlying, 0, 0, 1);
        for (std::size_t cell = 0; cell < grid->profits.size(); ++cell) {
            const std::size_t spots = axes.spotMoves.size(), factors = axes.volatilityFactors.size();
            const double then =
                priceAlone(one.positions[0], underlying, axes.days[cell / spots / factors],
                           axes.spotMoves[cell % spots], axes.volatilityFactors[cell / spots % factors]);
            const double profit = grid->profits[cell] / one.positions[0].shares();
            worst = std::max(worst, std::abs(profit - (then - now)) / underlying.spot);
        }
    }
    return worst;
}

} // namespace

std::vector<Row> riskRows()
{
    const auto book = std::make_shared<const RiskBook>(bookOf());
    const auto worst = std::make_shared<double>();
    const auto kept = std::make_shared<Revaluation>(*book);
    const StressAxes axes;
    Row grid;
    grid.kernel = "Stress grid of 500 positions, 13 spots x 6 volatilities x 4 dates, cold";
    grid.ours = Timed{"ours", 1, [book, worst] { *worst = stressGridOf(*book)->worst.profit; }};
    grid.accuracyOf = "largest error of a profit against one option at a time, of spot";
    grid.accuracy = [book, axes] { return largestError(*book, axes); };
    Row warm;
    warm.kernel = "Stress grid of 500 positions, exercise boundaries kept";
    warm.ours = Timed{"ours", 1, [kept, worst] { *worst = stressGridOf(*kept)->worst.profit; }};
    Row each;
    each.kernel = "One position in one cell of the cold stress grid";
    each.ours = Timed{"ours", positionCount * axes.cellCount(), grid.ours->call};
    each.references = {engines(*book)};
    Row margin;
    margin.kernel = "Free buying power of 500 positions in every cell, and the distance to a margin call";
    margin.ours = Timed{"ours", 1, [kept, worst] { *worst = stressMarginOf(*kept)->freeNow; }};
    return {grid, warm, each, margin};
}

} // namespace vegadesk::cli::bench
