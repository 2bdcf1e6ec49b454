#include "backtest/engine.h"

#include "backtest/chain_feed.h"
#include "backtest/coming_events.h"
#include "backtest/data_hash.h"
#include "backtest/honesty.h"
#include "backtest/session.h"
#include "backtest/signal_days.h"
#include "backtest/trials.h"
#include "market/calendar.h"
#include "pricing/simd_path.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <memory>
#include <numeric>
#include <set>
#include <utility>

namespace vegadesk::backtest
{

namespace
{

constexpr std::array<double, 3> sensitivityFractions{0, 0.5, 1};

base::Result<void> inRange(std::string_view field, double value, double low, double high, std::string_view unit)
{
    if (value >= low && value <= high)
        return {};
    return base::badInput(field, fmt::format("{}", value), fmt::format("{} to {} {}", low, high, unit));
}

} // namespace

/// FNV-1a, 64 bits.
std::string hashOf(std::span<const Decision> decisions)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto add = [&hash](std::string_view text) {
        for (const char letter : text)
            hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
        hash = (hash ^ 0xff) * 0x100000001b3ULL;
    };
    for (const Decision& decision : decisions) {
        add(base::formatInstant(decision.at));
        add(decision.kind);
        add(decision.text);
    }
    return fmt::format("{:016x}", hash);
}

namespace
{

void countQuotes(const market::OptionChain& chain, QuoteTally& tally)
{
    for (const market::Expiration& expiration : chain.expirations) {
        for (const market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
            for (std::size_t row = 0; row < side->size(); ++row) {
                if (side->symbols[row].empty())
                    continue;
                ++tally.asked;
                tally.flagged += market::isTradable(side->flags[row]) ? 0 : 1;
                tally.oneSided += side->flags[row].has(market::QuoteFlag::OneSided) ? 1 : 0;
            }
        }
    }
}

/// One pass over the data with every session in step.
class Replay
{
public:
    Replay(const Config& config, history::ChainSource& source) : m_config(config), m_source(source)
    {
        m_feeds.emplace_back(source, config.interestRate);
        for (const history::ConstituentChains& each : source.constituents())
            m_feeds.emplace_back(*each.chains, config.interestRate, each.weight);
    }

    base::Result<Report> run(const std::stop_token& stop, const OnProgress& progress);

private:
    base::Result<void> begin(base::Instant start);
    base::Result<void> replayOne();
    base::Result<void> catchUp();
    void learnCloses(base::Date today);
    void learnEvents(base::Date today);
    void learnSignals(base::Date today);
    void note(const market::OptionChain& chain);
    std::string actionBy(base::Date date) const;
    DataFacts facts() const;
    ChainFeed& main() { return m_feeds.front(); }
    std::vector<SensitivityRow> sensitivity() const;
    void finish(Report& report, const std::stop_token& stop) const;

    const Config& m_config;
    history::ChainSource& m_source;
    std::vector<Config> m_configs;                    // outlives the sessions, never grows after them
    std::vector<std::unique_ptr<Session>> m_sessions; // the first is the report's own
    std::vector<ChainFeed> m_feeds;                   // the source's own, then its constituents'
    std::vector<bool> m_isNew;                        // by feed: at this moment
    base::Date m_closesFrom{};
    base::Date m_eventsOf{}; // the date that what is ahead was looked up on
    QuoteTally m_quotes;
    std::set<std::pair<base::Date, std::string>> m_expirations; // all that were listed
    DataHash m_dataHash;
};

base::Result<void> Replay::begin(base::Instant start)
{
    m_configs.push_back(m_config);
    for (const double fraction : sensitivityFractions) {
        if (m_config.withSensitivity && fraction != m_config.fills.spreadFraction) {
            m_configs.push_back(m_config);
            m_configs.back().fills.spreadFraction = fraction;
        }
    }
    for (const double chance : {0.0, 1.0}) { // the extremes that a stated chance lies between
        const double stated = m_config.fills.passiveChance;
        if (m_config.withSensitivity && stated > 0 && stated != chance) {
            m_configs.push_back(m_config);
            m_configs.back().fills.passiveChance = chance;
        }
    }
    std::vector<trading::Constituent> constituents;
    for (const ChainFeed& feed : std::span(m_feeds).subspan(1))
        constituents.push_back({feed.underlying(), feed.weight()});
    for (const Config& config : m_configs) {
        m_sessions.push_back(std::make_unique<Session>(config, start));
        if (const auto ready = m_sessions.back()->begin(m_source.underlying(), constituents); !ready)
            return ready;
    }
    m_closesFrom = closesFrom(market::newYorkDate(start));
    return {};
}

void Replay::learnCloses(base::Date today)
{
    for (ChainFeed& feed : m_feeds) {
        if (!feed.learnCloses(today, m_closesFrom))
            continue;
        const auto volatilities = feed.takeVolatilities();
        for (const auto& session : m_sessions) {
            if (volatilities)
                session->setDailyVolatilities(feed.underlying(), *volatilities);
            session->setDailyCloses(feed.underlying(), feed.closes());
        }
    }
}

/// The constituents' chains of this moment, where they have one.
base::Result<void> Replay::catchUp()
{
    m_isNew.assign(m_feeds.size(), true);
    for (std::size_t i = 1; i < m_feeds.size(); ++i) {
        const auto isNew = m_feeds[i].catchUp(main().chain()->at);
        if (!isNew)
            return tl::make_unexpected(isNew.error());
        m_isNew[i] = *isNew;
    }
    return {};
}

void Replay::learnEvents(base::Date today)
{
    if (today == m_eventsOf)
        return;
    m_eventsOf = today;
    learnSignals(today);
    trading::RiskMeasures measures;
    for (const ChainFeed& feed : m_feeds)
        noteComing(feed.source(), today, measures);
    for (const auto& session : m_sessions)
        session->setMeasures(measures);
}

/// What was known at the close of the day before, of a session that no model was trained on.
void Replay::learnSignals(base::Date today)
{
    if (m_config.signals.empty())
        return;
    strategies::Signals signals;
    strategies::SignalGaps gaps;
    for (const FollowedSignal& each : m_config.signals) {
        const auto reading = readingOf(each, today);
        if (reading.gap.empty())
            signals[each.name] = reading.probability;
        else
            gaps[each.name] = reading.gap;
    }
    for (const auto& session : m_sessions)
        session->setSignals(signals, gaps);
}

base::Result<void> Replay::replayOne()
{
    if (auto caught = catchUp(); !caught)
        return caught;
    const base::Date today = market::newYorkDate(main().chain()->at);
    learnCloses(today);
    learnEvents(today);
    std::vector<Picture> pictures;
    for (std::size_t i = 0; i < m_feeds.size(); ++i) {
        if (!m_isNew[i])
            continue;
        note(*m_feeds[i].chain());
        pictures.push_back(m_feeds[i].picture());
    }
    for (const auto& session : m_sessions) {
        if (const auto stepped = session->step(pictures); !stepped)
            return stepped;
    }
    return {};
}

DataFacts Replay::facts() const
{
    DataFacts facts;
    facts.settlement = [this](std::string_view underlying, base::Date expiry, market::Settlement kind) {
        const auto feed = std::ranges::find(m_feeds, underlying, &ChainFeed::underlying);
        return feed == m_feeds.end() ? std::nullopt : feed->source().settlementPrice(expiry, kind);
    };
    facts.riskFreeRate = [this](base::Date date) {
        return m_source.riskFreeRate(date).value_or(m_config.interestRate);
    };
    for (const ChainFeed& feed : m_feeds) {
        const history::ChainSource& source = feed.source();
        facts.shares.push_back({source.underlying(), source.payments().empty() ? source.dividendYield().value_or(0) : 0,
                                source.payments()});
    }
    return facts;
}

base::Result<Report> Replay::run(const std::stop_token& stop, const OnProgress& progress)
{
    const auto started = std::chrono::steady_clock::now();
    const DataFacts facts = this->facts();
    Report report(m_config);
    for (ChainFeed& feed : m_feeds)
        feed.rewind();
    while (!stop.stop_requested()) {
        auto next = main().readAhead();
        if (!next)
            return tl::make_unexpected(std::move(next.error()));
        if (!*next)
            break;
        const base::Instant at = main().ahead()->at;
        const base::Date date = market::newYorkDate(at);
        if (m_config.to && date > *m_config.to)
            break;
        if (m_config.from && date < *m_config.from)
            continue;
        if (!m_sessions.empty() && at <= main().chain()->at)
            return base::fail(base::ErrorKind::BadInput, "snapshot", base::formatInstant(at),
                              "snapshots must go forward in time");
        if (!m_sessions.empty())
            report.stopped = actionBy(date);
        if (!report.stopped.empty())
            break;
        if (m_sessions.empty()) {
            report.first = date;
            if (const auto begun = begin(at); !begun)
                return tl::make_unexpected(begun.error());
        }
        for (const auto& session : m_sessions) {
            if (const auto done = session->advance(at, facts); !done)
                return tl::make_unexpected(done.error());
        }
        main().take();
        if (const auto done = replayOne(); !done)
            return tl::make_unexpected(done.error());
        report.last = date;
        ++report.snapshots;
        if (progress)
            progress({report.snapshots, m_source.snapshotCount(), at, m_sessions.front()->equity()});
    }
    report.isCancelled = stop.stop_requested();
    if (m_sessions.empty() && !report.isCancelled)
        return base::fail(base::ErrorKind::NotFound, "data", m_source.description(), "no snapshots in that time");
    for (const auto& session : m_sessions) {
        if (report.isCancelled)
            break;
        const base::Instant dayOver = market::fromNewYork(report.last, std::chrono::hours(24));
        if (const auto done = session->advance(dayOver, facts); !done)
            return tl::make_unexpected(done.error());
    }
    if (!report.stopped.empty()) {
        for (const auto& session : m_sessions)
            session->noteStop(report.stopped);
    }
    finish(report, stop);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return report;
}

void Replay::note(const market::OptionChain& chain)
{
    countQuotes(chain, m_quotes);
    m_dataHash.add(chain);
    for (const market::Expiration& expiration : chain.expirations)
        m_expirations.emplace(expiration.date, expiration.root);
}

/// The first that comes into force after the last snapshot and no later than `date`, in words; empty: none.
std::string Replay::actionBy(base::Date date) const
{
    const base::Date last = market::newYorkDate(m_feeds.front().chain()->at);
    for (const ChainFeed& feed : m_feeds) {
        const auto actions =
            history::between(feed.source().corporateActions(), &history::CorporateAction::effective, last, date);
        if (!actions.empty())
            return fmt::format("{} of {} effective {}", history::describe(actions.front()), feed.underlying(),
                               base::formatDate(actions.front().effective));
    }
    return {};
}

/// The fractions in their order, the run's own among them, then the extremes of resting orders.
std::vector<SensitivityRow> Replay::sensitivity() const
{
    std::vector<SensitivityRow> out;
    const auto rank = [&](const Config& each) {
        return std::pair(each.fills.passiveChance != m_config.fills.passiveChance, each.fills.spreadFraction);
    };
    std::vector<std::size_t> rows(m_configs.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const auto isOfRow = [&](std::size_t row) {
        const execution::FillSettings& fills = m_configs[row].fills;
        return row > 0 || std::ranges::count(sensitivityFractions, fills.spreadFraction) > 0 || fills.passiveChance > 0;
    };
    std::erase_if(rows, [&](std::size_t row) { return !isOfRow(row); });
    std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return rank(m_configs[row]); });
    for (const std::size_t row : rows) {
        Report other(m_configs[row]);
        m_sessions[row]->summarise(other);
        out.push_back({other.config.fills.spreadFraction, other.config.fills.passiveChance, other.metric("net_profit"),
                       other.metric("sharpe"), static_cast<std::size_t>(other.metric("trades"))});
    }
    return out;
}

void Replay::finish(Report& report, const std::stop_token& stop) const
{
    report.underlying = m_source.underlying();
    report.data = m_source.description();
    report.origin = m_source.origin();
    DataHash seen = m_dataHash;
    for (const ChainFeed& feed : m_feeds)
        seen.add(feed.source(), feed.days(), feed.weight());
    for (const ChainFeed& feed : std::span(m_feeds).subspan(1))
        report.basket.push_back({feed.underlying(), feed.weight()});
    report.dataHash = seen.text();
    report.isSimulated = m_source.isSimulated();
    report.quotes = m_quotes;
    report.contractRows = m_quotes.asked;
    report.hasReports = !m_source.reports().empty();
    report.hasRates = m_source.riskFreeRate(report.first).has_value();
    report.hasDividends = !m_source.payments().empty() || m_source.dividendYield().has_value();
    report.universe = {report.first, report.last, m_expirations.size(), 0};
    report.universe.endedExpirations = static_cast<std::size_t>(
        std::ranges::count_if(m_expirations, [&](const auto& expiration) { return expiration.first <= report.last; }));
    if (m_sessions.empty())
        return;
    m_sessions.front()->summarise(report);
    report.decisionHash = hashOf(report.decisions);
    if (m_config.withBootstrap)
        report.bootstrap = bootstrapOf(report, stop);
    report.isCancelled =
        report.isCancelled || (m_config.withBootstrap && stop.stop_requested()); // without its intervals
    if (m_config.withSensitivity)
        report.sensitivity = sensitivity();
    report.honesty = honestyOf(report);
}

} // namespace

double Report::metric(std::string_view id) const
{
    return valueOf(metrics, id);
}

base::Result<Config> configure(std::string_view strategy)
{
    const auto info = strategies::find(strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    return Config{.strategy = (*info)->name,
                  .parameters = base::Parameters((*info)->parameters),
                  .rules = (*info)->content.empty() ? nullptr : *info,
                  .capital = (*info)->usualCapital};
}

base::Result<std::shared_ptr<const strategies::StrategyInfo>> strategyOf(const Config& config)
{
    if (config.rules)
        return config.rules;
    return strategies::find(config.strategy);
}

base::Result<void> check(const Config& config)
{
    if (const auto info = strategyOf(config); !info)
        return tl::make_unexpected(info.error());
    if (config.from && config.to && *config.to < *config.from)
        return base::badInput("end", base::formatDate(*config.to), "not before " + base::formatDate(*config.from));
    for (const auto& checked :
         {inRange("capital", config.capital, 1000, 1e9, "dollars"),
          inRange("slippage", config.fills.slippage, 0, 0.1, "of price"),
          inRange("spread", config.fills.spreadFraction, 0, 1, "of the half-spread"), check(config.realism),
          inRange("passive chance", config.fills.passiveChance, 0, 1, "a quote"),
          inRange("latency", base::seconds(config.latency), 0, 86'400, "seconds"),
          inRange("risk-free rate", config.riskFreeRate, -0.1, 1, "per year"),
          inRange("interest rate", config.interestRate, -0.1, 1, "per year")}) {
        if (!checked)
            return checked;
    }
    return {};
}

base::Result<Report> run(const Config& config, history::ChainSource& source, std::stop_token stop,
                         const OnProgress& progress)
{
    if (const auto ok = check(config); !ok)
        return tl::make_unexpected(ok.error());
    const pricing::SimdPathPin samePath(pricing::SimdPath::Baseline); // the same bytes on every machine
    return Replay(config, source).run(stop, progress);
}

} // namespace vegadesk::backtest
