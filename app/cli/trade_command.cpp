#include "account_desk.h"
#include "interrupt.h"
#include "json.h"
#include "signal_words.h"

#include "market/calendar.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"
#include "trading/origins.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <iostream>
#include <map>
#include <optional>
#include <utility>

namespace vegadesk::cli
{

namespace
{

constexpr int lookMs = 200;
/// What a person types to let strategies trade real money.
constexpr auto liveWord = "LIVE";

/// "2026-11-27 10:00:05", in New York.
std::string newYork(base::Instant at)
{
    const base::Date date = market::newYorkDate(at);
    const auto since =
        std::chrono::floor<std::chrono::seconds>(at - market::fromNewYork(date, std::chrono::seconds(0)));
    return fmt::format("{} {:%H:%M:%S}", base::formatDate(date), since);
}

/// Tells of the strategies at work what is new since it last looked.
class Teller
{
public:
    explicit Teller(bool asJson) : m_asJson(asJson) {}

    void look(const desk::StrategiesView& view)
    {
        for (const desk::StrategyRow& row : view.rows) {
            Seen& seen = m_seen[{row.strategy, row.underlying}];
            tellEvents(row, seen);
            if (row.doing != std::exchange(seen.doing, row.doing))
                tell(row, {}, "doing", row.doing);
        }
    }

private:
    struct Seen {
        std::string doing;
        base::Instant newest{}; ///< of its events, with its words
        std::string text;
    };

    void tellEvents(const desk::StrategyRow& row, Seen& seen) const
    {
        std::size_t fresh = 0;
        while (fresh < row.events.size() &&
               (row.events[fresh].at != seen.newest || row.events[fresh].text != seen.text))
            ++fresh;
        for (std::size_t i = fresh; i-- > 0;)
            tell(row, row.events[i].at, desk::toText(row.events[i].kind), row.events[i].text);
        if (!row.events.empty()) {
            seen.newest = row.events.front().at;
            seen.text = row.events.front().text;
        }
    }

    void tell(const desk::StrategyRow& row, base::Instant at, std::string_view kind, const std::string& words) const
    {
        const std::string when = at == base::Instant{} ? std::string() : newYork(at);
        if (m_asJson) {
            const QJsonObject line{
                {"strategy", text(row.strategy)},
                {"underlying", text(row.underlying)},
                {"at", at == base::Instant{} ? QJsonValue() : QJsonValue(text(base::formatInstant(at)))},
                {"kind", QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size()))},
                {"text", text(words)}};
            fmt::print("{}\n", QJsonDocument(line).toJson(QJsonDocument::Compact).toStdString());
            return;
        }
        fmt::print("{:19} {} {}: {}{}\n", when, row.strategy, row.underlying,
                   kind == "doing" ? "" : fmt::format("{}: ", kind), words);
    }

    const bool m_asJson;
    std::map<std::pair<std::string, std::string>, Seen> m_seen;
};

class TradeCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--strategy", m_request.strategy,
                       "One to arm, see: vegadesk-cli list strategies. Without it those that are armed already go on");
        app.add_option("--underlying", m_request.underlying, "What it trades")->capture_default_str();
        app.add_option("--param,--set", m_parameters, "A parameter of it, as name=value; may be repeated")
            ->allow_extra_args(false);
        m_filter.describe(app);
        app.add_option("--for", m_seconds, "Seconds to trade, 1 to 1e6; without it until it is interrupted");
        app.add_flag("--off-at-end", m_isOffAtEnd,
                     "Turn every strategy off at the end, and cancel their orders; what they hold stays");
        app.add_flag("--arm", m_isArmed, "Let orders with real money go, after a typed confirmation; live only");
        app.add_flag("--json", m_asJson, "An object of JSON a line");
        m_account.describe(app);
        app.footer(
            "Strategies trade by themselves, through the limits, journal and checks of the window, with the data "
            "folder's\n"
            "account; it is refused while a window has that folder. What each does, proposes and trades is told as it\n"
            "happens. At the end (Ctrl-C, or --for) they stay as they are: the next window or trade goes on with "
            "them.\n"
            "Example: vegadesk-cli trade --strategy iron_condor --underlying SPY --set short_delta=0.2 --for 600");
    }

    int run(int argc, char** argv) override
    {
        std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); // said as it happens, into a file too
        if (const int status = readStrategy(); status != succeeded)
            return status;
        if (m_seconds && !(*m_seconds >= 1 && *m_seconds <= 1e6))
            return complain("--for", fmt::format("{}", *m_seconds), "seconds, 1 to 1e6");
        const auto place = m_account.place();
        if (!place)
            return complain(place.error());
        const bool isLive = *place == desk::Environment::Live;
        if (m_isArmed != isLive)
            return complain(isLive ? "--environment" : "--arm", isLive ? m_account.environment : "given",
                            isLive ? "with --arm" : "only with --environment live");
        return withAccount(argc, argv, m_account, "nothing was traded",
                           [this, isLive](AccountDesk& account) { return trade(account, isLive); });
    }

private:
    /// Every parameter as the strategy writes it, so that what is at work can be told from what was asked for.
    int readStrategy()
    {
        if (m_request.strategy.empty())
            return !m_filter.name().empty() ? complain("--signal", m_filter.name(), "with --strategy")
                   : m_parameters.empty()   ? succeeded
                                            : complain("--set", m_parameters.front(), "with --strategy");
        const auto info = strategies::find(m_request.strategy);
        if (!info)
            return complain(info.error());
        base::Parameters parameters((*info)->parameters);
        strategies::Words words = m_filter.words();
        for (const std::string& each : m_parameters) {
            const std::size_t equals = each.find('=');
            if (equals == std::string::npos || equals == 0)
                return complain("--set", each, "name=value");
            if (strategies::isFilterWord(std::string_view(each).substr(0, equals))) {
                words.emplace_back(each.substr(0, equals), each.substr(equals + 1));
                continue;
            }
            if (const auto set = parameters.setText(each.substr(0, equals), each.substr(equals + 1)); !set)
                return complain(set.error());
        }
        for (const base::ParameterSpec& spec : parameters.specs())
            m_request.parameters.emplace_back(spec.name, parameters.toText(spec.name));
        const auto filter = strategies::filterOf(words);
        if (!filter)
            return complain(filter.error());
        for (auto& word : strategies::wordsOf(*filter))
            m_request.parameters.push_back(std::move(word));
        m_request.underlying = QString::fromStdString(m_request.underlying).trimmed().toUpper().toStdString();
        if (m_request.underlying.empty())
            return complain("--underlying", "", "a symbol, such as SPY");
        return succeeded;
    }

    int trade(AccountDesk& account, bool isLive) const
    {
        desk::Desk& desk = account.desk();
        if (isLive)
            if (const int status = confirm(account); status != succeeded)
                return status;
        // Before that an interrupt ends the program, with nothing armed.
        answerInterrupts({SIGINT, SIGTERM});
        const std::size_t said = account.said().size();
        if (!m_request.strategy.empty()) {
            desk.armStrategy(m_request);
            const auto isKnown = [&] { return isAtWork(desk); };
            waitFor([&] { return isKnown() || account.said().size() > said; }, answerMs);
            if (!isKnown())
                return account.giveUp("nothing was traded: the strategy was not armed");
        } else if (!waitFor([&] { return !desk.strategiesAtWork()->rows.empty(); }, answerMs / 12)) {
            return account.giveUp("nothing was traded: no strategy is armed here; arm one with --strategy");
        }
        Teller teller(m_asJson);
        QElapsedTimer clock;
        clock.start();
        while (!wasInterrupted() && (!m_seconds || static_cast<double>(clock.elapsed()) < 1000 * *m_seconds)) {
            teller.look(*desk.strategiesAtWork());
            waitFor(wasInterrupted, lookMs);
        }
        return end(account, teller);
    }

    bool isAtWork(const desk::Desk& desk) const
    {
        const auto view = desk.strategiesAtWork();
        return std::ranges::any_of(view->rows, [this](const desk::StrategyRow& row) {
            return row.strategy == m_request.strategy && row.underlying == m_request.underlying &&
                   (row.state == desk::StrategyState::Armed || row.state == desk::StrategyState::Waiting) &&
                   row.parameters == m_request.parameters;
        });
    }

    static int confirm(AccountDesk& account)
    {
        fmt::print(stderr, "Strategies will trade real money in account {}.\nType {} to let them: ",
                   account.desk().trading()->account, liveWord);
        std::string typed;
        std::getline(std::cin, typed);
        if (typed != liveWord) {
            fmt::print(stderr, "vegadesk-cli: nothing was traded: it was not confirmed\n");
            return failed;
        }
        account.desk().armLive();
        if (!waitFor([&] { return account.desk().trading()->isArmed; }, answerMs / 6))
            return account.giveUp(fmt::format("nothing was traded: {}", account.desk().trading()->disarmedReason));
        return succeeded;
    }

    int end(AccountDesk& account, Teller& teller) const
    {
        desk::Desk& desk = account.desk();
        if (m_isOffAtEnd) {
            const auto view = desk.strategiesAtWork();
            for (const desk::StrategyRow& each : view->rows)
                desk.turnOffStrategy(each.strategy, each.underlying);
            const auto areOff = [&] {
                const auto now = desk.strategiesAtWork();
                const auto trading = desk.trading();
                return std::ranges::all_of(now->rows,
                                           [](const desk::StrategyRow& each) {
                                               return each.state == desk::StrategyState::Off ||
                                                      each.state == desk::StrategyState::Waiting;
                                           }) &&
                       std::ranges::none_of(trading->orders, [](const execution::Order& order) {
                           return !trading::strategyOf(order.intent.origin).empty() &&
                                  !execution::isTerminal(order.status);
                       });
            };
            if (!waitFor(areOff, answerMs / 6))
                return account.giveUp(
                    "not every strategy is off and without a working order: look at them in the window");
        }
        const auto view = desk.strategiesAtWork();
        teller.look(*view);
        for (const desk::StrategyRow& each : view->rows) {
            const bool holds = each.hasOpenTrade();
            if (m_asJson) {
                const QJsonObject line{{"strategy", text(each.strategy)},
                                       {"underlying", text(each.underlying)},
                                       {"kind", "end"},
                                       {"state", text(std::string(desk::toText(each.state)))},
                                       {"trades", each.tradeCount()},
                                       {"open_profit", number(each.openProfit)},
                                       {"closed_profit", number(each.closedProfit)},
                                       {"holds", holds}};
                fmt::print("{}\n", QJsonDocument(line).toJson(QJsonDocument::Compact).toStdString());
                continue;
            }
            fmt::print("{} {}: {}, {} trade{}, closed for {}{}\n", each.strategy, each.underlying,
                       desk::toText(each.state), each.tradeCount(), each.tradeCount() == 1 ? "" : "s",
                       money(each.closedProfit), holds ? fmt::format(", one open at {}", money(each.openProfit)) : "");
        }
        if (!m_asJson && !m_isOffAtEnd)
            fmt::print("Until the next window or trade nothing manages what they hold.\n");
        return succeeded;
    }

    AccountWords m_account;
    desk::StrategyRequest m_request{.strategy = {}, .underlying = "SPY", .parameters = {}};
    std::vector<std::string> m_parameters;
    SignalFilterWords m_filter;
    std::optional<double> m_seconds;
    bool m_isOffAtEnd = false, m_isArmed = false, m_asJson = false;
};

} // namespace

std::unique_ptr<Command> tradeCommand()
{
    return std::make_unique<TradeCommand>();
}

} // namespace vegadesk::cli
