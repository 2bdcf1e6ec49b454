#include "backtest/engine.h"

#include "backtest/coming_events.h"
#include "backtest/data_hash.h"
#include "backtest/realism_report.h"
#include "backtest/session.h"
#include "backtest/shared_chains.h"
#include "backtest/trials.h"
#include "market/calendar.h"
#include "pricing/chain_analytics.h"
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
constexpr auto closesBefore = std::chrono::days(400); ///< a year of trading days, for forecasts from the first day on

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
    Replay(const Config& config, history::ChainSource& source) : m_config(config), m_source(source) {}

    base::Result<Report> run(const std::stop_token& stop, const OnProgress& progress);

private:
    base::Result<void> begin(base::Instant start);
    base::Result<void> replayOne();
    void learnCloses(base::Date today);
    void learnEvents(base::Date today);
    void noteUniverse(const market::OptionChain& chain);
    const history::CorporateAction* actionBy(base::Date date) const;
    void finish(Report& report, const std::stop_token& stop) const;

    const Config& m_config;
    history::ChainSource& m_source;
    std::vector<Config> m_configs;                    // outlives the sessions, never grows after them
    std::vector<std::unique_ptr<Session>> m_sessions; // the first is the report's own
    // Two, in turns: the sessions live on the old chain until time has passed it.
    std::shared_ptr<market::OptionChain> m_chain = std::make_shared<market::OptionChain>();
    std::shared_ptr<market::OptionChain> m_spare = std::make_shared<market::OptionChain>();
    std::vector<double> m_closes;
    base::Date m_closesUntil{}; // the last date asked for
    base::Date m_eventsOf{};    // the date that what is ahead was looked up on
    bool m_isFirstDay = true;
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
    market::Instrument underlying;
    underlying.symbol = m_source.underlying();
    underlying.streamerSymbol = underlying.symbol;
    underlying.underlying = underlying.symbol;
    underlying.type =
        portfolio::isBroadIndex(underlying.symbol) ? market::InstrumentType::Index : market::InstrumentType::Equity;
    for (const Config& config : m_configs) {
        m_sessions.push_back(std::make_unique<Session>(config, start));
        if (const auto ready = m_sessions.back()->begin(underlying); !ready)
            return ready;
    }
    m_closesUntil = market::newYorkDate(start) - closesBefore;
    return {};
}

void Replay::learnCloses(base::Date today)
{
    const base::Date yesterday = today - std::chrono::days(1);
    if (yesterday <= m_closesUntil)
        return;
    std::vector<double> volatilities;
    for (const history::DailyClose& day : m_source.closes(m_closesUntil + std::chrono::days(1), yesterday)) {
        m_closes.push_back(day.close);
        volatilities.push_back(day.impliedVolatility);
    }
    m_closesUntil = yesterday;
    if (m_isFirstDay) { // of later days the loop has seen them itself
        m_isFirstDay = false;
        for (const auto& session : m_sessions)
            session->setDailyVolatilities(volatilities);
    }
    for (const auto& session : m_sessions)
        session->setDailyCloses(m_closes);
}

void Replay::learnEvents(base::Date today)
{
    if (today == m_eventsOf)
        return;
    m_eventsOf = today;
    trading::RiskMeasures measures;
    noteComing(m_source, today, measures);
    for (const auto& session : m_sessions)
        session->setMeasures(measures);
}

base::Result<void> Replay::replayOne()
{
    const base::Instant now = m_chain->at;
    const base::Date today = market::newYorkDate(now);
    learnCloses(today);
    learnEvents(today);
    countQuotes(*m_chain, m_quotes);
    m_dataHash.add(*m_chain);
    const pricing::Rates rates{m_source.riskFreeRate(today).value_or(0), m_source.dividendYield().value_or(0)};
    // Kept figures are read by several threads at once: all of them are worked out before. Others only where they are looked at.
    auto* const keeper = dynamic_cast<AnalyticsKeeper*>(&m_source);
    const auto analyse = [&]() -> AnalyticsKeeper::Analytics {
        return std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(*m_chain, now, rates));
    };
    const auto analytics =
        keeper ? keeper->analytics(analyse)
               : std::make_shared<const pricing::ChainAnalytics>(pricing::analyseOnDemand(m_chain, now, rates));
    for (const auto& session : m_sessions) {
        if (const auto stepped = session->step(m_chain, analytics); !stepped)
            return stepped;
    }
    return {};
}

base::Result<Report> Replay::run(const std::stop_token& stop, const OnProgress& progress)
{
    const auto started = std::chrono::steady_clock::now();
    const DataFacts facts{
        [this](base::Date expiry, market::Settlement kind) { return m_source.settlementPrice(expiry, kind); },
        [this](base::Date date) { return m_source.riskFreeRate(date).value_or(0); },
        m_source.payments().empty() ? m_source.dividendYield().value_or(0) : 0, m_source.payments()};
    Report report(m_config);
    m_source.rewind();
    while (!stop.stop_requested()) {
        auto next = m_source.next(*m_spare);
        if (!next)
            return tl::make_unexpected(std::move(next.error()));
        if (!*next)
            break;
        const base::Date date = market::newYorkDate(m_spare->at);
        if (m_config.to && date > *m_config.to)
            break;
        if (m_config.from && date < *m_config.from)
            continue;
        if (!m_sessions.empty() && m_spare->at <= m_chain->at)
            return base::fail(base::ErrorKind::BadInput, "snapshot", base::formatInstant(m_spare->at),
                              "snapshots must go forward in time");
        const history::CorporateAction* const action = m_sessions.empty() ? nullptr : actionBy(date);
        if (action) {
            report.stopped = fmt::format("{} of {} effective {}", history::describe(*action), m_source.underlying(),
                                         base::formatDate(action->effective));
            break;
        }
        if (m_sessions.empty()) {
            report.first = date;
            if (const auto begun = begin(m_spare->at); !begun)
                return tl::make_unexpected(begun.error());
        }
        for (const auto& session : m_sessions) {
            if (const auto done = session->advance(m_spare->at, facts); !done)
                return tl::make_unexpected(done.error());
        }
        std::swap(m_chain, m_spare);
        noteUniverse(*m_chain);
        if (const auto done = replayOne(); !done)
            return tl::make_unexpected(done.error());
        report.last = date;
        ++report.snapshots;
        if (progress)
            progress({report.snapshots, m_source.snapshotCount(), m_chain->at, m_sessions.front()->equity()});
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

void Replay::noteUniverse(const market::OptionChain& chain)
{
    for (const market::Expiration& expiration : chain.expirations)
        m_expirations.emplace(expiration.date, expiration.root);
}

/// The first that comes into force after the last snapshot and no later than `date`.
const history::CorporateAction* Replay::actionBy(base::Date date) const
{
    const auto actions = history::between(m_source.corporateActions(), &history::CorporateAction::effective,
                                          market::newYorkDate(m_chain->at), date);
    return actions.empty() ? nullptr : &actions.front();
}

} // namespace

std::vector<std::string> honestyOf(const Report& report)
{
    const auto percent = [](double fraction) { return 100 * fraction; };
    const auto dollars = [](double value) { return fmt::format("{}${:.2f}", value < 0 ? "-" : "", std::abs(value)); };
    const execution::FillSettings& fills = report.config.fills;
    std::vector<std::string> lines;
    if (report.isSimulated)
        lines.push_back(
            fmt::format("Prices are not anybody's market: {}. The result says nothing about a real one.", report.data));
    lines.push_back(sentenceOf(report.trials, report.metric("deflated_sharpe")));
    lines.push_back(fmt::format("Fills take {:.0f} % of the half-spread from the mid and {:.2f} % of the price on top; "
                                "{} at the mid.",
                                percent(fills.spreadFraction), percent(fills.slippage),
                                fills.spreadFraction > 0 ? "0 % are" : "all are"));
    lines.push_back(fmt::format("Paid: {} for spreads, {} assumed slippage, {} fees (regulatory ones are "
                                "estimates).",
                                dollars(report.costs.spread), dollars(report.costs.slippage),
                                dollars(report.costs.fees)));
    lines.push_back(
        fmt::format("{:.2f} % of {} option quotes were flagged ({} had one side only or none, {} were crossed or "
                    "invalid); nothing fills on those.",
                    report.quotes.asked > 0
                        ? percent(static_cast<double>(report.quotes.flagged) / static_cast<double>(report.quotes.asked))
                        : 0.0,
                    report.quotes.asked, report.quotes.oneSided, report.quotes.flagged - report.quotes.oneSided));
    if (report.trades.empty()) {
        for (const NoEntryCount& each : report.noEntries)
            lines.push_back(fmt::format("No trade, {} of {} times: {}.", each.times, report.snapshots, each.reason));
        if (report.noEntries.empty() && report.metric("refusals") > 0)
            lines.emplace_back("No trade: every entry was refused; the decisions say why.");
    }
    const auto ratio = [](double value) { return std::isfinite(value) ? fmt::format("{:.2f}", value) : "not known"; };
    for (const SensitivityRow& row : report.sensitivity)
        lines.push_back(fmt::format("At {:.0f} % of the spread{}: net profit {}, Sharpe {}, {} trades.",
                                    percent(row.spreadFraction), passiveWords(row, fills), dollars(row.netProfit),
                                    ratio(row.sharpe), row.trades));
    std::ranges::move(realismSentences(report), std::back_inserter(lines));
    return lines;
}

void Replay::finish(Report& report, const std::stop_token& stop) const
{
    report.underlying = m_source.underlying();
    report.data = m_source.description();
    DataHash seen = m_dataHash;
    seen.add(m_source.payments());
    seen.add(m_source.reports());
    seen.add(m_source.corporateActions());
    report.dataHash = seen.text();
    report.isSimulated = m_source.isSimulated();
    report.quotes = m_quotes;
    report.contractRows = m_quotes.asked;
    report.hasReports = !m_source.reports().empty();
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
    if (m_config.withSensitivity) {
        // The fractions in their order, the run's own among them, then the extremes of resting orders.
        const auto rank = [&](const Config& each) {
            return std::pair(each.fills.passiveChance != m_config.fills.passiveChance, each.fills.spreadFraction);
        };
        std::vector<std::size_t> rows(m_configs.size());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        const auto isOfRow = [&](std::size_t row) {
            const execution::FillSettings& fills = m_configs[row].fills;
            return row > 0 || std::ranges::count(sensitivityFractions, fills.spreadFraction) > 0 ||
                   fills.passiveChance > 0;
        };
        std::erase_if(rows, [&](std::size_t row) { return !isOfRow(row); });
        std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return rank(m_configs[row]); });
        for (const std::size_t row : rows) {
            Report other(m_configs[row]);
            m_sessions[row]->summarise(other);
            report.sensitivity.push_back({other.config.fills.spreadFraction, other.config.fills.passiveChance,
                                          other.metric("net_profit"), other.metric("sharpe"), other.trades.size()});
        }
    }
    report.honesty = honestyOf(report);
}

double Report::metric(std::string_view id) const
{
    return valueOf(metrics, id);
}

base::Result<Config> configure(std::string_view strategy)
{
    const auto info = strategies::find(strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    return Config{.strategy = (*info)->name, .parameters = base::Parameters((*info)->parameters)};
}

base::Result<void> check(const Config& config)
{
    if (const auto info = strategies::find(config.strategy); !info)
        return tl::make_unexpected(info.error());
    if (config.from && config.to && *config.to < *config.from)
        return base::badInput("end", base::formatDate(*config.to), "not before " + base::formatDate(*config.from));
    for (const auto& checked :
         {inRange("capital", config.capital, 1000, 1e9, "dollars"),
          inRange("slippage", config.fills.slippage, 0, 0.1, "of price"),
          inRange("spread", config.fills.spreadFraction, 0, 2, "of the half-spread"), check(config.realism),
          inRange("passive chance", config.fills.passiveChance, 0, 1, "a quote"),
          inRange("latency", base::seconds(config.latency), 0, 86'400, "seconds"),
          inRange("risk-free rate", config.riskFreeRate, -0.1, 1, "per year")}) {
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
