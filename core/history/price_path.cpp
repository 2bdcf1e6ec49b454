#include "history/price_path.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;

constexpr double daysPerYear = 252;
constexpr double dayLength = 1 / daysPerYear;

// The market factor.
constexpr double revertsTo = 0.15 * 0.15;
constexpr double varianceReversion = 5;
constexpr double volatilityOfVariance = 0.55;
constexpr double leverage = -0.75; // correlation of returns and variance
constexpr double leastVariance = 0.07 * 0.07;
constexpr double jumpsPerYear = 2.5;
constexpr double jumpMean = -0.02;
constexpr double jumpDeviation = 0.015;
constexpr double varianceAfterJump = 0.012;
constexpr double levelReversion = 0.35; // per year, towards the trend
// What returns vary by in the long run: diffusion, the variance that jumps leave behind, and the jumps themselves.
constexpr double jumpVariance = jumpsPerYear * (jumpMean * jumpMean + jumpDeviation * jumpDeviation);
constexpr double factorLongRun = revertsTo + jumpsPerYear * varianceAfterJump / varianceReversion + jumpVariance;

// Each name's own part.
constexpr double ownJumpsPerYear = 2;
constexpr double ownJumpDeviations = 3.5; // of the name's daily own move
constexpr double logVolatilityReversion = 4;
constexpr double logVolatilityDeviation = 0.25; // stationary
/// Own variance with its jumps, over what diffuses.
constexpr double ownJumpFactor = 1 + ownJumpsPerYear * dayLength * ownJumpDeviations * ownJumpDeviations;

constexpr std::uint64_t factorStream = 1;
constexpr std::uint64_t factorVarianceStream = 2;
constexpr std::uint64_t factorJumpStream = 3;
constexpr std::uint64_t factorJumpSizeStream = 4;
constexpr std::uint64_t factorBridgeStream = 5;
constexpr std::uint64_t ownStreams = 16; // first of a name's block
constexpr std::uint64_t streamsPerName = 8;

constexpr int bridgeLevels = 17;

/// A name's streams hang on its symbol, not on its place: adding names changes no path.
std::uint64_t streamOf(const SimulatedUnderlying& name, std::uint64_t which)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const char c : name.symbol)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return ownStreams + (hash >> 8) * streamsPerName + which;
}

std::size_t placeOf(const SimulatedUnderlying& name)
{
    return static_cast<std::size_t>(&name - simulatedUniverse().data());
}

} // namespace

PricePath::PricePath(std::uint64_t seed, CorporateEvents events)
    : m_noise(seed), m_events(events), m_own(simulatedUniverse().size())
{
    m_dates.push_back(firstSimulatedDate);
    m_factor.push_back({0, revertsTo});
}

PricePath::~PricePath() = default;

bool PricePath::covers(Date date)
{
    return date >= firstSimulatedDate && date <= lastSimulatedDate;
}

void PricePath::extendTo(Date date)
{
    while (m_dates.back() < date)
        extendTo(m_dates.size());
}

void PricePath::extendTo(std::size_t day)
{
    while (m_dates.size() <= day) {
        const std::size_t next = m_dates.size();
        const FactorDay& last = m_factor.back();
        const double own = m_noise.normal(factorStream, next);
        const double other = m_noise.normal(factorVarianceStream, next);
        const double deviation = std::sqrt(last.variance * dayLength);
        double step = -levelReversion * last.level * dayLength + deviation * own - jumpsPerYear * jumpMean * dayLength;
        double variance =
            last.variance + varianceReversion * (revertsTo - last.variance) * dayLength +
            volatilityOfVariance * deviation * (leverage * own + std::sqrt(1 - leverage * leverage) * other);
        if (m_noise.uniform(factorJumpStream, next) < jumpsPerYear * dayLength) {
            step += jumpMean + jumpDeviation * m_noise.normal(factorJumpSizeStream, next);
            variance += varianceAfterJump;
        }
        m_factor.push_back({last.level + step, std::max(variance, leastVariance)});
        m_dates.push_back(market::nextTradingDay(m_dates.back()));
    }
}

const PricePath::OwnDay& PricePath::own(const SimulatedUnderlying& name, std::size_t day)
{
    std::unique_ptr<Own>& slot = m_own[placeOf(name)];
    if (!slot) {
        slot = std::make_unique<Own>();
        slot->days.push_back({0, name.ownVolatility});
        if (m_events == CorporateEvents::Scheduled)
            slot->agenda = makeAgenda(name);
    }
    Own& path = *slot;
    const double keep = std::exp(-logVolatilityReversion * dayLength);
    const double fresh = logVolatilityDeviation * std::sqrt(1 - keep * keep);
    while (path.days.size() <= day) {
        const std::size_t next = path.days.size();
        const OwnDay last = path.days.back();
        const double deviation = last.volatility * std::sqrt(dayLength);
        double step = -levelReversion * last.level * dayLength + deviation * m_noise.normal(streamOf(name, 0), next);
        if (m_noise.uniform(streamOf(name, 2), next) < ownJumpsPerYear * dayLength)
            step += ownJumpDeviations * deviation * m_noise.normal(streamOf(name, 3), next);
        path.logVolatility = keep * path.logVolatility + fresh * m_noise.normal(streamOf(name, 1), next);
        OwnDay today{last.level + step, name.ownVolatility * std::exp(path.logVolatility)};
        if (m_events == CorporateEvents::Scheduled)
            addEvents(name, next, path, today);
        path.days.push_back(today);
    }
    return path.days[day];
}

/// `fresh` is `day`, as it would be without them; the days before are there.
void PricePath::addEvents(const SimulatedUnderlying& name, std::size_t day, Own& path, OwnDay& fresh)
{
    extendTo(day);
    const Date before = m_dates[day - 1], date = m_dates[day];
    for (const CompanyReport& report : between(path.agenda.reports, &CompanyReport::reaction, before, date)) {
        const double deviation = reportDeviation(name);
        const double move = deviation * surprise(name, report) - 0.5 * deviation * deviation;
        fresh.level += move;
        fresh.opening += move;
    }
    const std::vector<CashPayment>& payments = path.agenda.payments;
    const auto next = std::ranges::upper_bound(payments, date, {}, &CashPayment::exDate);
    if (next == payments.begin() || next == payments.end())
        return;
    const CashPayment& last = *std::prev(next);
    const std::size_t eve = dayOnOrBefore(last.exDate - std::chrono::days(1));
    if (m_dates[eve] >= last.exDate)
        return; // the first one was before all paths
    const double price = close(name, eve);
    const double drop = std::log1p(-last.amount.toDouble() / price);
    if (eve + 1 == day)
        fresh.opening += drop;
    const Date nextEve = market::previousTradingDay(next->exDate);
    const double left = static_cast<double>((nextEve - date).count()) /
                        static_cast<double>((nextEve - market::previousTradingDay(last.exDate)).count());
    fresh.paid = drop * left;
}

const Agenda& PricePath::agenda(const SimulatedUnderlying& name)
{
    own(name, 0);
    return m_own[placeOf(name)]->agenda;
}

double PricePath::surprise(const SimulatedUnderlying& name, const CompanyReport& report) const
{
    return m_noise.normal(streamOf(name, 6), static_cast<std::uint64_t>(report.quarterEnd.time_since_epoch().count()));
}

DayPosition PricePath::position(Instant at)
{
    const Date date = market::newYorkDate(at);
    const std::size_t day = dayOnOrBefore(date);
    if (m_dates[day] != date)
        return {day, 1};
    const auto session = market::sessionOn(date);
    if (at < session->open)
        return {day == 0 ? 0 : day - 1, 1};
    if (at >= session->close)
        return {day, 1};
    const double passed = base::seconds(at - session->open) / base::seconds(session->close - session->open);
    return {day, overnightShare + (1 - overnightShare) * passed};
}

Date PricePath::dateOf(std::size_t day)
{
    extendTo(day);
    return m_dates[day];
}

std::size_t PricePath::dayOnOrBefore(Date date)
{
    extendTo(date);
    const auto after = std::ranges::upper_bound(m_dates, date);
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - m_dates.begin() - 1, 0));
}

double PricePath::tradingDaysUntil(DayPosition from, Date expiry, market::Settlement settlement)
{
    const std::size_t last = dayOnOrBefore(expiry);
    double end = static_cast<double>(last);
    if (settlement == market::Settlement::AM)
        end += overnightShare - 1;
    return std::max(0.0, end - (static_cast<double>(from.day) + from.fraction - 1));
}

double PricePath::logClose(const SimulatedUnderlying& name, std::size_t day)
{
    extendTo(day);
    const OwnDay& ofName = own(name, day);
    return logTrend(name, m_dates[day]) + name.beta * m_factor[day].level + ofName.level + ofName.paid;
}

double PricePath::bridge(std::uint64_t stream, std::size_t day, double fraction) const
{
    if (fraction <= 0 || fraction >= 1)
        return 0;
    double left = 0, right = 0; // values at the ends of the interval that holds `fraction`
    double width = 1;
    double offset = fraction; // within the interval, in [0, width)
    std::uint64_t node = 1;
    for (int level = 0; level < bridgeLevels; ++level) {
        const double middle =
            0.5 * (left + right) + 0.5 * std::sqrt(width) * m_noise.normal(stream, (day << bridgeLevels) + node);
        width *= 0.5;
        if (offset < width) {
            right = middle;
            node = 2 * node;
        } else {
            left = middle;
            offset -= width;
            node = 2 * node + 1;
        }
    }
    return left + (right - left) * offset / width;
}

double PricePath::close(const SimulatedUnderlying& name, std::size_t day)
{
    return std::round(100 * std::exp(logClose(name, day))) / 100;
}

double PricePath::open(const SimulatedUnderlying& name, std::size_t day)
{
    return price(name, {day, overnightShare});
}

double PricePath::price(const SimulatedUnderlying& name, DayPosition at)
{
    if (at.fraction >= 1 || at.day == 0)
        return close(name, at.day);
    const double before = logClose(name, at.day - 1);
    const double after = logClose(name, at.day);
    const double opening = own(name, at.day).opening; // passed by the first trade
    double logPrice = before + opening + at.fraction * (after - before - opening) +
                      name.beta * std::sqrt(m_factor[at.day - 1].variance * dayLength) *
                          bridge(factorBridgeStream, at.day, at.fraction);
    if (name.ownVolatility > 0)
        logPrice +=
            own(name, at.day - 1).volatility * std::sqrt(dayLength) * bridge(streamOf(name, 4), at.day, at.fraction);
    return std::round(100 * std::exp(logPrice)) / 100;
}

market::Candle PricePath::dailyCandle(const SimulatedUnderlying& name, std::size_t day)
{
    constexpr int samples = 39; // one in ten minutes
    market::Candle candle;
    candle.time = Instant(std::chrono::sys_days(dateOf(day).time_since_epoch()));
    candle.open = open(name, day);
    candle.close = close(name, day);
    candle.high = std::max(candle.open, candle.close);
    candle.low = std::min(candle.open, candle.close);
    for (int i = 1; i < samples; ++i) {
        const double fraction = overnightShare + (1 - overnightShare) * i / samples;
        const double sample = price(name, {day, fraction});
        candle.high = std::max(candle.high, sample);
        candle.low = std::min(candle.low, sample);
    }
    candle.volume = dailyVolume(name, day);
    return candle;
}

double PricePath::dailyVolume(const SimulatedUnderlying& name, std::size_t day) const
{
    return std::round(name.dailyShareVolume * std::exp(0.3 * m_noise.normal(streamOf(name, 5), day)));
}

double PricePath::instantVariance(const SimulatedUnderlying& name, DayPosition at)
{
    extendTo(at.day);
    double factor = m_factor[at.day].variance;
    double ownVolatility = own(name, at.day).volatility;
    if (at.fraction < 1 && at.day > 0) {
        const double before = m_factor[at.day - 1].variance;
        const double move = std::sqrt(before * dayLength) * bridge(factorBridgeStream, at.day, at.fraction);
        factor = before + at.fraction * (factor - before) + volatilityOfVariance * leverage * move;
        factor = std::max(factor, leastVariance);
        const double ownBefore = own(name, at.day - 1).volatility;
        ownVolatility = ownBefore + at.fraction * (ownVolatility - ownBefore);
    }
    return name.beta * name.beta * (factor + jumpVariance) + ownVolatility * ownVolatility * ownJumpFactor;
}

double PricePath::longRunVariance(const SimulatedUnderlying& name) const
{
    // The mean square of a log-normal volatility exceeds its median's.
    const double ownMean = std::exp(2 * logVolatilityDeviation * logVolatilityDeviation) * ownJumpFactor;
    return name.beta * name.beta * factorLongRun + name.ownVolatility * name.ownVolatility * ownMean;
}

} // namespace vegadesk::history
