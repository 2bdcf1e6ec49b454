#include "history/contract_activity.h"
#include "history/market_generator.h"
#include "history/surface_model.h"
#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Right;

/// Copies what a layout fixes, keeping the capacity that `out` has.
void copyLayout(const market::Expiration& layout, market::Expiration& out)
{
    const bool isSame = out.root == layout.root && out.date == layout.date && out.strikes == layout.strikes;
    if (!isSame)
        out = layout;
}

} // namespace

void MarketGenerator::fillSide(const SimulatedUnderlying& name, const NameState& state, const ExpiryState& expiry,
                               const Layout& layout, Right right, market::Expiration& out)
{
    const std::vector<double>& strikes = out.strikes;
    const pricing::MarketPoint market{state.spot, state.rate, expiry.yield};
    pricing::GreeksView view;
    view.price = m_prices;
    pricing::blackScholesStrip(right, market, expiry.years, strikes, m_volatilities, view);

    const TickRule ticks = makeTickRule(name.optionTicks);
    const auto& streams = right == Right::Call ? layout.callStreams : layout.putStreams;
    const auto& popularity = right == Right::Call ? layout.callPopularity : layout.putPopularity;
    const double scale = sizeScale(name.openInterestScale);
    const std::uint64_t slot = sizeSlot(state.at);
    const bool isAmerican = name.style() == market::ExerciseStyle::American;
    market::OptionColumns& side = out.side(right);
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        double fair = m_prices[row];
        if (isAmerican && m_earlyExercise == pricing::EarlyExercise::AsListed)
            fair += earlyExercise(name, {streams[row], out.date, out.expiresAt, out.settlement, right, strikes[row]},
                                  state.at)
                        .price;
        if (isAmerican)
            fair = std::max(fair, right == Right::Call ? state.spot - strikes[row] : strikes[row] - state.spot);
        const BidAsk shown = makeMarket(name, ticks, fair, expiry.atTheMoneyPrice, m_moneyness[row], state.stress);
        const std::uint64_t stream = streams[row];
        side.bid[row] = shown.bid;
        side.ask[row] = shown.ask;
        side.bidSize[row] = shown.bid > 0 ? displayedSize(m_noise, stream, slot, scale) : 0;
        side.askSize[row] = displayedSize(m_noise, stream + 1, slot, scale);
        side.openInterest[row] = openInterest(name.openInterestScale, popularity[row], layout.eveningMoneyness[row]);
        side.volume[row] =
            contractVolume(m_noise, stream, state.position.day, side.openInterest[row], state.dayProgress);
        side.last[row] = market::unknown;
        if (side.volume[row] > 0)
            side.last[row] = (stream & 1U) != 0 && shown.bid > 0 ? shown.bid : shown.ask;
        side.time[row] = state.at;
        side.flags[row] = market::classify(side.quoteAt(row), state.at, base::Nanos(0));
    }
}

void MarketGenerator::fillEvening(const SimulatedUnderlying& name, std::size_t day, Layout& layout)
{
    const market::Expiration& columns = layout.columns;
    const ExpiryState expiry =
        expiryState(name, evening(name, day), columns.date, columns.expiresAt, columns.settlement);
    layout.eveningMoneyness.clear();
    for (const double strike : columns.strikes)
        layout.eveningMoneyness.push_back(standardMoneyness(strike, expiry.forward, expiry.atTheMoney));
    layout.eveningOf = day;
}

void MarketGenerator::fill(const SimulatedUnderlying& name, const NameState& state, Layout& layout,
                           market::Expiration& out)
{
    copyLayout(layout.columns, out);
    if (layout.eveningOf != state.position.day || layout.eveningMoneyness.empty())
        fillEvening(name, state.position.day, layout);
    const ExpiryState expiry = expiryState(name, state, out.date, out.expiresAt, out.settlement);
    const std::size_t count = out.strikes.size();
    m_prices.resize(count);
    m_volatilities.resize(count);
    m_moneyness.resize(count);
    const double deviation = std::sqrt(expiry.atTheMoney);
    for (std::size_t row = 0; row < count; ++row) {
        const double logMoneyness = std::log(out.strikes[row] / expiry.forward);
        m_volatilities[row] = std::sqrt(smileVariance(name, expiry.atTheMoney, logMoneyness) / expiry.years);
        m_moneyness[row] = logMoneyness / deviation;
    }
    fillSide(name, state, expiry, layout, Right::Call, out);
    fillSide(name, state, expiry, layout, Right::Put, out);
}

void MarketGenerator::snapshot(const SimulatedUnderlying& name, Instant at, market::OptionChain& chain)
{
    const NameState now = state(name, at);
    const Date today = market::newYorkDate(at);
    chain.underlying = name.symbol;
    chain.at = at;
    chain.underlyingQuote = underlyingQuote(name, at);
    chain.underlyingFlags = market::classify(chain.underlyingQuote, at, base::Nanos{0});
    chain.underlyingLast = now.spot;

    std::size_t count = 0;
    for (const ListedExpiration& listed : expirations(name, today)) {
        if (listed.expiresAt <= at)
            continue;
        Layout& columns = layout(name, listed, today);
        if (chain.expirations.size() <= count)
            chain.expirations.emplace_back();
        // An expiration that is gone shifts the rest: swap the old slot forward so that its strings are
        // reused.
        const auto same = std::find_if(
            chain.expirations.begin() + static_cast<std::ptrdiff_t>(count), chain.expirations.end(),
            [&](const market::Expiration& old) { return old.date == listed.date && old.root == listed.root; });
        if (same != chain.expirations.end())
            std::swap(chain.expirations[count], *same);
        fill(name, now, columns, chain.expirations[count]);
        ++count;
    }
    chain.expirations.resize(count);
}

GeneratedChainSource::GeneratedChainSource(const SimulatedUnderlying& name, std::uint64_t seed, CorporateEvents events)
    : m_name(name), m_generator(seed, pricing::EarlyExercise::Ignored, events), m_events(events)
{
    if (events == CorporateEvents::Ignored)
        return;
    Agenda agenda = makeAgenda(name);
    m_payments = std::move(agenda.payments);
    m_reports = expectedReports(agenda.reports);
}

base::Result<std::unique_ptr<GeneratedChainSource>> GeneratedChainSource::make(std::string_view underlying, Date from,
                                                                               Date to, std::uint64_t seed,
                                                                               int snapshotsPerDay,
                                                                               CorporateEvents events)
{
    if (to < from)
        return base::badInput("to", base::formatDate(to), "not before " + base::formatDate(from));
    if (snapshotsPerDay < 1 || snapshotsPerDay > 390)
        return base::badInput("snapshotsPerDay", std::to_string(snapshotsPerDay), "1 to 390");
    const MarketGenerator check(seed);
    const auto name = check.find(underlying, from);
    if (!name)
        return tl::make_unexpected(name.error());
    if (!PricePath::covers(to))
        return base::badInput("to", base::formatDate(to), "a date up to " + base::formatDate(lastSimulatedDate));

    constexpr auto margin = std::chrono::minutes(15);
    std::unique_ptr<GeneratedChainSource> source(new GeneratedChainSource(**name, seed, events));
    Date date = market::isTradingDay(from) ? from : market::nextTradingDay(from);
    for (; date <= to; date = market::nextTradingDay(date)) {
        const market::Session session = *market::sessionOn(date);
        const Instant first = session.open + margin;
        const Instant last = session.close - margin;
        for (int i = 0; i + 1 < snapshotsPerDay; ++i)
            source->m_times.push_back(first + (last - first) * i / (snapshotsPerDay - 1));
        source->m_times.push_back(last);
    }
    return source;
}

std::string GeneratedChainSource::description() const
{
    const std::string text = "simulated market, seed " + std::to_string(m_generator.seed());
    return m_events == CorporateEvents::Scheduled ? text + ", with dividends and reports" : text;
}

base::Result<bool> GeneratedChainSource::next(market::OptionChain& chain)
{
    if (m_next == m_times.size())
        return false;
    m_generator.snapshot(m_name, m_times[m_next++], chain);
    return true;
}

base::Result<void> GeneratedChainSource::seek(Instant at)
{
    const auto after = std::ranges::upper_bound(m_times, at) - m_times.begin();
    m_next = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - 1, 0));
    return {};
}

std::vector<DailyClose> GeneratedChainSource::closes(Date from, Date to)
{
    std::vector<DailyClose> closes;
    from = std::max(from, firstSimulatedDate);
    PricePath& path = m_generator.path();
    for (std::size_t day = path.dayOnOrBefore(from); from <= to && path.dateOf(day) <= to; ++day) {
        if (path.dateOf(day) >= from)
            closes.push_back({path.dateOf(day), path.close(m_name, day),
                              m_generator.impliedIndex(m_name, market::sessionOn(path.dateOf(day))->close)});
    }
    return closes;
}

std::optional<double> GeneratedChainSource::settlementPrice(Date expiry, market::Settlement settlement)
{
    if (!PricePath::covers(expiry) || !market::isTradingDay(expiry))
        return std::nullopt;
    return m_generator.settlementPrice(m_name, expiry, settlement);
}

} // namespace vegadesk::history
