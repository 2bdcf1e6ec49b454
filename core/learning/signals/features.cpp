#include "learning/signals/features.h"

#include "market/calendar.h"
#include "strategies/implied_level.h"
#include "strategies/volatility/forecast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numbers>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::size_t week = 5, month = 21, quarter = 63, year = 252;
constexpr double tradingDaysPerYear = 252;
constexpr std::size_t harDays = 1000;

double logReturn(const PastDays& past, std::size_t days)
{
    const std::span<const double> closes = past.closes;
    return closes.size() > days ? std::log(closes.back() / closes[closes.size() - 1 - days]) : market::unknown;
}

/// From close to close, without a mean.
double realised(const PastDays& past, std::size_t days)
{
    const std::span<const double> closes = past.closes;
    if (closes.size() <= days)
        return market::unknown;
    double sum = 0;
    for (std::size_t at = closes.size() - days; at < closes.size(); ++at) {
        const double step = std::log(closes[at] / closes[at - 1]);
        sum += step * step;
    }
    return std::sqrt(sum * tradingDaysPerYear / static_cast<double>(days));
}

/// Root of the mean of a day's variance over `days`, per year.
template<class DayVariance>
double ofRanges(const PastDays& past, std::size_t days, DayVariance variance)
{
    if (past.days.size() < days)
        return market::unknown;
    double sum = 0;
    for (const HistoryDay& day : past.days.last(days)) {
        if (!day.hasRange())
            return market::unknown;
        sum += variance(day);
    }
    return std::sqrt(std::max(0.0, sum) * tradingDaysPerYear / static_cast<double>(days));
}

double parkinson(const HistoryDay& day)
{
    const double range = std::log(day.high / day.low);
    return range * range / (4 * std::numbers::ln2);
}

double garmanKlass(const HistoryDay& day)
{
    const double range = std::log(day.high / day.low), move = std::log(day.close / day.open);
    return 0.5 * range * range - (2 * std::numbers::ln2 - 1) * move * move;
}

double last(std::span<const double> values)
{
    return values.back();
}

double change(std::span<const double> values, std::size_t days)
{
    return values.size() > days ? values.back() - values[values.size() - 1 - days] : market::unknown;
}

double mean(std::span<const double> values, std::size_t days)
{
    if (values.size() < days)
        return market::unknown;
    double sum = 0;
    for (const double value : values.last(days))
        sum += value;
    return sum / static_cast<double>(days);
}

/// Sample deviation; NaN where one of the values is not known.
double deviation(std::span<const double> values, std::size_t days)
{
    const double middle = mean(values, days);
    if (std::isnan(middle))
        return market::unknown;
    double sum = 0;
    for (const double value : values.last(days))
        sum += (value - middle) * (value - middle);
    return std::sqrt(sum / static_cast<double>(days - 1));
}

double harForecast(const PastDays& past)
{
    return strategies::harVolatility(past.closes.last(std::min(past.closes.size(), harDays)), static_cast<int>(month));
}

double drawdown(const PastDays& past)
{
    if (past.closes.size() < year)
        return market::unknown;
    return past.closes.back() / std::ranges::max(past.closes.last(year)) - 1;
}

/// A day whose skew is not known is left out; half a year of them must be.
double skewScore(const PastDays& past)
{
    if (past.skews.size() < year)
        return market::unknown;
    std::vector<double> known;
    std::ranges::copy_if(past.skews.last(year), std::back_inserter(known),
                         [](double skew) { return !std::isnan(skew); });
    if (known.size() < year / 2)
        return market::unknown;
    const double spread = deviation(known, known.size());
    return spread > 0 ? (past.skews.back() - mean(known, known.size())) / spread : market::unknown;
}

/// While no regimes are told apart every day counts as normal, as sizes do.
double regimeProbability(const PastDays& past, risk::Regime regime)
{
    const double probability = past.regime->probabilities[static_cast<std::size_t>(regime)];
    return std::isnan(probability) ? 0 : probability;
}

double daysToMonthlyExpiry(const PastDays& past)
{
    const std::chrono::year_month_day date(past.session);
    std::chrono::year_month at(date.year(), date.month());
    for (;; at += std::chrono::months(1)) {
        const base::Date expiry = market::monthlyExpiry(static_cast<int>(at.year()), static_cast<unsigned>(at.month()));
        if (expiry >= past.session)
            return static_cast<double>((expiry - past.session).count());
    }
}

double weekdayOf(const PastDays& past)
{
    const std::chrono::weekday day(past.session);
    return static_cast<double>(day.iso_encoding());
}

using enum FeatureNeed;
constexpr auto closesOfMonth = "closes of t-22 to t-1";

const std::array specs{
    FeatureSpec{"return_1", "Log return of the last day.", "closes of t-2 and t-1", Closes,
                [](const PastDays& past) { return logReturn(past, 1); }},
    FeatureSpec{"return_5", "Log return of a week.", "closes of t-6 and t-1", Closes,
                [](const PastDays& past) { return logReturn(past, week); }},
    FeatureSpec{"return_21", "Log return of a month.", "closes of t-22 and t-1", Closes,
                [](const PastDays& past) { return logReturn(past, month); }},
    FeatureSpec{"return_63", "Log return of a quarter.", "closes of t-64 and t-1", Closes,
                [](const PastDays& past) { return logReturn(past, quarter); }},
    FeatureSpec{"drawdown", "Last close over the highest of a year, less 1.", "closes of t-252 to t-1", Closes,
                drawdown},
    FeatureSpec{"har_day", "HAR's first part: size of the last day's move, per year.", "closes of t-2 and t-1", Closes,
                [](const PastDays& past) { return realised(past, 1); }},
    FeatureSpec{"realised_5", "Realised volatility of a week, close to close: HAR's second part.",
                "closes of t-6 to t-1", Closes, [](const PastDays& past) { return realised(past, week); }},
    FeatureSpec{"realised_21", "Realised volatility of a month, close to close: HAR's third part.", closesOfMonth,
                Closes, [](const PastDays& past) { return realised(past, month); }},
    FeatureSpec{"realised_63", "Realised volatility of a quarter, close to close.", "closes of t-64 to t-1", Closes,
                [](const PastDays& past) { return realised(past, quarter); }},
    FeatureSpec{"har_forecast", "Volatility of the next 21 days by HAR, fitted to the past alone.",
                "closes of t-1000 (or the first) to t-1", Closes, harForecast},
    FeatureSpec{"parkinson_21", "Volatility of a month by the days' highs and lows (Parkinson 1980).",
                "ranges of t-21 to t-1", Range, [](const PastDays& past) { return ofRanges(past, month, parkinson); }},
    FeatureSpec{"garman_klass_21",
                "Volatility of a month by the days' bars, overnight moves left out (Garman and Klass 1980).",
                "bars of t-21 to t-1", Range, [](const PastDays& past) { return ofRanges(past, month, garmanKlass); }},
    FeatureSpec{"implied", "Implied volatility of 30 days.", "t-1", Implied,
                [](const PastDays& past) { return last(past.implied); }},
    FeatureSpec{"implied_change_1", "Change of implied volatility in a day.", "t-2 and t-1", Implied,
                [](const PastDays& past) { return change(past.implied, 1); }},
    FeatureSpec{"implied_change_5", "Change of implied volatility in a week.", "t-6 and t-1", Implied,
                [](const PastDays& past) { return change(past.implied, week); }},
    FeatureSpec{"implied_rank", "Implied volatility between the lowest and the highest of a year, 0 to 1.",
                "t-252 to t-1", Implied,
                [](const PastDays& past) { return strategies::impliedRank(past.implied, past.implied.back()); }},
    FeatureSpec{"implied_percentile", "Part of a year's days on which implied volatility was lower.", "t-252 to t-1",
                Implied,
                [](const PastDays& past) { return strategies::impliedPercentile(past.implied, past.implied.back()); }},
    FeatureSpec{"implied_to_month", "Logarithm of implied volatility over its mean of a month.", "t-21 to t-1", Implied,
                [](const PastDays& past) { return std::log(past.implied.back() / mean(past.implied, month)); }},
    FeatureSpec{"implied_deviation", "Standard deviation of implied volatility in a month.", "t-21 to t-1", Implied,
                [](const PastDays& past) { return deviation(past.implied, month); }},
    FeatureSpec{
        "premium_21", "Logarithm of implied over realised volatility of a month.", closesOfMonth, Implied,
        [](const PastDays& past) { return std::log(past.implied.back() / std::max(realised(past, month), 1e-4)); }},
    FeatureSpec{"premium_har", "Logarithm of implied volatility over HAR's forecast.",
                "closes of t-1000 (or the first) to t-1", Implied,
                [](const PastDays& past) { return std::log(past.implied.back() / std::max(harForecast(past), 1e-4)); }},
    FeatureSpec{"regime_calm",
                "Filtered probability of the calm regime, by a mixture fitted to the past; 0 while there is none.",
                "every close until t-1", Closes,
                [](const PastDays& past) { return regimeProbability(past, risk::Regime::Calm); }},
    FeatureSpec{"regime_stressed", "Filtered probability of the stressed regime, likewise.", "every close until t-1",
                Closes, [](const PastDays& past) { return regimeProbability(past, risk::Regime::Stressed); }},
    FeatureSpec{"term_slope", "Implied volatility of 91 days less that of 30.", "t-1", TermStructure,
                [](const PastDays& past) { return past.longer.back() - past.implied.back(); }},
    FeatureSpec{"skew", "Volatility of the 25-delta put less that of the call, of 30 days.", "t-1", Skew,
                [](const PastDays& past) { return last(past.skews); }},
    FeatureSpec{"skew_score", "Skew less its mean of a year, in its deviations.", "t-252 to t-1", Skew, skewScore},
    FeatureSpec{"skew_change_5", "Change of the skew in a week.", "t-6 and t-1", Skew,
                [](const PastDays& past) { return change(past.skews, week); }},
    FeatureSpec{"days_to_expiry", "Calendar days from t to the next monthly expiry.", "the calendar", Closes,
                daysToMonthlyExpiry},
    FeatureSpec{"weekday", "Day of the week of t, Monday being 1.", "the calendar", Closes, weekdayOf},
};

bool hasData(const HistoryTable& table, FeatureNeed need)
{
    switch (need) {
    case Closes:
        return true;
    case Range:
        return table.knows(&HistoryDay::high) && table.knows(&HistoryDay::low) && table.knows(&HistoryDay::open);
    case Implied:
        return table.knows(&HistoryDay::implied);
    case TermStructure:
        return table.knows(&HistoryDay::impliedLonger) && table.knows(&HistoryDay::implied);
    case Skew:
        break;
    }
    return table.knows(&HistoryDay::skew);
}

} // namespace

std::span<const FeatureSpec> featureSpecs()
{
    return specs;
}

std::vector<const FeatureSpec*> featuresOf(const HistoryTable& table)
{
    std::vector<const FeatureSpec*> found;
    for (const FeatureSpec& spec : specs)
        if (hasData(table, spec.need))
            found.push_back(&spec);
    return found;
}

base::Result<std::vector<const FeatureSpec*>> featuresNamed(std::span<const std::string> names)
{
    std::vector<const FeatureSpec*> found;
    for (const std::string& name : names) {
        const auto spec = std::ranges::find(specs, name, &FeatureSpec::name);
        if (spec == specs.end())
            return base::badInput("feature", name, "a feature of this program");
        found.push_back(&*spec);
    }
    return found;
}

bool needChains(std::span<const std::string> names)
{
    return std::ranges::any_of(specs, [&](const FeatureSpec& spec) {
        return (spec.need == TermStructure || spec.need == Skew) && std::ranges::count(names, spec.name) > 0;
    });
}

risk::RegimeSettings regimeSettings(bool hasImplied)
{
    risk::RegimeSettings settings;
    if (hasImplied)
        settings.features.assign(risk::featuresWithImplied.begin(), risk::featuresWithImplied.end());
    settings.mixture.starts = 2;
    return settings;
}

FeatureBuilder::FeatureBuilder(std::vector<const FeatureSpec*> wanted, bool hasImplied)
    : m_specs(std::move(wanted)), m_regimes(risk::RegimeFilter::create(regimeSettings(hasImplied)).value())
{
}

base::Result<void> FeatureBuilder::add(const HistoryDay& day)
{
    if (const auto checked = checkDay(day, m_days.empty() ? nullptr : &m_days.back()); !checked)
        return checked;
    if (const auto added = m_regimes.add({day.date, day.close, day.implied}); !added)
        return added;
    m_days.push_back(day);
    m_closes.push_back(day.close);
    m_implied.push_back(day.implied);
    m_longer.push_back(day.impliedLonger);
    m_skews.push_back(day.skew);
    return {};
}

base::Date FeatureBuilder::session() const
{
    return market::nextTradingDay(m_days.back().date);
}

std::vector<double> FeatureBuilder::features() const
{
    const PastDays past{m_days, m_closes, m_implied, m_longer, m_skews, regime(), session()};
    std::vector<double> values;
    values.reserve(m_specs.size());
    for (const FeatureSpec* const spec : m_specs)
        values.push_back(spec->value(past));
    return values;
}

} // namespace vegadesk::learning::market_signals
