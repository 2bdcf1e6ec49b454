#include "pricing/reference/quantlib.h"
#include "pricing/reference/session.h"

#include <cmath>
#include <fmt/format.h>
#include <ql/exercise.hpp>
#include <ql/instruments/dividendvanillaoption.hpp>
#include <ql/pricingengines/vanilla/fdblackscholesvanillaengine.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

constexpr ql::Size timeSteps = 800;
constexpr ql::Size spotPoints = 1600;
constexpr ql::Size dampingSteps = 4;

ql::ext::shared_ptr<ql::PricingEngine> finiteDifferences(const FlatMarket& flat)
{
    return ql::MakeFdBlackScholesVanillaEngine(flat.process())
        .withTGrid(timeSteps)
        .withXGrid(spotPoints)
        .withDampingSteps(dampingSteps)
        .withFdmSchemeDesc(ql::FdmSchemeDesc::CrankNicolson())
        .withCashDividendModel(ql::FdBlackScholesVanillaEngine::Spot);
}

double americanNpv(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    const Timeline timeline({years});
    const FlatMarket flat(market, vol, timeline);
    const auto payoff = ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike);
    const auto exercise = ql::ext::make_shared<ql::AmericanExercise>(valuationDate(), timeline.expiry());
    ql::VanillaOption option(payoff, exercise);
    option.setPricingEngine(ql::ext::make_shared<ql::QdFpAmericanEngine>(flat.process(), preciseScheme()));
    try {
        return option.NPV();
    } catch (const std::exception&) {
        ql::DividendVanillaOption other(payoff, exercise, {}, {});
        other.setPricingEngine(finiteDifferences(flat));
        return other.NPV();
    }
}

ql::ext::shared_ptr<ql::DividendVanillaOption> dividendOption(Right right, market::ExerciseStyle style, double strike,
                                                              const Timeline& timeline,
                                                              std::span<const CashDividend> dividends)
{
    std::vector<ql::Date> dates;
    std::vector<double> amounts;
    for (std::size_t i = 0; i < dividends.size(); ++i) {
        dates.push_back(timeline.date(i));
        amounts.push_back(dividends[i].amount);
    }
    ql::ext::shared_ptr<ql::Exercise> exercise;
    if (style == market::ExerciseStyle::American)
        exercise = ql::ext::make_shared<ql::AmericanExercise>(valuationDate(), timeline.expiry());
    else
        exercise = ql::ext::make_shared<ql::EuropeanExercise>(timeline.expiry());
    return ql::ext::make_shared<ql::DividendVanillaOption>(
        ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike), exercise, dates, amounts);
}

} // namespace

ql::ext::shared_ptr<ql::QdFpIterationScheme> preciseScheme()
{
    return ql::ext::make_shared<ql::QdFpTanhSinhIterationScheme>(16, 40, 1e-11);
}

base::Result<Greeks> american(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        Greeks out = byDifferences(
            [&](const MarketPoint& point, double term) { return americanNpv(right, point, strike, term, vol); }, market,
            years, vol * std::sqrt(years));
        out.vega =
            slope([&](double level) { return americanNpv(right, market, strike, years, level); }, vol, 0.01 * vol);
        return out;
    });
}

base::Result<Greeks> withDividends(Right right, market::ExerciseStyle style, const MarketPoint& market, double strike,
                                   double years, double vol, std::span<const CashDividend> dividends)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    std::vector<double> times;
    for (const CashDividend& each : dividends) {
        if (!(each.years > (times.empty() ? 0 : times.back()) && each.years < years))
            return base::badInput("dividend time", fmt::format("{}", each.years), "times that rise, before expiry");
        times.push_back(each.years);
    }
    times.push_back(years);
    return guarded([&] {
        const auto at = [&](const MarketPoint& point, double level) {
            const Timeline timeline(times);
            const FlatMarket flat(point, level, timeline);
            auto option = dividendOption(right, style, strike, timeline, dividends);
            option->setPricingEngine(finiteDifferences(flat));
            Greeks out{option->NPV(), option->delta(), option->gamma(), 0, option->theta(), 0};
            return out;
        };
        Greeks out = at(market, vol);
        out.vega = slope([&](double level) { return at(market, level).price; }, vol, 0.02 * vol);
        out.rho = slope([&](double rate) { return at({market.spot, rate, market.dividendYield}, vol).price; },
                        market.rate, 2e-3);
        return out;
    });
}

} // namespace vegadesk::pricing::reference
