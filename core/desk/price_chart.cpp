#include "desk/price_chart.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

namespace
{

using namespace std::chrono_literals;
constexpr double sessionsPerYear = 252;
constexpr base::Nanos session = 390min;

constexpr ChartPeriod intraday(const char* words, base::Nanos length, std::chrono::days reach)
{
    return {words, length, reach,
            sessionsPerYear * static_cast<double>(session.count()) / static_cast<double>(length.count())};
}

} // namespace

ChartPeriod periodOf(ChartSpan span)
{
    using std::chrono::days;
    switch (span) {
    case ChartSpan::Day:
        return intraday("1m,tho=true,a=s", 1min, days(1));
    case ChartSpan::Week:
        return intraday("5m,tho=true,a=s", 5min, days(7));
    case ChartSpan::Month:
        return intraday("30m,tho=true,a=s", 30min, days(31));
    case ChartSpan::Quarter:
        return intraday("1h,tho=true,a=s", 1h, days(92));
    case ChartSpan::HalfYear:
        return intraday("2h,tho=true,a=s", 2h, days(183));
    case ChartSpan::Year:
        return {"1d,tho=true", 24h, days(366), sessionsPerYear};
    case ChartSpan::ThreeYears:
        break;
    }
    return {"1d,tho=true", 24h, days(3 * 366), sessionsPerYear};
}

std::vector<double> realisedVolatility(std::span<const double> closes, std::size_t window, double barsPerYear)
{
    std::vector<double> out(closes.size(), unknown);
    if (window == 0)
        return out;
    std::vector<double> squares(closes.size(), unknown);
    for (std::size_t i = 1; i < closes.size(); ++i) {
        const double change = std::log(closes[i] / closes[i - 1]);
        squares[i] = change * change;
    }
    for (std::size_t i = window; i < closes.size(); ++i) {
        double sum = 0; // anew each time: what a gap made unknown must not stay in a running sum
        for (std::size_t j = i + 1 - window; j <= i; ++j)
            sum += squares[j];
        out[i] = std::isfinite(sum) ? std::sqrt(sum / static_cast<double>(window) * barsPerYear) : unknown;
    }
    return out;
}

PriceChart::PriceChart(market::ReferenceData& reference, std::shared_ptr<const base::Clock> clock,
                       std::shared_ptr<Published<ChartView>> view)
    : m_reference(reference), m_clock(std::move(clock)), m_published(std::move(view))
{
}

void PriceChart::show(const std::string& symbol, ChartSpan span)
{
    if (symbol == m_symbol && span == m_span)
        return; // on its way, or here and followed
    m_symbol = symbol;
    m_span = span;
    m_candles.clear();
    m_why.clear();
    m_hasNews = false;
    m_following.reset();
    m_question.reset();
    publish();
    if (m_symbol.empty())
        return;
    // One subscription for both: the question is for the answer that says why there is none.
    m_following = m_reference.followCandles(m_symbol, periodOf(m_span).words, from(),
                                            [this](market::CandleUpdate update) { changed(std::move(update)); });
    ask();
}

base::Instant PriceChart::from() const
{
    const ChartPeriod period = periodOf(m_span);
    // A window of bars more, so that the first one that is meant has a realised volatility; and a day begins on a weekend.
    const base::Nanos before =
        m_span == ChartSpan::Day ? base::Nanos(96h) : base::Nanos(period.length * 8 * window / 5);
    return m_clock->now() - period.reach - before;
}

void PriceChart::ask()
{
    m_isAsking = true;
    m_askAt.reset();
    m_question = std::make_shared<int>();
    m_reference.candles(
        m_symbol, periodOf(m_span).words, from(),
        [this, question = std::weak_ptr(m_question)](base::Result<std::vector<market::Candle>> candles) {
            if (!question.expired())
                arrived(std::move(candles));
        });
}

void PriceChart::arrived(base::Result<std::vector<market::Candle>> candles)
{
    m_isAsking = false;
    if (candles)
        return take(std::move(*candles));
    m_askAt = m_clock->now() + askAgain;
    m_why = candles.error().message();
    if (m_candles.empty())
        publish(); // else what is drawn is better than nothing
}

void PriceChart::changed(market::CandleUpdate update)
{
    if (update.isWhole)
        return take(std::move(update.candles));
    for (const market::Candle& candle : update.candles) {
        const auto at = std::ranges::lower_bound(m_candles, candle.time, {}, &market::Candle::time);
        if (at != m_candles.end() && at->time == candle.time)
            *at = candle;
        else
            m_candles.insert(at, candle);
    }
    keepLastSession();
    m_hasNews = true; // more often than a person can see
}

void PriceChart::take(std::vector<market::Candle> candles)
{
    m_candles = std::move(candles);
    m_why = m_candles.empty() ? "no history" : "";
    keepLastSession();
    publish();
}

/// Of one day, the last session there is, whole: on a Sunday it is Friday's.
void PriceChart::keepLastSession()
{
    if (m_span != ChartSpan::Day || m_candles.empty())
        return;
    const base::Date last = market::newYorkDate(m_candles.back().time);
    const auto isEarlier = [last](const market::Candle& candle) { return market::newYorkDate(candle.time) < last; };
    const auto first = std::ranges::find_if_not(m_candles, isEarlier);
    const auto lead = std::min<std::ptrdiff_t>(first - m_candles.begin(), window);
    m_candles.erase(m_candles.begin(), first - lead);
}

void PriceChart::tick()
{
    if (m_hasNews)
        publish();
    if (m_askAt && m_clock->now() >= *m_askAt)
        ask();
}

void PriceChart::publish()
{
    m_hasNews = false;
    auto view = std::make_shared<ChartView>();
    view->version = ++m_version;
    view->symbol = m_symbol;
    view->span = m_span;
    view->isLoading = m_isAsking || (m_candles.empty() && m_why.empty());
    view->why = m_why;
    std::vector<double> closes;
    closes.reserve(m_candles.size());
    for (const market::Candle& candle : m_candles)
        closes.push_back(candle.close);
    const std::vector<double> realised = realisedVolatility(closes, window, periodOf(m_span).barsPerYear);
    const base::Instant from = m_clock->now() - periodOf(m_span).reach;
    for (std::size_t i = 0; i < m_candles.size(); ++i) {
        if (m_span == ChartSpan::Day
                ? market::newYorkDate(m_candles[i].time) == market::newYorkDate(m_candles.back().time)
                : m_candles[i].time >= from)
            view->bars.push_back({m_candles[i], realised[i]});
    }
    m_published->store(std::move(view));
}

} // namespace vegadesk::desk
