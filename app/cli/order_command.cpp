#include "account_desk.h"
#include "json.h"
#include "order_list.h"
#include "order_words.h"

#include "desk/order_notices.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <iostream>
#include <set>

namespace vegadesk::cli
{

namespace
{

constexpr int secondLookMs = 2'000; ///< a refusal by a quote of just now may be none by the next

/// What a person types to let an order with real money go.
constexpr auto liveWord = "LIVE";

QJsonArray linesOf(const std::vector<std::string>& lines)
{
    QJsonArray out;
    for (const std::string& line : lines)
        out.append(text(line));
    return out;
}

/// Of a change in buying power, in the words of both signs.
std::string takenWords(double taken)
{
    return taken < 0 ? fmt::format("frees {} of buying power", money(-taken))
                     : fmt::format("takes {} of buying power", money(taken));
}

/// One order through a desk without a window, from its judgement to what the broker said; told line by line as it happens, or as
/// one object of JSON at the end.
class OneOrder
{
public:
    OneOrder(AccountDesk& account, const portfolio::OrderIntent& intent, bool asJson)
        : m_account(account), m_desk(account.desk()), m_intent(intent), m_asJson(asJson)
    {
    }

    void tellAccount(const std::string& environment);
    int judge();
    int arm() const;
    int send(int patienceMs);
    const QJsonObject& json() const { return m_json; }

private:
    template<class... Args>
    void say(fmt::format_string<Args...> words, Args&&... args) const
    {
        if (!m_asJson)
            fmt::print(words, std::forward<Args>(args)...);
    }
    int askBroker();

    AccountDesk& m_account;
    desk::Desk& m_desk;
    const portfolio::OrderIntent& m_intent;
    const bool m_asJson;
    QJsonObject m_json;
};

void OneOrder::tellAccount(const std::string& environment)
{
    // What is held has its quotes a moment later; an order is judged by all of it.
    const auto isKnown = [&] {
        const auto view = m_desk.trading();
        return std::ranges::all_of(view->gauges, [](const desk::Gauge& gauge) {
            return std::isfinite(gauge.value) || (gauge.id != "leverage" && gauge.id != "largest_position");
        });
    };
    waitFor(isKnown, answerMs / 2);
    const auto trading = m_desk.trading();
    say("{} account {}, net liquidation {}, buying power {}\n", environment, trading->account,
        money(trading->netLiquidation), money(trading->buyingPower));
    m_json = {{"environment", text(environment)},
              {"account", text(trading->account)},
              {"net_liquidation", number(trading->netLiquidation)},
              {"buying_power", number(trading->buyingPower)},
              {"intent", desk::describe(m_intent)}};
}

/// The gate's verdict and the broker's dry run.
int OneOrder::judge()
{
    say("{}\n", desk::describe(m_intent).toStdString());
    const std::uint64_t request = m_desk.stageTicket(m_intent);
    std::shared_ptr<const desk::TicketView> ticket;
    QElapsedTimer refused; // with everything known
    const auto isJudged = [&] {
        ticket = m_desk.ticket();
        if (ticket->request != request)
            return false;
        // A leg whose quotes have not come is refused for that; what is not listed never has any.
        if (std::isfinite(ticket->natural) && !refused.isValid())
            refused.start();
        return ticket->isAllowed || (refused.isValid() && refused.elapsed() > secondLookMs);
    };
    waitFor(isJudged, answerMs / 2);
    if (ticket->request != request)
        return m_account.giveUp("nothing was sent: the order was not judged");
    for (const std::string& line : ticket->verdict)
        say("{}: {}\n", ticket->isAllowed ? "allowed" : "refused", line);
    for (const std::string& line : ticket->warnings)
        say("warning: {}\n", line);
    say("ours: fees {}, {}, loses {} at most, gains {} at most\n", money(ticket->fees),
        takenWords(ticket->buyingPowerEffect), money(ticket->maxLoss), money(ticket->maxProfit));
    m_json["market"] = QJsonObject{{"natural", number(ticket->natural)}, {"mid", number(ticket->mid)}};
    m_json["allowed"] = ticket->isAllowed;
    m_json["verdict"] = linesOf(ticket->verdict);
    m_json["warnings"] = linesOf(ticket->warnings);
    m_json["ours"] = QJsonObject{
        {"fees", number(ticket->fees)},
        {"buying_power_taken", number(ticket->buyingPowerEffect)},
        {"most_lost", number(ticket->maxLoss)}, // null: not known, or unlimited
        {"most_gained", number(ticket->maxProfit)},
        {"is_loss_limited", std::isnan(ticket->maxLoss) ? QJsonValue() : QJsonValue(!std::isinf(ticket->maxLoss))}};
    return ticket->isAllowed ? askBroker() : failed;
}

int OneOrder::askBroker()
{
    const std::uint64_t asked = m_desk.requestDryRun(m_intent);
    std::shared_ptr<const desk::DryRunView> dryRun;
    const auto isAnswered = [&] {
        dryRun = m_desk.dryRun();
        return dryRun->request == asked && dryRun->isDone;
    };
    if (!waitFor(isAnswered, answerMs))
        return m_account.giveUp("nothing was sent: the broker did not answer the dry run");
    if (!dryRun->result)
        return m_account.giveUp(fmt::format("nothing was sent: {}", dryRun->failure));
    const portfolio::DryRunResult& result = *dryRun->result;
    say("the broker's: fees {}, {}\n", money(result.totalFees.toDouble()),
        takenWords(result.changeInBuyingPower.toDouble()));
    for (const std::string& line : result.warnings)
        say("the broker warns: {}\n", line);
    for (const std::string& line : result.errors)
        say("the broker refuses: {}\n", line);
    m_json["broker"] = QJsonObject{{"fees", number(result.totalFees.toDouble())},
                                   {"buying_power_taken", number(result.changeInBuyingPower.toDouble())},
                                   {"warnings", linesOf(result.warnings)},
                                   {"errors", linesOf(result.errors)}};
    return result.errors.empty() ? succeeded : failed;
}

/// A person at a keyboard says that it is meant.
int OneOrder::arm() const
{
    fmt::print(stderr, "With real money: {}\nType {} to send it: ", desk::describe(m_intent).toStdString(), liveWord);
    std::string typed;
    std::getline(std::cin, typed);
    if (typed != liveWord) {
        fmt::print(stderr, "vegadesk-cli: nothing was sent: it was not confirmed\n");
        return failed;
    }
    m_desk.armLive();
    if (!waitFor([&] { return m_desk.trading()->isArmed; }, answerMs / 6))
        return m_account.giveUp(fmt::format("nothing was sent: {}", m_desk.trading()->disarmedReason));
    return succeeded;
}

int OneOrder::send(int patienceMs)
{
    std::set<std::string> before;
    const auto earlier = m_desk.trading();
    for (const execution::Order& order : earlier->orders)
        before.insert(order.externalId);
    const std::size_t said = m_account.said().size();
    m_desk.send(m_intent);
    std::optional<execution::Order> ours;
    const auto find = [&] {
        const auto trading = m_desk.trading();
        for (const execution::Order& order : trading->orders)
            if (!order.isExternal && !before.contains(order.externalId) && order.intent.legs == m_intent.legs)
                ours = order;
        return ours.has_value();
    };
    const auto isOut = [&] { // at the broker, or never
        return find() && (execution::isAtWork(ours->status) || execution::isTerminal(ours->status));
    };
    // A refusal is said; the broker's check of what opens comes before.
    waitFor(
        [&] { return isOut() || (!ours && m_account.said().size() > said && m_desk.trading()->beingChecked.empty()); },
        answerMs);
    if (!ours)
        return m_account.giveUp("nothing was sent");
    waitFor([&] { return find() && execution::isTerminal(ours->status); }, patienceMs);
    say("order {}\n", toText(*ours));
    m_json["order"] = toJson(*ours);
    const bool isTaken = !ours->brokerId.empty() && ours->status != execution::OrderStatus::Rejected &&
                         ours->status != execution::OrderStatus::Unknown;
    return isTaken ? succeeded : failed;
}

class OrderCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("legs", m_words.legs,
                       "What is traded, each leg in quotes: an action, how many, and a contract or shares")
            ->required();
        app.add_option("--limit", m_words.limit, "Price of a unit in dollars; without it a market order");
        app.add_flag("--debit", m_words.isDebit, "The limit is paid; of one leg its action says so");
        app.add_flag("--credit", m_words.isCredit, "The limit is received");
        app.add_option("--tif", m_words.timeInForce, "day, gtc or ioc")->capture_default_str();
        app.add_option("--underlying", m_words.underlying, "Where the contract's root is another: SPX for SPXW");
        app.add_flag("--dry-run", m_isDryRun, "Only what our limits and the broker would say of it");
        m_account.describe(app);
        app.add_flag("--arm", m_isArmed, "Let an order with real money go, after a typed confirmation; live only");
        app.add_option("--wait", m_seconds, "Seconds to wait for a fill, 0 to 3600; the order works on after that")
            ->capture_default_str();
        app.add_flag("--json", m_asJson, "As one object of JSON, once it is over");
        app.footer(
            "The order goes the way of the window's: through the same limits, journal and checks, with the data "
            "folder's\n"
            "account. It is refused while a window has that folder. The status is 0 when the broker took the order.\n"
            "Example: vegadesk-cli order \"buy to open 1 SPY\" --dry-run\n"
            "         vegadesk-cli order \"sell to open 1 SPY 2026-12-18 470 P\" \"buy to open 1 SPY 2026-12-18 460 "
            "P\"\n"
            "           --limit 3.05 --credit\n"
            "Buying power that an order takes, and what it loses at most, are positive; vegadesk-cli orders lists what "
            "works, "
            "and\n"
            "vegadesk-cli cancel takes it back.\n"
            "A limit must lie near the market of then, and contracts be listed: the window's chain shows both.");
    }

    int run(int argc, char** argv) override
    {
        std::setvbuf(stdout, nullptr, _IOLBF,
                     BUFSIZ); // said as it happens, into a file too: an order's number must not be lost
        const auto intent = readOrder(m_words);
        if (!intent)
            return complain(intent.error());
        const auto place = m_account.place();
        if (!place)
            return complain(place.error());
        const bool isLive = *place == desk::Environment::Live;
        if (m_isArmed && !isLive)
            return complain("--arm", "given", "only with --environment live");
        if (isLive && !m_isArmed && !m_isDryRun)
            return complain("--environment", m_account.environment, "with --arm, or with --dry-run");
        if (!(m_seconds >= 0 && m_seconds <= 3600))
            return complain("--wait", fmt::format("{}", m_seconds), "seconds, 0 to 3600");
        return withAccount(argc, argv, m_account, "nothing was sent", [&](AccountDesk& account) {
            OneOrder order(account, *intent, m_asJson);
            const int status = follow(order, isLive);
            if (m_asJson)
                fmt::print("{}", QJsonDocument(order.json()).toJson(QJsonDocument::Indented).toStdString());
            return status;
        });
    }

private:
    int follow(OneOrder& order, bool isLive) const
    {
        order.tellAccount(m_account.environment);
        if (const int status = order.judge(); status != succeeded || m_isDryRun)
            return status;
        if (isLive)
            if (const int status = order.arm(); status != succeeded)
                return status;
        return order.send(static_cast<int>(m_seconds * 1000));
    }

    OrderWords m_words;
    AccountWords m_account;
    double m_seconds = 5;
    bool m_isDryRun = false, m_isArmed = false, m_asJson = false;
};

} // namespace

std::unique_ptr<Command> orderCommand()
{
    return std::make_unique<OrderCommand>();
}

} // namespace vegadesk::cli
