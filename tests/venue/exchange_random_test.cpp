#include "venue/tape_account.h"

#include "base/random.h"

#include <QFile>
#include <QTemporaryDir>

#include <map>
#include <set>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using wire::ComplexType;
using wire::OrderState;

namespace
{

base::Quantity filledOf(const wire::Leg& leg)
{
    return leg.terms.quantity - leg.remaining;
}

/// Asks an account for anything, at any time, and looks at what must hold afterwards.
class Customer
{
public:
    Customer(std::uint64_t seed, const QString& file) : m_chance(seed), m_account(openTape(file))
    {
        m_account.exchange->setListener(&m_recorder);
        m_before = shares();
    }

    void act()
    {
        switch (m_chance.integer(0, 9)) {
        case 0:
        case 1:
        case 2:
            m_account.place(order(anyAction()));
            break;
        case 3:
            m_account.place(complex());
            break;
        case 4:
        case 5:
            if (const wire::Order* const order = any()) {
                wire::OrderRequest request = wire::requestOf(*order);
                changePrice(request);
                m_account.replace(order->id, request);
            }
            break;
        case 6:
            if (const wire::Order* const order = any())
                m_account.cancel(order->id);
            break;
        case 7:
            if (const auto all = m_account.exchange->complexOrders(true); !all.empty())
                m_account.cancelComplex(all[pick(all.size())].id);
            break;
        default:
            break;
        }
        constexpr base::Nanos waits[]{0ns, 20ms, 40ms, 41ms, 300ms, 3s, 10min, 5h, 17h};
        m_account.wait(waits[pick(std::size(waits))]);
    }

    /// What is not true of the account; empty when all is.
    std::string complaint() const
    {
        const venue::Exchange& exchange = *m_account.exchange;
        std::map<std::string, base::Quantity> held = m_before;
        const std::vector<const wire::Order*> orders = exchange.orders();
        for (const wire::Order* const order : orders) {
            const wire::Leg& leg = order->legs.front();
            base::Quantity filled = 0;
            for (const wire::LegFill& fill : leg.fills)
                filled += fill.quantity;
            if (filled != filledOf(leg))
                return "fills and what is left of " + order->id;
            held[leg.terms.symbol] += portfolio::signedQuantity(leg.terms.action, filled);
            if (order->state == OrderState::Filled && leg.remaining != 0)
                return "filled with something left: " + order->id;
            if (isTerminal(order->state) != order->terminalAt.has_value())
                return "the end of " + order->id;
            const wire::Order* const old = order->replaces.empty() ? nullptr : exchange.order(order->replaces);
            if (old != nullptr && !leg.fills.empty() &&
                filledOf(old->legs.front()) + leg.terms.quantity > old->legs.front().terms.quantity)
                return "bought twice by " + order->id + ", which replaces " + old->id;
            if (old != nullptr && order->state == OrderState::Live && !isTerminal(old->state))
                return "both work, " + order->id + " and what it replaces";
        }
        for (const wire::Transaction& row : exchange.deliveries()) {
            if (row.instrumentType == market::InstrumentType::Equity)
                held[row.symbol] += portfolio::signedQuantity(*row.action, row.quantity);
        }
        std::erase_if(held, [](const auto& entry) { return entry.second == 0; });
        if (held != shares())
            return "what is held is not what was filled";
        const std::vector<wire::ComplexOrder> complexOrders = exchange.complexOrders(false);
        for (const wire::ComplexOrder& each : complexOrders) {
            if (const std::string problem = complaintAbout(each); !problem.empty())
                return problem + " of " + each.id;
        }
        return {};
    }

    const venue::Exchange& exchange() const { return *m_account.exchange; }
    std::size_t pick(std::size_t count)
    {
        return static_cast<std::size_t>(m_chance.integer(0, static_cast<std::int64_t>(count) - 1));
    }
    void saveSnapshot() { m_account.saveSnapshot(); }
    const std::vector<std::string>& events() const { return m_recorder.events; }
    /// To the end of what has happened: a restart goes on from there.
    void finish() { QVERIFY(m_account.tape.lived(m_account.exchange->now())); }

private:
    std::map<std::string, base::Quantity> shares() const
    {
        std::map<std::string, base::Quantity> held;
        const std::vector<wire::AccountPosition> positions = m_account.exchange->positions(false);
        for (const wire::AccountPosition& position : positions) {
            if (position.values.type == market::InstrumentType::Equity)
                held[position.values.symbol] = position.values.quantity;
        }
        return held;
    }

    static std::string complaintAbout(const wire::ComplexOrder& complex)
    {
        std::size_t withFills = 0;
        for (const wire::Order& part : complex.orders) {
            withFills += part.legs.front().fills.empty() ? 0 : 1;
            const bool isReleased = part.state != OrderState::Contingent && part.state != OrderState::Cancelled &&
                                    part.state != OrderState::Expired;
            if (complex.trigger && isReleased && complex.trigger->state != OrderState::Filled)
                return "released before its trigger filled: " + part.id;
            if (complex.trigger && part.state == OrderState::Contingent && isTerminal(complex.trigger->state))
                return "waits for a trigger that is over: " + part.id;
        }
        if (complex.type != ComplexType::Oto && withFills > 1)
            return "both orders of the pair filled";
        return {};
    }

    Action anyAction()
    {
        constexpr Action all[]{Action::BuyToOpen,   Action::BuyToOpen,  Action::SellToClose,
                               Action::SellToClose, Action::SellToOpen, Action::BuyToClose};
        return all[pick(std::size(all))];
    }

    double priceOf(const std::string& symbol) const
    {
        const market::Instrument share = *m_account.market->find(symbol, m_account.exchange->today());
        return m_account.market->mark(share, m_account.exchange->now());
    }

    wire::OrderRequest order(Action action)
    {
        constexpr const char* names[]{"KO", "JPM", "SPY"};
        wire::OrderRequest request;
        request.intent.legs = {stockLeg(names[pick(std::size(names))], action, m_chance.integer(1, 3000))};
        constexpr OrderType types[]{OrderType::Limit, OrderType::Limit, OrderType::Market, OrderType::Stop};
        request.intent.type = types[pick(std::size(types))];
        constexpr TimeInForce lives[]{TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Ioc};
        request.intent.timeInForce = lives[pick(std::size(lives))];
        if (m_chance.integer(0, 5) == 0) {
            request.timeInForceText = wire::overnightDay;
            request.intent.timeInForce = TimeInForce::Day;
        }
        request.strictPositionEffect = m_chance.integer(0, 1) == 0;
        changePrice(request);
        return request;
    }

    /// Around the market, on either side of it.
    void changePrice(wire::OrderRequest& request)
    {
        portfolio::OrderIntent& intent = request.intent;
        const base::Decimal price = venue::toCents(m_chance.uniform(0.98, 1.02) * priceOf(intent.legs.front().symbol));
        intent.price.reset();
        intent.stopTrigger.reset();
        if (intent.type == OrderType::Limit) {
            intent.price = price;
            intent.effect = isBuy(intent.legs.front().action) ? PriceEffect::Debit : PriceEffect::Credit;
        } else if (intent.type == OrderType::Stop) {
            intent.stopTrigger = price;
        }
    }

    wire::ComplexOrderRequest complex()
    {
        constexpr ComplexType types[]{ComplexType::Oco, ComplexType::Oto, ComplexType::Otoco};
        wire::ComplexOrderRequest request;
        request.type = types[pick(std::size(types))];
        const wire::OrderRequest first = order(Action::BuyToOpen);
        const auto behind = [&](OrderType type) {
            wire::OrderRequest part = first;
            part.intent.legs.front().action = Action::SellToClose;
            part.intent.type = type;
            part.intent.timeInForce = TimeInForce::Gtc;
            part.timeInForceText.clear();
            changePrice(part);
            return part;
        };
        request.orders = {behind(OrderType::Limit), behind(OrderType::Stop)};
        if (request.type != ComplexType::Oco)
            request.trigger = first;
        return request;
    }

    /// Mostly one that is not over.
    const wire::Order* any()
    {
        std::vector<const wire::Order*> orders = m_account.exchange->orders();
        if (m_chance.integer(0, 3) != 0)
            std::erase_if(orders, [](const wire::Order* order) { return isTerminal(order->state); });
        return orders.empty() ? nullptr : orders[pick(std::min<std::size_t>(orders.size(), 12))];
    }

    base::Generator m_chance;
    Account m_account;
    Recorder m_recorder;
    std::map<std::string, base::Quantity> m_before; ///< of the examples
};

} // namespace

/// Orders, replacements and brackets at random: what must hold of an account holds after every step, and a restart anywhere
/// gives the same account. A failure names its seed.
class ExchangeRandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAccountStaysRight_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %llu", seed) << seed;
    }
    void theAccountStaysRight()
    {
        QFETCH(quint64, seed);
        const QTemporaryDir directory;
        const QString file = directory.filePath(QStringLiteral("state.tape"));
        QByteArray end;
        {
            Customer customer(seed, file);
            const int saved = static_cast<int>(customer.pick(60));
            for (int step = 0; step < 60; ++step) {
                customer.act();
                const std::string complaint = customer.complaint();
                QVERIFY2(complaint.empty(), (complaint + " at step " + std::to_string(step)).c_str());
                if (step == saved)
                    customer.saveSnapshot();
            }
            customer.finish();
            end = stateBytes(customer.exchange());
            m_seen.insert(customer.events().begin(), customer.events().end());
        }
        {
            const Account again(openTape(file));
            QVERIFY(again.tape.beginning());
            QCOMPARE(stateBytes(*again.exchange), end);
        }
        QVERIFY(QFile::remove(file + QStringLiteral(".snapshot")));
        const Account again(openTape(file));
        QVERIFY(!again.tape.beginning());
        QCOMPARE(stateBytes(*again.exchange), end);
    }

    /// Or the test would prove little.
    void everythingHappened()
    {
        for (const char* const event :
             {"order Contingent", "order Replace Requested", "order Cancel Requested", "order Rejected",
              "order Expired", "order Filled", "order Cancelled", "complex"})
            QVERIFY2(m_seen.contains(event), event);
    }

private:
    std::set<std::string> m_seen;
};

QTEST_GUILESS_MAIN(ExchangeRandomTest)
#include "exchange_random_test.moc"
