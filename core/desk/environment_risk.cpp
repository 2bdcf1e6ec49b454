#include "desk/environment_session.h"

#include "base/log.h"
#include "market/calendar.h"

#include <algorithm>

/// What the environment brings to the thread that works out risk, and takes from it.
namespace vegadesk::desk
{

namespace
{

constexpr std::size_t metricsAtOnce = 50; ///< symbols in one question
constexpr base::Nanos metricsRetry = std::chrono::seconds(30);

} // namespace

void EnvironmentSession::makeRisk()
{
    m_history = std::make_unique<DailyHistory>(
        marketData().referenceData(), m_setup.clock, std::make_shared<base::SystemClock>(),
        [this](const std::string& symbol, std::vector<market::Candle> candles) {
            m_days[symbol] = std::make_shared<const std::vector<market::Candle>>(candles);
            m_trading->post([symbol, candles](TradingSession& session) { session.setDays(symbol, candles); });
            m_analyst->post(
                [symbol, candles](MarketAnalyst& analyst) { analyst.dispersion().setDays(symbol, candles); });
            m_risk->post(
                [symbol, candles = std::move(candles)](RiskAnalyst& analyst) { analyst.setCandles(symbol, candles); });
        });
    connect(m_trading->object(), &TradingSession::pictured, m_risk->object(),
            [risk = m_risk->object()](const std::shared_ptr<const RiskPicture>& picture) { risk->take(*picture); });
    connect(m_risk->object(), &RiskAnalyst::noticed, this, &EnvironmentSession::noticed);
    connect(m_risk->object(), &RiskAnalyst::measured, m_trading->object(),
            [trading = m_trading->object()](const trading::RiskMeasures& measures, double expectedShortfall) {
                trading->setMeasures(measures, expectedShortfall);
            });
}

void EnvironmentSession::followRisk()
{
    std::set<std::string> symbols{RiskAnalyst::index};
    const auto trading = m_tradingViews->trading.load();
    for (const PositionGroup& group : trading->groups)
        symbols.insert(group.underlying);
    const auto strategies = m_tradingViews->strategies.load();
    for (const StrategyRow& row : strategies->rows) {
        symbols.insert(row.underlying);
        symbols.insert(row.constituents.begin(), row.constituents.end());
    }
    const auto look = m_tradingViews->entryLook.load();
    symbols.insert(look->underlyings.begin(), look->underlyings.end());
    const base::Date today = market::newYorkDate(m_setup.clock->now());
    const bool isRetryDue = m_metricsAgain && m_wallClock.now() >= *m_metricsAgain;
    if (m_feedState == market::FeedState::Live && (today != m_metricsDay || symbols != m_metricsOf || isRetryDue)) {
        m_metricsAgain.reset();
        m_metricsDay = today;
        m_metricsOf = symbols;
        askForMetrics(symbols);
    }
    if (m_basket) {
        for (const std::string& symbol : m_basket->symbols())
            symbols.insert(symbol);
    }
    if (!m_daysOf.empty())
        symbols.insert(m_daysOf);
    m_history->want(std::move(symbols));
    if (m_feedState == market::FeedState::Live)
        m_history->tick();
}

std::shared_ptr<const std::vector<market::Candle>> EnvironmentSession::dailyBars(const std::string& underlying) const
{
    const auto found = m_days.find(underlying);
    return found == m_days.end() ? nullptr : found->second;
}

void EnvironmentSession::askForMetrics(const std::set<std::string>& symbols)
{
    std::vector<std::string> some;
    const auto ask = [&] {
        marketData().referenceData().metrics(
            some, [this](base::Result<std::vector<market::UnderlyingMetrics>> metrics) {
                if (!metrics) {
                    base::log::warning("dividends and betas are not known: {}", metrics.error().message());
                    m_metricsAgain = m_wallClock.now() + metricsRetry;
                    return;
                }
                m_risk->post([metrics = std::move(*metrics)](RiskAnalyst& analyst) { analyst.setMetrics(metrics); });
            });
        some.clear();
    };
    for (const std::string& symbol : symbols) {
        some.push_back(symbol);
        if (some.size() == metricsAtOnce)
            ask();
    }
    if (!some.empty())
        ask();
}

} // namespace vegadesk::desk
