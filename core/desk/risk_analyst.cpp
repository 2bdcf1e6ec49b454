#include "desk/risk_analyst.h"

#include "base/log.h"
#include "desk/attribution_file.h"
#include "desk/hedge_proposals.h"
#include "desk/sentences.h"
#include "market/calendar.h"
#include "pricing/black_scholes.h"
#include "risk/sizing.h"

#include <QFile>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace vegadesk::desk
{

namespace
{

/// A clock that is set right goes back by less.
constexpr base::Nanos clockStep = std::chrono::hours(1);

/// A view that has nothing to show but the reason.
template<class View>
View without(const base::Error& why)
{
    View view;
    view.why = why.message();
    return view;
}

/// What is held, whatever it is worth: a book of which the past says the same.
std::string contentsOf(const risk::RiskBook& book)
{
    std::string text;
    for (const risk::RiskPosition& position : book.positions)
        text += fmt::format("{} {:g};", position.symbol, position.quantity);
    return text;
}

/// With implied volatilities where nearly every day has one.
risk::RegimeSettings regimeSettings(const std::vector<risk::DailyClose>& days)
{
    risk::RegimeSettings settings;
    const auto known =
        std::ranges::count_if(days, [](const risk::DailyClose& day) { return std::isfinite(day.impliedVolatility); });
    if (static_cast<double>(known) >= risk::leastMeasured * static_cast<double>(days.size()))
        settings.features.assign(risk::featuresWithImplied.begin(), risk::featuresWithImplied.end());
    return settings;
}

} // namespace

RiskAnalyst::RiskAnalyst(std::shared_ptr<Published<RiskView>> view, std::shared_ptr<const base::Clock> wall)
    : m_published(std::move(view)), m_wall(std::move(wall))
{
}

RiskAnalyst::~RiskAnalyst()
{
    save();
    RiskView none; // whoever looks next must not take this account's risk for the next one's
    none.version = ++m_version;
    m_published->store(std::make_shared<RiskView>(std::move(none)));
}

void RiskAnalyst::begin(const QString& attributionFile)
{
    save();
    m_file = attributionFile;
    m_attribution.reset();
    m_day = {};
    m_next.reset();
    m_view = {};
    m_view.version = ++m_version;
    m_hasNewHistory = !m_closes.empty(); // the market's past is every account's
    m_isIndexNew = true;
    m_measuredAt = m_backtestedAt = {};
    m_backtested.clear();
    m_published->store(std::make_shared<RiskView>(m_view));
    auto kept = readAttribution(m_file);
    if (!kept) {
        base::log::warning("{}", kept.error().message());
        const QString aside = m_file + QStringLiteral(".unreadable"); // a person may know what to do with it
        QFile::remove(aside);
        QFile::rename(m_file, aside);
        Q_EMIT noticed({NoticeLevel::Warning, m_wall->now(),
                        tr("Where the profit came from before now is not known: %1")
                            .arg(QString::fromStdString(kept.error().message()))
                            .toStdString()});
    } else if (*kept) {
        m_day = market::newYorkDate((*kept)->at);
        m_attribution.emplace(std::move(**kept));
    }
}

void RiskAnalyst::save()
{
    if (!m_attribution || !m_isUnsaved || m_file.isEmpty())
        return;
    m_isUnsaved = false;
    m_savedAt = m_wall->now();
    if (const auto written = writeAttribution(m_file, m_attribution->state()); !written)
        base::log::warning("{}", written.error().message());
}

void RiskAnalyst::setLimits(const risk::Limits& limits, risk::Tolerance tolerance)
{
    m_limits = limits;
    m_tolerance = tolerance;
}

void RiskAnalyst::setCandles(const std::string& symbol, const std::vector<market::Candle>& candles)
{
    const base::Instant after = candles.empty() ? base::Instant{} : candles.back().time + std::chrono::days(2);
    m_closes[symbol] = risk::dailyClosesOf(candles, after); // only completed days come
    m_hasNewHistory = true;
    m_isIndexNew = m_isIndexNew || symbol == index;
}

/// By the tolerance's row for the regime in force; where none is known, as in a normal one.
double RiskAnalyst::sizeMultiplier() const
{
    const risk::Regime regime =
        m_regimes && !m_regimes->days().empty() ? m_regimes->days().back().sizedFor : risk::Regime::Normal;
    return risk::sizeIn(regime, m_limits.size);
}

void RiskAnalyst::setMetrics(const std::vector<market::UnderlyingMetrics>& metrics)
{
    for (const market::UnderlyingMetrics& each : metrics)
        m_metrics[each.symbol] = each;
}

void RiskAnalyst::take(const RiskPicture& picture)
{
    account(picture);
    m_next = picture;
    if (std::exchange(m_isDue, true))
        return;
    // After the pictures that wait already: they are all accounted for, and the last one is worked on.
    QMetaObject::invokeMethod(this, &RiskAnalyst::work, Qt::QueuedConnection);
}

void RiskAnalyst::account(const RiskPicture& picture)
{
    const base::Date day = market::newYorkDate(picture.book.at);
    // A simulated market that began anew: what was made in the other one explains nothing here.
    if (m_attribution && m_attribution->state().at - picture.book.at > clockStep)
        m_attribution.reset();
    if (!m_attribution) {
        m_attribution.emplace(picture.marking);
    } else {
        if (m_day != day)
            m_attribution->startDay();
        m_attribution->advance(picture.marking, attributedTrades(picture.trades, m_attribution->state()), picture.paid);
    }
    m_day = day;
    m_isUnsaved = true;
    if (!picture.trades.empty() || !picture.paid.empty() || m_wall->now() - m_savedAt >= saveEvery)
        save();
}

void RiskAnalyst::work()
{
    m_isDue = false;
    if (!m_next)
        return;
    RiskPicture picture = std::move(*std::exchange(m_next, std::nullopt));
    RiskView view = std::move(m_view);
    view.version = ++m_version;
    view.at = picture.book.at;
    view.isOld = picture.isOld;
    view.tolerance = std::string(risk::toText(m_tolerance));

    if (std::exchange(m_hasNewHistory, false))
        useHistory(view);
    const portfolio::BetaReference reference = betasOf(picture.book, m_closes, m_history, index);
    for (risk::RiskUnderlying& underlying : picture.book.underlyings)
        underlying.beta = reference.betaOf(underlying.symbol);
    view.exposure = exposureView(picture, reference);
    view.exposure.hedges = hedgeProposals(picture);
    view.attribution = attributionView(*m_attribution);
    view.alarms = alarms(picture);

    const base::Instant began = m_wall->now();
    view.stress = stressOf(picture.book);
    view.stress.seconds = base::seconds(m_wall->now() - began);
    view.regimes.sizeMultiplier = sizeMultiplier();
    measure(view, picture);
    backtest(view, picture);
    tell(view);

    m_view = view;
    m_published->store(std::make_shared<RiskView>(std::move(view)));
}

void RiskAnalyst::useHistory(RiskView& view)
{
    std::vector<risk::UnderlyingCloses> all;
    for (const auto& [symbol, days] : m_closes)
        all.push_back({symbol, days});
    risk::FactorHistoryReport report = risk::factorHistoryOf(all, index);
    for (const risk::LikelySplit& split : report.splits)
        base::log::info("a likely split of {} on {}: that day's move is left out of the past", split.underlying,
                        base::formatDate(split.date));
    m_history = std::move(report.history);
    m_measuredAt = m_backtestedAt = {};
    m_volatilities.clear();
    for (const auto& [symbol, days] : m_closes) {
        std::vector<double> closes;
        for (const risk::DailyClose& day : days)
            closes.push_back(day.close);
        if (const double volatility = risk::ewmaVolatility(closes); volatility > 0)
            m_volatilities[symbol] = volatility;
    }

    if (!std::exchange(m_isIndexNew, false))
        return;
    const std::vector<risk::DailyClose>& days = m_closes[index];
    auto filter = risk::RegimeFilter::create(regimeSettings(days));
    if (!filter) {
        view.regimes = without<RegimeView>(filter.error());
        return;
    }
    std::vector<double> closes;
    for (const risk::DailyClose& day : days) {
        if (filter->add({day.date, day.close, day.impliedVolatility}))
            closes.push_back(day.close);
    }
    view.regimes = regimeView(*filter, closes);
    view.regimes.index = index;
    m_regimes = std::move(*filter);
}

void RiskAnalyst::measure(RiskView& view, const RiskPicture& picture)
{
    const base::Instant now = m_wall->now();
    if (m_measuredAt != base::Instant{} && now - m_measuredAt < valueAtRiskEvery)
        return;
    m_measuredAt = now;
    view.valueAtRisk = valueAtRiskOf(picture.book, m_history);
}

void RiskAnalyst::backtest(RiskView& view, const RiskPicture& picture)
{
    const base::Instant now = m_wall->now();
    std::string contents = contentsOf(picture.book);
    const bool isFresh = m_backtestedAt != base::Instant{} && now - m_backtestedAt < backtestEvery;
    if (isFresh && contents == m_backtested)
        return;
    m_backtestedAt = now;
    m_backtested = std::move(contents);
    if (picture.book.positions.empty()) {
        view.backtests.clear();
        return;
    }
    if (const auto result = risk::backtestBook(picture.book, m_history))
        view.backtests = backtestViews(*result);
    else
        view.backtests = {without<RiskBacktestView>(result.error())};
}

void RiskAnalyst::tell(const RiskView& view)
{
    trading::RiskMeasures measures{.sizeMultiplier = view.regimes.sizeMultiplier, .volatilities = m_volatilities};
    for (const ExposureUnderlying& each : view.exposure.underlyings) {
        if (std::isfinite(each.beta))
            measures.betas[each.underlying] = each.beta;
    }
    for (const auto& [symbol, metrics] : m_metrics) {
        if (const auto next = nextDividend(symbol, market::newYorkDate(view.at)))
            measures.dividends[symbol] = {next->amount, next->exDate};
        if (metrics.earnings)
            measures.earnings[symbol] = *metrics.earnings;
    }
    double expectedShortfall = unknown;
    if (view.valueAtRisk.shown < view.valueAtRisk.rows.size() && view.valueAtRisk.leftOut.empty()) {
        const ValueAtRiskRow& row = view.valueAtRisk.rows[view.valueAtRisk.shown];
        measures.valueAtRisk = row.valueAtRisk;
        expectedShortfall = row.expectedShortfall;
    }
    Q_EMIT measured(measures, expectedShortfall);
}

std::optional<monitoring::Dividend> RiskAnalyst::nextDividend(const std::string& underlying, base::Date today) const
{
    const auto metrics = m_metrics.find(underlying);
    if (metrics == m_metrics.end() || !std::isfinite(metrics->second.dividend))
        return {};
    std::optional<monitoring::Dividend> next;
    for (const base::Date date : metrics->second.exDates) {
        if (date > today && (!next || date < next->exDate))
            next = {metrics->second.dividend, date};
    }
    return next;
}

std::vector<PositionAlarm> RiskAnalyst::alarms(const RiskPicture& picture) const
{
    std::vector<monitoring::HeldInstrument> held;
    for (const risk::RiskPosition& position : picture.book.positions) {
        if (!held.empty() && held.back().symbol == position.symbol) { // another trade's part of the same position
            held.back().quantity += position.quantity;
            continue;
        }
        const risk::RiskUnderlying& underlying = picture.book.underlyings[position.underlying];
        monitoring::HeldInstrument each;
        each.symbol = position.symbol;
        each.underlying = underlying.symbol;
        each.option = position.option;
        each.style = position.style;
        each.quantity = position.quantity;
        each.multiplier = position.multiplier;
        each.spot = underlying.spot;
        each.rate = risk::marketOf(position, underlying).rate;
        each.years = position.years;
        each.dividend = nextDividend(underlying.symbol, market::newYorkDate(picture.book.at));
        if (each.dividend) {
            if (position.option && position.option->right == market::Right::Call) {
                const double strike = position.option->strike.toDouble();
                const double after = underlying.spot - each.dividend->amount;
                each.timeValueAfterDividend = pricing::blackScholesPrice(market::Right::Call, {after, each.rate, 0},
                                                                         strike, position.years, position.volatility) -
                                              std::max(0.0, after - strike);
            }
        }
        held.push_back(std::move(each));
    }
    std::vector<PositionAlarm> out;
    for (const monitoring::Alarm& alarm : monitoring::positionAlarms(held, picture.book.at))
        out.push_back({fmt::format("{}/{}/{}", static_cast<int>(alarm.kind), alarm.symbol, base::formatDate(alarm.day)),
                       translated(alarm.sentence).toStdString()});
    return out;
}

} // namespace vegadesk::desk
