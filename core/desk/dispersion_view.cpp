#include "desk/dispersion_view.h"

#include "desk/price_chart.h"
#include "strategies/volatility/implied_correlation.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <span>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t historyLength = 756; ///< days: three years
constexpr double barsPerYear = 252;

/// A daily bar is stamped with midnight UTC of its date.
base::Date dateOf(const market::Candle& candle)
{
    return base::Date(std::chrono::floor<std::chrono::days>(candle.time.time_since_epoch()));
}

const std::vector<market::Candle>& daysOf(const DispersionDays& days, const std::string& symbol)
{
    static const std::vector<market::Candle> none;
    const auto found = days.find(symbol);
    return found == days.end() ? none : found->second;
}

/// The last `count` dates of the index.
std::vector<base::Date> lastDates(const std::vector<market::Candle>& index, std::size_t count)
{
    std::vector<base::Date> dates;
    for (const market::Candle& day : std::span(index).last(std::min(index.size(), count)))
        dates.push_back(dateOf(day));
    return dates;
}

/// A name's days along those dates, NaN where it has none.
struct Series {
    std::vector<double> closes, volatilities;
};
Series along(const std::vector<base::Date>& dates, const std::vector<market::Candle>& days)
{
    Series out{std::vector<double>(dates.size(), unknown), std::vector<double>(dates.size(), unknown)};
    auto day = days.begin();
    for (std::size_t i = 0; i < dates.size(); ++i) {
        while (day != days.end() && dateOf(*day) < dates[i])
            ++day;
        if (day == days.end())
            break;
        if (dateOf(*day) != dates[i])
            continue;
        out.closes[i] = day->close;
        if (day->impliedVolatility > 0)
            out.volatilities[i] = day->impliedVolatility;
    }
    return out;
}

std::vector<Series> membersAlong(const DispersionBasket& basket, const std::vector<base::Date>& dates,
                                 const DispersionDays& days)
{
    std::vector<Series> out;
    for (const DispersionBasket::Member& member : basket.members)
        out.push_back(along(dates, daysOf(days, member.symbol)));
    return out;
}

/// Of the first `end` of the days. Not known where the basket cannot say.
strategies::RealisedCorrelation realisedOf(const DispersionBasket& basket, const Series& index,
                                           const std::vector<Series>& members, std::size_t end, std::size_t window)
{
    std::vector<strategies::MemberCloses> closes;
    for (std::size_t i = 0; i < members.size(); ++i)
        closes.push_back({basket.members[i].weight, std::span(members[i].closes).first(end)});
    return strategies::realisedCorrelation(std::span(index.closes).first(end), closes, window)
        .value_or(strategies::RealisedCorrelation());
}

double lastRealised(const std::vector<market::Candle>& days, std::size_t window)
{
    std::vector<double> closes;
    for (const market::Candle& day : std::span(days).last(std::min(days.size(), window + 1)))
        closes.push_back(day.close);
    return closes.empty() ? unknown : realisedVolatility(closes, window, barsPerYear).back();
}

DispersionRow rowOf(const std::string& symbol, const DispersionNames& names, const DispersionDays& days)
{
    DispersionRow row;
    row.symbol = symbol;
    const auto known = names.find(symbol);
    const DispersionName name = known == names.end() ? DispersionName() : known->second;
    row.gap = name.gap;
    row.implied = name.implied;
    row.isOld = name.isOld;
    row.held = name.held;
    const std::vector<market::Candle>& bars = daysOf(days, symbol);
    row.hasDays = !bars.empty();
    row.realisedMonth = lastRealised(bars, DispersionView::monthDays);
    row.realisedQuarter = lastRealised(bars, DispersionView::quarterDays);
    return row;
}

void addTo(DispersionResidual& sum, double& vega, const DispersionRow& row, const DispersionNames& names)
{
    if (!row.held)
        return;
    const GreekSums& greeks = row.held->greeks;
    const double spot = names.at(row.symbol).spot;
    sum.hasPositions = true;
    sum.dollarDelta += greeks.dollarDelta;
    sum.betaDelta += row.held->betaDelta;
    sum.gamma += greeks.gamma == 0 ? 0 : greeks.gamma * spot * spot / 100;
    sum.theta += greeks.theta;
    vega += greeks.vega;
    sum.unknownCount += greeks.unknownCount;
}

DispersionResidual residualOf(const DispersionView& view, double averageVolatility, const DispersionNames& names)
{
    DispersionResidual sum;
    sum.dollarDelta = sum.betaDelta = sum.gamma = sum.theta = sum.indexVega = sum.memberVega = 0;
    addTo(sum, sum.indexVega, view.index, names);
    for (const DispersionRow& member : view.members)
        addTo(sum, sum.memberVega, member, names);
    if (!sum.hasPositions)
        sum = {};
    if (sum.indexVega != 0)
        sum.vegaRatio = -sum.memberVega / sum.indexVega;
    sum.thetaRatio = view.index.implied / averageVolatility;
    return sum;
}

} // namespace

DispersionHistory dispersionHistory(const DispersionBasket& basket, const DispersionDays& days,
                                    const DispersionRecord& seen)
{
    // As many days more as the first one's window reaches back.
    const std::vector<base::Date> dates =
        lastDates(daysOf(days, basket.index), historyLength + DispersionView::monthDays);
    const Series index = along(dates, daysOf(days, basket.index));
    const std::vector<Series> members = membersAlong(basket, dates, days);

    DispersionHistory history;
    for (std::size_t i = dates.size() > historyLength ? dates.size() - historyLength : 0; i < dates.size(); ++i) {
        std::vector<strategies::BasketMember> volatilities;
        for (std::size_t member = 0; member < members.size(); ++member)
            volatilities.push_back({basket.members[member].weight, members[member].volatilities[i]});
        const auto implied = strategies::impliedCorrelation(index.volatilities[i], volatilities)
                                 .value_or(strategies::BasketCorrelation());
        DispersionDay day{dates[i], implied.exact, implied.proxy, unknown};
        if (const auto record = seen.find(dates[i]); std::isnan(day.exact) && record != seen.end())
            std::tie(day.exact, day.proxy) = record->second;
        day.realised = realisedOf(basket, index, members, i + 1, DispersionView::monthDays).exact;
        history.push_back(day);
    }
    return history;
}

DispersionView dispersionView(const DispersionBasket& basket, const DispersionNames& names, const DispersionDays& days,
                              std::shared_ptr<const DispersionHistory> history)
{
    DispersionView view;
    view.index = rowOf(basket.index, names, days);
    std::vector<strategies::BasketMember> volatilities;
    for (const DispersionBasket::Member& member : basket.members) {
        view.members.push_back(rowOf(member.symbol, names, days));
        view.members.back().weight = member.weight;
        volatilities.push_back({member.weight, view.members.back().implied});
    }
    const auto implied =
        strategies::impliedCorrelation(view.index.implied, volatilities).value_or(strategies::BasketCorrelation());
    view.exact = implied.exact;
    view.proxy = implied.proxy;
    view.coverage = implied.coverage;
    view.known = implied.members;
    double all = 0;
    for (const DispersionRow& member : view.members)
        all += member.weight;
    for (DispersionRow& member : view.members) {
        if (!std::isnan(member.implied))
            member.share = member.weight / (all * implied.coverage);
    }

    const std::vector<base::Date> dates = lastDates(daysOf(days, basket.index), DispersionView::quarterDays + 1);
    const Series index = along(dates, daysOf(days, basket.index));
    const std::vector<Series> members = membersAlong(basket, dates, days);
    const auto month = realisedOf(basket, index, members, dates.size(), DispersionView::monthDays);
    const auto quarter = realisedOf(basket, index, members, dates.size(), DispersionView::quarterDays);
    view.realisedMonth = month.exact;
    view.pairwiseMonth = month.pairwise;
    view.realisedQuarter = quarter.exact;
    view.pairwiseQuarter = quarter.pairwise;

    view.history = std::move(history);
    std::vector<double> past;
    for (const DispersionDay& day : *view.history)
        past.push_back(day.exact);
    view.percentile = strategies::correlationPercentile(past, view.exact);
    view.median = strategies::correlationMedian(past);
    view.residual = residualOf(view, implied.averageVolatility, names);
    return view;
}

} // namespace vegadesk::desk
