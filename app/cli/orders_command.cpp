#include "account_desk.h"
#include "order_list.h"

#include "market/calendar.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

class OrdersCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        m_account.describe(app);
        app.add_flag("--json", m_asJson, "As JSON");
        app.footer("Lists what may still fill, and what was made or changed today, in New York, newest first. The "
                   "folder must\n"
                   "not be a window's that is open.");
    }

    int run(int argc, char** argv) override
    {
        return withAccount(argc, argv, m_account, "nothing was listed", [this](AccountDesk& account) {
            const auto view = account.desk().trading();
            const base::Date today = market::newYorkDate(account.desk().status()->marketTime);
            const std::vector<execution::Order> orders = shownOrders(view->orders, today);
            if (m_asJson) {
                QJsonArray rows;
                for (const execution::Order& order : orders)
                    rows.append(toJson(order));
                const QJsonObject json{{"environment", QString::fromStdString(m_account.environment)},
                                       {"account", QString::fromStdString(view->account)},
                                       {"orders", rows}};
                fmt::print("{}", QJsonDocument(json).toJson(QJsonDocument::Indented).toStdString());
                return succeeded;
            }
            fmt::print("{} account {}\n", m_account.environment, view->account);
            for (const execution::Order& order : orders)
                fmt::print("{}\n", toText(order));
            if (orders.empty())
                fmt::print("no order may still fill, and none was made today\n");
            return succeeded;
        });
    }

private:
    AccountWords m_account;
    bool m_asJson = false;
};

class CancelCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("ids", m_ids, "Which orders, as vegadesk-cli orders names them");
        app.add_flag("--all", m_isAll, "Every order that may still fill");
        app.add_flag("--json", m_asJson, "What became of them, as JSON");
        m_account.describe(app);
        app.footer(
            "The status is 0 when each of them is cancelled. One that has filled, or was over before, is said and is a "
            "failure.");
    }

    int run(int argc, char** argv) override
    {
        if (m_ids.empty() == !m_isAll)
            return complain("ids", m_isAll ? "given" : "", "orders' ids, or --all");
        return withAccount(argc, argv, m_account, "nothing was cancelled",
                           [this](AccountDesk& account) { return m_isAll ? cancelAll(account) : cancel(account); });
    }

private:
    /// Asks for each, and waits for what becomes of them.
    int cancel(AccountDesk& account) const
    {
        const auto before = account.desk().trading();
        for (const std::string& id : m_ids) {
            const execution::Order* const order = findOrder(before->orders, id);
            if (!order)
                return account.giveUp(fmt::format("nothing was cancelled: there is no order {}", id));
            if (execution::isTerminal(order->status))
                return account.giveUp(
                    fmt::format("nothing was cancelled: order {} is over: {}", id, execution::toText(order->status)));
        }
        const std::size_t said = account.said().size();
        for (const std::string& id : m_ids)
            account.desk().cancelOrder(findOrder(before->orders, id)->externalId);
        return tell(account, m_ids, said);
    }

    int cancelAll(AccountDesk& account) const
    {
        const auto before = account.desk().trading();
        std::vector<std::string> ids;
        for (const execution::Order& order : before->orders)
            if (!execution::isTerminal(order.status))
                ids.push_back(idOf(order));
        if (ids.empty() && !m_asJson)
            fmt::print("no order may still fill\n");
        const std::size_t said = account.said().size();
        account.desk().cancelAllOrders();
        return tell(account, ids, said);
    }

    int tell(AccountDesk& account, const std::vector<std::string>& ids, std::size_t said) const
    {
        const auto isOver = [&account](const std::string& id) {
            const auto view = account.desk().trading();
            const execution::Order* const order = findOrder(view->orders, id);
            return order && execution::isTerminal(order->status);
        };
        const auto areOver = [&] { return std::ranges::all_of(ids, isOver); };
        waitFor([&] { return account.said().size() > said || areOver(); }, answerMs);
        waitFor(areOver, answerMs / 12); // what was said may be of one of them, or of something else
        const auto view = account.desk().trading();
        bool areCancelled = true;
        QJsonArray rows;
        for (const std::string& id : ids) {
            const execution::Order* const order = findOrder(view->orders, id);
            areCancelled = areCancelled && order && order->status == execution::OrderStatus::Cancelled;
            if (!order)
                continue;
            rows.append(toJson(*order));
            if (!m_asJson)
                fmt::print("{}\n", toText(*order));
        }
        if (m_asJson)
            fmt::print("{}",
                       QJsonDocument(QJsonObject{{"orders", rows}}).toJson(QJsonDocument::Indented).toStdString());
        return areCancelled ? succeeded : account.giveUp("not every order is cancelled");
    }

    AccountWords m_account;
    std::vector<std::string> m_ids;
    bool m_isAll = false, m_asJson = false;
};

} // namespace

std::unique_ptr<Command> ordersCommand()
{
    return std::make_unique<OrdersCommand>();
}

std::unique_ptr<Command> cancelCommand()
{
    return std::make_unique<CancelCommand>();
}

} // namespace vegadesk::cli
