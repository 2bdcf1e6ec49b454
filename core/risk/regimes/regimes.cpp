#include "risk/regimes/regimes.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace vegadesk::risk
{

namespace
{

constexpr std::size_t monthDays = 21, weekDays = 5, quarterDays = 63;
constexpr std::size_t impliedKeptDays = 5;
constexpr double tradingDaysPerYear = 252;
constexpr double normalDeviations = 1.4826; // a normal's deviation over its median absolute one

/// Of the squared daily moves of the last `days` in `levels`, per year.
double meanSquare(std::span<const double> levels, std::size_t days)
{
    double sum = 0;
    for (std::size_t at = levels.size() - days; at < levels.size(); ++at)
        sum += (levels[at] - levels[at - 1]) * (levels[at] - levels[at - 1]);
    return sum * tradingDaysPerYear / static_cast<double>(days);
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1)
        return *middle;
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

/// Components by the mean variance of the days they made, lowest first: a component keeps its name whatever place a fit gave it.
/// Answers the roots of those variances.
std::vector<double> orderByVolatility(GaussianMixture& mixture, PointsView points, std::span<const double> variances)
{
    const std::size_t count = mixture.components().size();
    std::vector<double> shares(count), held(count), variance(count);
    for (std::size_t row = 0; row < points.size(); ++row) {
        mixture.posterior(points[row], shares);
        for (std::size_t at = 0; at < count; ++at) {
            held[at] += shares[at];
            variance[at] += shares[at] * variances[row];
        }
    }
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> volatilities;
    for (std::size_t at = 0; at < count; ++at)
        volatilities.push_back(std::sqrt(variance[at] / held[at]));
    std::ranges::stable_sort(order, {}, [&](std::size_t at) { return volatilities[at]; });
    std::ranges::sort(volatilities);
    mixture.reorder(order);
    return volatilities;
}

/// By how much so many components make a point that they were not fitted to likelier than a single one does. Every fourth
/// quarter of a year is held out, and what shares a month with it: the newest alone may be a market that was never seen before,
/// which says nothing of the parts of what was.
double holdOutGain(PointsView points, const GaussianMixture& mixture, std::size_t stride,
                   const MixtureSettings& settings)
{
    const std::size_t block = quarterDays / stride + 1, embargo = monthDays / stride + 1;
    const auto isHeldOut = [&](std::size_t at) { return at / block % 4 == 2; };
    std::vector<double> known, heldOut;
    for (std::size_t at = 0; at < points.size(); ++at) {
        const std::span<const double> point = points[at];
        if (isHeldOut(at))
            heldOut.insert(heldOut.end(), point.begin(), point.end());
        else if (!isHeldOut(at + embargo) && (at < embargo || !isHeldOut(at - embargo)))
            known.insert(known.end(), point.begin(), point.end());
    }
    const PointsView seen{known, points.dimension}, unseen{heldOut, points.dimension};
    const auto several = refitMixture(seen, mixture, settings), single = fitMixture(seen, 1, settings);
    if (!several || !single || unseen.size() == 0)
        return 0;
    return (several->mixture.logLikelihood(unseen) - single->mixture.logLikelihood(unseen)) /
           static_cast<double>(unseen.size());
}

} // namespace

std::string_view toText(Regime regime)
{
    switch (regime) {
    case Regime::Calm:
        return "calm";
    case Regime::Normal:
        return "normal";
    case Regime::Stressed:
        break;
    }
    return "stressed";
}

std::string_view toText(RegimeFeature feature)
{
    switch (feature) {
    case RegimeFeature::MonthVolatility:
        return "realised volatility, 21 days";
    case RegimeFeature::Trend:
        return "return, 63 days";
    case RegimeFeature::VolatilityChange:
        return "realised volatility, 5 less 21 days";
    case RegimeFeature::ImpliedPremium:
        return "implied less realised volatility";
    case RegimeFeature::VolatilityOfVolatility:
        break;
    }
    return "volatility of implied volatility, 21 days";
}

Regime sizingStep(Regime before, Regime wanted)
{
    if (wanted >= before)
        return wanted;
    return before == Regime::Stressed ? Regime::Normal : Regime::Calm;
}

double sizeIn(Regime regime, const SizeMultipliers& multipliers)
{
    switch (regime) {
    case Regime::Calm:
        return multipliers.calm;
    case Regime::Normal:
        return multipliers.normal;
    case Regime::Stressed:
        break;
    }
    return multipliers.stressed;
}

std::size_t closesBeforeFirstFit(const RegimeSettings& settings)
{
    return quarterDays + settings.daysLeast;
}

base::Result<RegimeFilter> RegimeFilter::create(const RegimeSettings& settings)
{
    const auto wrong = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, std::to_string(value), allowed);
    };
    const std::size_t points = settings.daysLeast / std::max<std::size_t>(settings.fitStride, 1);
    if (settings.features.empty() || settings.features.size() > 5)
        return wrong("features", static_cast<double>(settings.features.size()), "1 to 5");
    if (settings.fitStride < 1 || settings.refitDays < 1)
        return wrong("days between points and fits", 0, "1 or more");
    if (points < 30)
        return wrong("days before the first fit", static_cast<double>(settings.daysLeast), "30 points or more");
    if (settings.daysMost != 0 && settings.daysMost < settings.daysLeast)
        return wrong("days of a fit", static_cast<double>(settings.daysMost), "0, or the days before the first");
    if (!(settings.leave > 0 && settings.leave <= settings.enter && settings.enter < 1))
        return wrong("probability to leave at", settings.leave,
                     "above 0, at most the one to enter at, which is below 1");
    if (settings.enterDays < 1 || settings.leaveDays < 1)
        return wrong("days in a row", std::min(settings.enterDays, settings.leaveDays), "1 or more");
    return RegimeFilter(settings);
}

base::Result<void> RegimeFilter::add(const MarketDay& day)
{
    if (!m_days.empty() && day.date <= m_days.back().date)
        return base::badInput("date", base::formatDate(day.date), "after " + base::formatDate(m_days.back().date));
    if (!(day.close > 0) || !std::isfinite(day.close))
        return base::badInput("close of " + base::formatDate(day.date), std::to_string(day.close), "a positive number");
    const bool hasImplied = !std::isnan(day.impliedVolatility);
    if (hasImplied && (!(day.impliedVolatility > 0) || !std::isfinite(day.impliedVolatility)))
        return base::badInput("implied volatility of " + base::formatDate(day.date),
                              std::to_string(day.impliedVolatility), "a positive number");
    m_logCloses.push_back(std::log(day.close));
    m_implied.push_back(day.impliedVolatility);
    RegimeDay judged;
    judged.date = day.date;
    const bool isWhole = appendFeatures();
    if (isWhole)
        judge(judged);
    else
        m_switches.reset();
    const Regime wanted = judged.regime.value_or(Regime::Normal);
    const Regime before = m_days.empty() ? Regime::Normal : m_days.back().sizedFor;
    judged.sizedFor = sizingStep(before, wanted);
    m_days.push_back(judged);
    const std::size_t rows = m_rowVariances.size();
    if (isWhole && rows >= m_settings.daysLeast && (rows - m_settings.daysLeast) % m_settings.refitDays == 0)
        refit(); // for the days after this one
    return {};
}

/// False when the day has not all of them.
bool RegimeFilter::appendFeatures()
{
    const std::span<const double> closes(m_logCloses);
    if (closes.size() <= quarterDays)
        return false;
    const double month = meanSquare(closes, monthDays), volatility = std::sqrt(month);
    // Each day's implied volatility, or the last one before it that is not too old.
    std::array<double, monthDays + 1> implied{};
    for (std::size_t back = 0; back <= monthDays; ++back) {
        std::size_t at = m_implied.size() - 1 - back;
        const std::size_t oldest = at - std::min(at, impliedKeptDays);
        while (std::isnan(m_implied[at]) && at > oldest)
            --at;
        implied[monthDays - back] = m_implied[at];
    }
    const auto valueOf = [&](RegimeFeature feature) {
        switch (feature) {
        case RegimeFeature::MonthVolatility:
            return volatility;
        case RegimeFeature::VolatilityChange:
            return std::sqrt(meanSquare(closes, weekDays)) - volatility;
        case RegimeFeature::Trend:
            return closes.back() - closes[closes.size() - 1 - quarterDays];
        case RegimeFeature::ImpliedPremium:
            return implied.back() - volatility;
        case RegimeFeature::VolatilityOfVolatility:
            break;
        }
        return std::sqrt(meanSquare(implied, monthDays));
    };
    std::vector<double> row;
    for (const RegimeFeature feature : m_settings.features)
        row.push_back(valueOf(feature));
    if (std::ranges::any_of(row, [](double value) { return !std::isfinite(value); }))
        return false;
    m_rows.insert(m_rows.end(), row.begin(), row.end());
    m_rowVariances.push_back(month);
    return true;
}

std::vector<double> RegimeFilter::scaled(const FeatureScale& scale, std::size_t row) const
{
    const std::size_t size = m_settings.features.size();
    std::vector<double> point(size);
    for (std::size_t at = 0; at < size; ++at)
        point[at] = (m_rows[row * size + at] - scale.medians[at]) / scale.spreads[at];
    return point;
}

FeatureScale RegimeFilter::scaleOfAll() const
{
    const std::size_t size = m_settings.features.size(), rows = m_rowVariances.size();
    FeatureScale scale;
    for (std::size_t at = 0; at < size; ++at) {
        std::vector<double> column(rows);
        for (std::size_t row = 0; row < rows; ++row)
            column[row] = m_rows[row * size + at];
        const double middle = median(column);
        for (double& value : column)
            value = std::abs(value - middle);
        const double deviation = median(std::move(column));
        scale.medians.push_back(middle);
        scale.spreads.push_back(deviation > 0 ? normalDeviations * deviation : 1);
    }
    return scale;
}

void RegimeFilter::refit()
{
    const std::size_t size = m_settings.features.size(), rows = m_rowVariances.size();
    const FeatureScale scale = scaleOfAll();
    const std::size_t reach = m_settings.daysMost == 0 ? rows : std::min(rows, m_settings.daysMost);
    const std::size_t count = (reach - 1) / m_settings.fitStride + 1;
    std::vector<double> values, variances;
    for (std::size_t back = count; back-- > 0;) {
        const std::size_t row = rows - 1 - back * m_settings.fitStride;
        const std::vector<double> point = scaled(scale, row);
        values.insert(values.end(), point.begin(), point.end());
        variances.push_back(m_rowVariances[row]);
    }
    MixtureSettings settings = m_settings.mixture;
    settings.seed += m_fits++;
    settings.newShare = std::min(1.0, static_cast<double>(m_settings.fitStride) / static_cast<double>(monthDays));
    const PointsView points{values, size};
    auto fits = fitMixtures(points, settings);
    m_fit.reset();
    if (!fits) // the points are too few for their dimension: the next fit has more
        return;
    // The first by BIC that holds what it was not fitted to; what comes after a single component is worse than it.
    for (MixtureFit& fit : *fits) {
        const bool isSingle = fit.mixture.components().size() == 1;
        const double gain = isSingle ? 0 : holdOutGain(points, fit.mixture, m_settings.fitStride, settings);
        if (!isSingle && !(gain > 0) && &fit != &fits->back())
            continue;
        const std::vector<double> volatilities = orderByVolatility(fit.mixture, points, variances);
        m_fit.emplace(RegimeFit{m_days.back().date, scale, std::move(fit), volatilities, gain});
        return;
    }
}

void RegimeFilter::judge(RegimeDay& day)
{
    if (!m_fit || !m_fit->isConvincing()) {
        m_switches.reset();
        return;
    }
    const GaussianMixture& mixture = m_fit->fit.mixture;
    const std::size_t count = mixture.components().size();
    std::vector<double> shares(count);
    mixture.posterior(scaled(m_fit->scale, m_rowVariances.size() - 1), shares);
    const double calm = shares.front(), stressed = shares.back();
    day.probabilities = {calm, std::max(0.0, 1 - calm - stressed), stressed};

    const std::array<double, 2> atLeast{1 - calm, stressed};
    if (!m_switches)
        m_switches = {Switch{atLeast[0] > 0.5, 0}, Switch{atLeast[1] > 0.5, 0}};
    for (std::size_t at = 0; at < atLeast.size(); ++at)
        (*m_switches)[at].see(atLeast[at], m_settings);
    day.regime = (*m_switches)[1].isOn ? Regime::Stressed : (*m_switches)[0].isOn ? Regime::Normal : Regime::Calm;
}

void RegimeFilter::Switch::see(double probability, const RegimeSettings& settings)
{
    days = (isOn ? probability < settings.leave : probability > settings.enter) ? days + 1 : 0;
    if (days >= (isOn ? settings.leaveDays : settings.enterDays)) {
        isOn = !isOn;
        days = 0;
    }
}

} // namespace vegadesk::risk
