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

base::Instant startOfDay(base::Date date)
{
    return base::Instant(date.time_since_epoch());
}

} // namespace

ChartPeriod periodOf(ChartSpan span)
{
    using std::chrono::days;
    switch (span) {
    case ChartSpan::Day:
        return intraday("1m", 1min, days(1));
    case ChartSpan::Week:
        return intraday("5m", 5min, days(7));
    case ChartSpan::Month:
        return intraday("30m", 30min, days(31));
    case ChartSpan::Quarter:
        return intraday("1h", 1h, days(92));
    case ChartSpan::HalfYear:
        return intraday("2h", 2h, days(183));
    case ChartSpan::Year:
        return {"1d", 24h, days(366), sessionsPerYear};
    case ChartSpan::ThreeYears:
        break;
    }
    return {"1d", 24h, days(3 * 366), sessionsPerYear};
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

PriceChart::PriceChart(market::ReferenceData& reference, const market::Book& book,
                       std::shared_ptr<const base::Clock> clock, std::shared_ptr<Published<ChartView>> view)
    : m_reference(reference), m_book(book), m_clock(std::move(clock)), m_published(std::move(view))
{
}

void PriceChart::show(const std::string& symbol, ChartSpan span)
{
    if (symbol == m_symbol && span == m_span)
        return; // asked for already, and again by tick()
    m_symbol = symbol;
    m_span = span;
    m_candles.clear();
    m_why.clear();
    publish();
    ask();
}

void PriceChart::ask()
{
    if (m_symbol.empty())
        return;
    m_isAsking = true;
    m_question = std::make_shared<int>();
    const ChartPeriod period = periodOf(m_span);
    // A window of bars more, so that the first one that is meant has a realised volatility; and a day begins on a weekend.
    const base::Nanos before =
        m_span == ChartSpan::Day ? base::Nanos(96h) : base::Nanos(period.length * 8 * window / 5);
    m_reference.candles(
        m_symbol, period.words, m_clock->now() - period.reach - before,
        [this, question = std::weak_ptr(m_question)](base::Result<std::vector<market::Candle>> candles) {
            if (!question.expired())
                arrived(std::move(candles));
        });
}

void PriceChart::arrived(base::Result<std::vector<market::Candle>> candles)
{
    m_isAsking = false;
    const base::Instant now = m_clock->now();
    if (!candles) {
        m_why = candles.error().message();
        m_askAt = now + askAgain;
        if (m_candles.empty())
            publish();
        return; // what is drawn is better than nothing
    }
    m_askAt = now + askEvery;
    m_candles = std::move(*candles);
    m_why = m_candles.empty() ? "no history" : "";
    if (m_span == ChartSpan::Day && !m_candles.empty()) {
        // The last session there is, whole: on a Sunday it is Friday's.
        const base::Date last = market::newYorkDate(m_candles.back().time);
        const auto isEarlier = [last](const market::Candle& candle) { return market::newYorkDate(candle.time) < last; };
        const auto first = std::ranges::find_if_not(m_candles, isEarlier);
        const auto lead = std::min<std::ptrdiff_t>(std::ssize(m_candles) - (m_candles.end() - first), window);
        m_candles.erase(m_candles.begin(), first - lead);
    }
    grow(now);
    publish();
}

/// When the bar that holds `at` began; none outside a session.
std::optional<base::Instant> PriceChart::barOf(base::Instant at) const
{
    if (!market::isOpen(at))
        return {};
    const base::Date date = market::newYorkDate(at);
    const ChartPeriod period = periodOf(m_span);
    if (period.length >= 24h)
        return startOfDay(date);
    const base::Instant open = market::sessionOn(date)->open;
    return open + (at - open) / period.length * period.length;
}

bool PriceChart::grow(base::Instant now)
{
    const auto index = m_book.find(m_symbol);
    const auto start = barOf(now);
    if (!index || !start || m_candles.empty())
        return false;
    const market::MarketData data = m_book.latest(*index);
    const double price = std::isfinite(data.quote.mid()) ? data.quote.mid() : data.trade.price;
    if (!std::isfinite(price) || *start < m_candles.back().time)
        return false;
    const bool isNew = m_candles.back().time != *start;
    if (isNew)
        m_candles.push_back({*start, price, price, price, price, unknown, unknown});
    market::Candle& last = m_candles.back();
    const market::Candle before = last;
    last.high = std::fmax(last.high, price);
    last.low = std::fmin(last.low, price);
    last.close = price;
    if (periodOf(m_span).length >= 24h && std::isfinite(data.trade.dayVolume))
        last.volume = data.trade.dayVolume;
    const auto isSame = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    return isNew || !isSame(before.close, last.close) || !isSame(before.volume, last.volume);
}

void PriceChart::tick()
{
    if (m_symbol.empty())
        return;
    const base::Instant now = m_clock->now();
    if (grow(now))
        publish();
    if (!m_isAsking && now >= m_askAt)
        ask();
}

void PriceChart::publish()
{
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
