#pragma once

#include "desk/desk.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>
#include <memory>

namespace vegadesk::tests
{

/// A desk on its own venue, in a folder of its own.
class RunningDesk
{
public:
    /// `prepare` finds the folder as a restart would, before anything runs.
    explicit RunningDesk(desk::DeskOptions options = {}, base::Environment environment = {},
                         const std::function<void(const QString& directory)>& prepare = {})
    {
        if (prepare)
            prepare(m_directory.path());
        options.dataDirectory = m_directory.path();
        options.venueProgram = QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli");
        if (options.seed == 0)
            options.seed = 7;
        m_options = std::move(options);
        begin(std::move(environment));
    }

    /// The program ends, and starts again in the same folder; what was in the environment is gone.
    void restart()
    {
        end();
        begin({});
    }

    /// The program ends; its folder stays.
    void end() { m_desk.reset(); }

    desk::Desk& desk() const { return *m_desk; }
    const QStringList& notices() const { return m_notices; }
    QString directory() const { return m_directory.path(); }

    bool hasStreamingChain() const
    {
        const auto view = m_desk->chain();
        for (const desk::ChainRow& row : view->rows) {
            if (std::isfinite(row.call.bid) && std::isfinite(row.call.delta))
                return true;
        }
        return false;
    }
    bool hasAccount() const { return std::isfinite(m_desk->trading()->netLiquidation) && !m_desk->trading()->isStale; }

    /// Held of a symbol, below 0 when short.
    std::int64_t quantityOf(const std::string& symbol) const
    {
        const auto view = m_desk->trading();
        for (const desk::PositionGroup& group : view->groups) {
            for (const desk::PositionRow& row : group.rows) {
                if (row.position.symbol == symbol)
                    return row.position.quantity.whole();
            }
        }
        return 0;
    }

    /// For QTRY: whether the newest order is one of these legs, and filled. Sends it first, and again where the gate refused it
    /// after all, or the journal took its time: on a slow machine the market moves on, or a quote is too old for a moment.
    bool fills(const portfolio::OrderIntent& order)
    {
        const auto view = m_desk->trading();
        const auto isTooLate = [](const execution::Order& one) {
            return one.status == execution::OrderStatus::NotPlaced &&
                   one.reason.find("the journal took so long") != std::string::npos;
        };
        if (!view->orders.empty() && view->orders.front().intent.legs == order.legs && !isTooLate(view->orders.front()))
            return view->orders.front().status == execution::OrderStatus::Filled;
        if (passes(order))
            send(order);
        return false; // another time, at other prices
    }

    /// Whether the gate lets the order go, as the ticket shows it.
    bool passes(const portfolio::OrderIntent& order) const
    {
        const std::uint64_t request = m_desk->stageTicket(order);
        return QTest::qWaitFor([&] { return m_desk->ticket()->request == request; }, 10'000) &&
               m_desk->ticket()->isAllowed;
    }

    /// Sends it, and waits until there is an order of it or it was refused. One that nothing was heard of in that time may yet
    /// become an order, so nothing is sent beside it.
    void send(const portfolio::OrderIntent& order)
    {
        const auto refusals = [this] { return m_notices.filter(QStringLiteral("Not sent")).size(); };
        const auto isAnswered = [&] {
            return m_desk->trading()->orders.size() > m_ordersBefore || refusals() > m_refusalsBefore;
        };
        if (m_isUnanswered && !isAnswered())
            return;
        m_ordersBefore = m_desk->trading()->orders.size();
        m_refusalsBefore = refusals();
        m_desk->send(order);
        m_isUnanswered = !QTest::qWaitFor(isAnswered, 60'000);
        if (m_isUnanswered)
            qWarning("nothing became of an order: %s", qPrintable(whatHappened()));
    }

    /// What became of the orders, and what was said, for a test that fails.
    QString whatHappened() const
    {
        QString words;
        const auto view = m_desk->trading();
        for (const execution::Order& order : view->orders)
            words += QStringLiteral("%1 %2 at %3, reason \"%4\"; ")
                         .arg(QString::fromStdString(order.intent.legs.front().symbol))
                         .arg(static_cast<int>(order.status))
                         .arg(order.intent.price ? order.intent.price->toDouble() : std::nan(""))
                         .arg(QString::fromStdString(order.reason));
        const auto chain = m_desk->chain();
        for (const desk::ChainRow& row : chain->rows) {
            for (const desk::ChainCell* const cell : {&row.call, &row.put}) {
                if (!view->orders.empty() && cell->symbol == view->orders.front().intent.legs.front().symbol)
                    words += QStringLiteral("%1/%2 now; ").arg(cell->bid).arg(cell->ask);
            }
        }
        const auto ticket = m_desk->ticket();
        words += QStringLiteral("ticket %1: ").arg(ticket->request);
        for (const std::string& line : ticket->verdict)
            words += QString::fromStdString(line) + u' ';
        return words + m_notices.join(QStringLiteral(" | "));
    }

    /// The row whose strike is nearest to `moneyness` times the spot.
    desk::ChainRow rowNear(double moneyness) const
    {
        const auto view = m_desk->chain();
        const desk::ChainRow* best = nullptr;
        for (const desk::ChainRow& row : view->rows) {
            const auto distance = [&](const desk::ChainRow& one) {
                return std::abs(one.strike - moneyness * view->spot);
            };
            if (!row.call.symbol.empty() && (!best || distance(row) < distance(*best)))
                best = &row;
        }
        return best ? *best : desk::ChainRow{};
    }

private:
    void begin(base::Environment environment)
    {
        m_desk = std::make_unique<desk::Desk>(m_options, std::move(environment));
        QObject::connect(m_desk.get(), &desk::Desk::noticed, m_desk.get(),
                         [this](const desk::Notice& notice) { m_notices << QString::fromStdString(notice.text); });
        m_desk->start();
    }

    QTemporaryDir m_directory;
    desk::DeskOptions m_options;
    QStringList m_notices;
    std::size_t m_ordersBefore = 0;
    qsizetype m_refusalsBefore = 0;
    bool m_isUnanswered = false;
    std::unique_ptr<desk::Desk> m_desk;
};

inline portfolio::OrderLeg optionLeg(const std::string& symbol, portfolio::Action action, std::int64_t quantity = 1)
{
    return {symbol, market::InstrumentType::EquityOption, action, quantity};
}

/// A market order: what a test needs filled must not wait for a price to come back on a machine that is slow to send it.
inline portfolio::OrderIntent marketOrder(const std::string& underlying, std::vector<portfolio::OrderLeg> legs)
{
    portfolio::OrderIntent intent;
    intent.underlying = underlying;
    intent.legs = std::move(legs);
    intent.type = portfolio::OrderType::Market;
    return intent;
}

/// A limit order at `net` dollars a unit; positive is paid.
inline portfolio::OrderIntent limitOrder(const std::string& underlying, std::vector<portfolio::OrderLeg> legs,
                                         double net)
{
    portfolio::OrderIntent intent;
    intent.underlying = underlying;
    intent.legs = std::move(legs);
    intent.price = base::Decimal::fromDouble(std::round(std::abs(net) * 100) / 100).value();
    intent.effect = net < 0 ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
    return intent;
}

} // namespace vegadesk::tests
