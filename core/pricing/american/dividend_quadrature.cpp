#include "pricing/american/dividend_quadrature.h"

#include "pricing/american/collocation.h"
#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing::american_detail
{

namespace
{

constexpr double reach = 9;      // deviations on either side: 1e-19 of the probability is left out
constexpr double panelWidth = 5; // of the narrowest deviation beside the date, for 32 points
constexpr double mostPanels = 300;

} // namespace

DividendQuadrature::DividendQuadrature(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                       double strike, double years, double vol, bool isAmerican)
    : m_right(right), m_market(market), m_strike(strike), m_years(years), m_vol(vol), m_isAmerican(isAmerican)
{
    for (const CashDividend& dividend : dividends) {
        Date date;
        date.years = dividend.years;
        date.amount = dividend.amount;
        m_dates.push_back(date);
    }
    for (std::size_t index = m_dates.size(); index-- > 0;)
        fill(index);
}

void DividendQuadrature::fill(std::size_t index)
{
    Date& date = m_dates[index];
    double paid = 0;
    for (std::size_t before = 0; before < index; ++before)
        paid += m_dates[before].amount;
    const double deviation = m_vol * std::sqrt(date.years);
    const double drift = (m_market.rate - m_market.dividendYield - 0.5 * m_vol * m_vol) * date.years;
    // Earlier dividends take the way down further; what they may take entirely is below every point anyway.
    const double lowest =
        std::log(std::max(m_market.spot - paid, 0.05 * m_market.spot)) + std::min(drift, 0.0) - reach * deviation;
    double highest = std::log(m_market.spot) + std::max(drift, 0.0) + reach * deviation + deviation * deviation;

    date.atZero = m_right == Right::Put ? m_strike * std::exp(-m_market.rate * (m_years - date.years)) : 0;
    date.exercisedAbove =
        m_isAmerican ? exerciseLevel(index, std::exp(highest)) : std::numeric_limits<double>::infinity();
    highest = std::min(highest, std::log(date.exercisedAbove));
    const double low = std::max(lowest, std::log(date.amount));
    if (!(highest > low))
        return;

    const double previous = index == 0 ? 0 : m_dates[index - 1].years;
    const double next = index + 1 < m_dates.size() ? m_dates[index + 1].years : m_years;
    const double narrowest = m_vol * std::sqrt(std::min(date.years - previous, next - date.years));
    const double panels = std::clamp(std::ceil((highest - low) / (panelWidth * narrowest)), 1.0, mostPanels);
    const double width = (highest - low) / panels;
    const Collocation& tables = Collocation::tables();
    for (int panel = 0; panel < static_cast<int>(panels); ++panel) {
        for (std::size_t k = 0; k < pointCount; ++k) {
            const double logSpot = low + width * (panel + 0.5 * (1 + tables.abscissae[k]));
            const double spot = std::exp(logSpot) - date.amount;
            const double value = spot > 0 ? after(index + 1, date.years, spot).price : date.atZero;
            date.logSpots.push_back(logSpot);
            date.values.push_back(0.5 * width * tables.gaussWeights[k] * value);
        }
    }
}

/// The spot on the eve of an ex-date from which a call is exercised: S - K overtakes the value after the fall.
double DividendQuadrature::exerciseLevel(std::size_t index, double highest) const
{
    const Date& date = m_dates[index];
    const auto waiting = [&](double spot) {
        const double left = spot - date.amount;
        return (left > 0 ? after(index + 1, date.years, left).price : 0) - (spot - m_strike);
    };
    double low = m_strike, high = std::max(highest, 2 * m_strike);
    double atLow = waiting(low), atHigh = waiting(high);
    if (atHigh >= 0)
        return std::numeric_limits<double>::infinity();
    if (atLow <= 0)
        return low;
    int side = 0;
    for (int step = 0; step < 100 && high - low > 1e-12 * high; ++step) {
        // Illinois: false position that halves the weight of an end that stays.
        const double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
        const double at = waiting(middle);
        if (at > 0) {
            low = middle;
            atLow = at;
            atHigh *= side == 1 ? 0.5 : 1;
            side = 1;
        } else {
            high = middle;
            atHigh = at;
            atLow *= side == -1 ? 0.5 : 1;
            side = -1;
        }
        if (std::abs(at) < 1e-13 * m_strike)
            return middle;
    }
    return 0.5 * (low + high);
}

SpotValue DividendQuadrature::after(std::size_t next, double years, double spot) const
{
    if (next == m_dates.size()) {
        const MarketPoint market{spot, m_market.rate, m_market.dividendYield};
        if (years > 0) // within the nest only prices are asked for
            return {blackScholesPrice(m_right, market, m_strike, m_years - years, m_vol), 0, 0};
        const Greeks greeks = blackScholes(m_right, market, m_strike, m_years - years, m_vol);
        return {greeks.price, greeks.delta, greeks.gamma};
    }
    const Date& date = m_dates[next];
    const double span = date.years - years;
    const double width = m_vol * std::sqrt(span);
    const double logSpot = std::log(spot);
    const double centre = logSpot + (m_market.rate - m_market.dividendYield - 0.5 * m_vol * m_vol) * span;
    const double discount = std::exp(-m_market.rate * span);

    // Sums for the value and its first two derivatives by ln spot. The points are in order: those out of reach are
    // skipped.
    const auto begin = std::ranges::lower_bound(date.logSpots, centre - (reach + width) * width);
    const auto end = std::upper_bound(begin, date.logSpots.end(), centre + (reach + width) * width);
    double sum = 0, slope = 0, curve = 0;
    for (auto at = begin; at != end; ++at) {
        const double z = (*at - centre) / width;
        const double part = date.values[static_cast<std::size_t>(at - date.logSpots.begin())] * std::exp(-0.5 * z * z);
        sum += part;
        slope += z * part;
        curve += (z * z - 1) * part;
    }
    const double scale = discount * inverseSqrtTwoPi / width;
    double value = scale * sum, first = scale / width * slope, second = scale / (width * width) * curve;

    if (std::isfinite(date.exercisedAbove)) {
        const double d2 = (centre - std::log(date.exercisedAbove)) / width, d1 = d2 + width;
        const double spotLeg = spot * std::exp(-m_market.dividendYield * span), strikeLeg = m_strike * discount;
        const double asset = spotLeg * normalCdf(d1), flow = spotLeg * normalDensity(d1) / width;
        value += asset - strikeLeg * normalCdf(d2);
        first += asset + flow - strikeLeg * normalDensity(d2) / width;
        second += asset + flow + flow * (1 - d1 / width) + strikeLeg * normalDensity(d2) * d2 / (width * width);
    }
    if (date.atZero > 0) {
        const double d2 = (centre - std::log(date.amount)) / width;
        const double flow = discount * date.atZero * normalDensity(d2) / width;
        value += discount * date.atZero * normalCdf(-d2);
        first -= flow;
        second += flow * d2 / width;
    }
    return {value, first / spot, (second - first) / (spot * spot)};
}

} // namespace vegadesk::pricing::american_detail
