#include "risk/gate/gate.h"

#include "base/random.h"
#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "risk/market_rig.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using testing::decimal;
using testing::MarketRig;

/// I6: whatever the book, the market and the orders, no approval takes the book over a hard limit at the prices then known,
/// whichever of the working orders fill. The figures are reckoned here once more, without the gate's code. VEGADESK_GATE_ORDERS
/// is how many orders there are in all; without it as many as take a second.
namespace
{

using Quantities = std::map<std::string, base::Quantity>;

struct Book {
    Quantities quantities;
    double cost = 0; ///< lost at once by filling
    std::map<std::string, double> premium;
};

struct Figures {
    std::map<std::string, double> size; ///< cash, by underlying
    double dollarDelta = 0;
    double stress = 0; ///< loss with everything 15 % lower
    double held = 0;   ///< margin that is held, over all underlyings
    double netLiquidation = 0;
};

/// What one share of an instrument adds to each figure, reckoned once per market.
struct Share {
    std::string underlying;
    double multiplier = 1;
    double dollarDelta = 0;
    std::array<double, 2> stress{};
    portfolio::MarginLeg leg;
};

class Shares
{
public:
    explicit Shares(const MarketRig& rig) : m_rig(rig) {}
    const Share& of(const std::string& symbol)
    {
        const auto [entry, isNew] = m_known.try_emplace(symbol);
        if (isNew)
            entry->second = reckon(m_rig.instrument(symbol).value());
        return entry->second;
    }

private:
    Share reckon(const InstrumentState& state) const
    {
        Share share;
        share.underlying = state.underlying;
        share.multiplier = state.multiplier;
        share.dollarDelta = state.delta * state.spot;
        share.leg = {.isOption = state.option.has_value(), .multiplier = state.multiplier, .mark = state.quote.mid()};
        const std::array moves{-0.15, 0.15};
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const double spot = state.spot * (1 + moves[i]);
            share.stress[i] = spot - state.spot;
            if (!state.option)
                continue;
            share.leg.right = state.option->right;
            share.leg.strike = state.option->strike.toDouble();
            share.leg.expiry = state.option->expiry;
            const auto value = [&](double at, double volatility) {
                const double model = pricing::blackScholesPrice(share.leg.right, {at, m_rig.rate, 0}, share.leg.strike,
                                                                state.years, volatility);
                const double exercise = share.leg.right == Right::Call ? at - share.leg.strike : share.leg.strike - at;
                return state.underlying == "SPX" ? model : std::max(model, exercise);
            };
            share.stress[i] = value(spot, 1.5 * m_rig.volatility) - value(state.spot, m_rig.volatility);
        }
        return share;
    }

    const MarketRig& m_rig;
    std::map<std::string, Share> m_known;
};

Figures figuresOf(const MarketRig& rig, const Book& book, Shares& shares)
{
    Figures figures;
    figures.netLiquidation = rig.netLiquidation - book.cost;
    std::map<std::string, std::array<double, 2>> stress;
    std::map<std::string, std::vector<portfolio::MarginLeg>> legs;
    std::map<std::string, double> delta;
    for (const auto& [symbol, quantity] : book.quantities) {
        const Share& share = shares.of(symbol);
        const double held = quantity.toDouble() * share.multiplier;
        delta[share.underlying] += held * share.dollarDelta;
        for (std::size_t i = 0; i < 2; ++i)
            stress[share.underlying][i] += held * share.stress[i];
        legs[share.underlying].push_back(share.leg);
        legs[share.underlying].back().quantity = quantity;
    }
    for (const auto& [underlying, marginLegs] : legs) {
        const double worst = std::min(stress[underlying][0], stress[underlying][1]);
        const double spot = rig.spots.at(underlying);
        const bool isBroadIndex = portfolio::isBroadIndex(underlying);
        const double margin =
            portfolio::marginOf(marginLegs, spot, isBroadIndex, portfolio::ProtectedStock::AsksForItself).requirement();
        figures.held += portfolio::marginOf(marginLegs, spot, isBroadIndex).held;
        figures.stress -= stress[underlying][0];
        const auto premium = book.premium.find(underlying);
        figures.size[underlying] =
            std::max({0.0, -worst, margin, premium == book.premium.end() ? 0.0 : premium->second});
        figures.dollarDelta += std::abs(delta[underlying]);
    }
    return figures;
}

Book bookOf(const MarketRig& rig)
{
    Book book;
    for (const portfolio::Position& position : rig.positions) {
        book.quantities[position.symbol] += position.quantity;
        if (position.type == market::InstrumentType::EquityOption)
            book.premium[position.underlying] +=
                position.averageOpenPrice.toDouble() * position.quantity.toDouble() * position.multiplier;
    }
    return book;
}

void fillAtLimit(const MarketRig& rig, Book& book, const OrderIntent& order)
{
    std::vector<double> mids;
    for (const portfolio::OrderLeg& leg : order.legs) {
        book.quantities[leg.symbol] += portfolio::isBuy(leg.action) ? leg.quantity : -leg.quantity;
        mids.push_back(rig.instrument(leg.symbol)->quote.mid());
    }
    const double multiplier = rig.instrument(order.legs.front().symbol)->multiplier;
    const double units = portfolio::unitCount(order).toDouble() * multiplier;
    book.cost += std::max(0.0, (portfolio::signedLimit(order) - portfolio::netPrice(order, mids)) * units);
    const bool isOption = order.legs.front().type == market::InstrumentType::EquityOption;
    if (isOption && portfolio::isOpening(order.legs.front().action))
        book.premium[order.underlying] += std::max(0.0, portfolio::signedLimit(order) * units);
}

/// Largest figures over every choice of `working` that fills on top of `certain`.
Figures worstOf(const MarketRig& rig, const OrderIntent* order)
{
    Shares shares(rig);
    Figures worst;
    double costMax = 0;
    for (std::size_t choice = 0; choice < (std::size_t{1} << rig.working.size()); ++choice) {
        Book book = bookOf(rig);
        if (order)
            fillAtLimit(rig, book, *order);
        for (std::size_t i = 0; i < rig.working.size(); ++i) {
            if ((choice >> i) & 1)
                fillAtLimit(rig, book, rig.working[i]);
        }
        std::erase_if(book.quantities, [](const auto& entry) { return entry.second == 0; });
        const Figures figures = figuresOf(rig, book, shares);
        for (const auto& [underlying, size] : figures.size)
            worst.size[underlying] = std::max(worst.size[underlying], size);
        worst.dollarDelta = std::max(worst.dollarDelta, figures.dollarDelta);
        worst.stress = std::max(worst.stress, figures.stress + book.cost);
        costMax = std::max(costMax, book.cost);
    }
    worst.netLiquidation = rig.netLiquidation - costMax;
    return worst;
}

/// What an order whose options bound each other can lose at its one expiry, by the payoff at every strike; empty for others.
std::optional<double> lossAtExpiry(const MarketRig& rig, const OrderIntent& order)
{
    std::vector<std::pair<portfolio::MarginLeg, double>> legs; // with its shares
    std::vector<double> spots{0};
    double calls = 0, puts = 0;
    for (const portfolio::OrderLeg& leg : order.legs) {
        const InstrumentState state = rig.instrument(leg.symbol).value();
        if (!state.option || !portfolio::isOpening(leg.action) ||
            state.option->expiry != rig.instrument(order.legs.front().symbol)->option->expiry)
            return {};
        const double shares = (portfolio::isBuy(leg.action) ? 1 : -1) * leg.quantity.toDouble() * state.multiplier;
        (state.option->right == Right::Call ? calls : puts) += shares;
        legs.push_back({{.right = state.option->right, .strike = state.option->strike.toDouble()}, shares});
        spots.push_back(legs.back().first.strike);
    }
    if (calls < 0 || puts < 0)
        return {};
    double worst = std::numeric_limits<double>::infinity();
    for (const double spot : spots) {
        double value = 0;
        for (const auto& [leg, shares] : legs)
            value += shares * std::max(0.0, leg.right == Right::Call ? spot - leg.strike : leg.strike - spot);
        worst = std::min(worst, value);
    }
    const double units = portfolio::unitCount(order).toDouble() * rig.multiplier;
    return portfolio::signedLimit(order) * units - worst;
}

/// Held against positions and, when given, an order, by the margin rules.
double heldOf(const MarketRig& rig, const OrderIntent* order)
{
    Shares shares(rig);
    Book book = bookOf(rig);
    if (order)
        fillAtLimit(rig, book, *order);
    std::erase_if(book.quantities, [](const auto& entry) { return entry.second == 0; });
    return figuresOf(rig, book, shares).held;
}

/// What an order that adds risk must keep besides position, leverage and the day's loss. Empty: it does.
QString brokenLimit(const MarketRig& rig, const Limits& limits, const OrderIntent& order, const Figures& before,
                    const Figures& after)
{
    const double capital = rig.netLiquidation;
    if (after.stress > std::max(limits.stress * capital, before.stress) + 1e-3)
        return QString("stress %1, before %2").arg(after.stress).arg(before.stress);
    if (const auto loss = lossAtExpiry(rig, order); loss && *loss > limits.tradeLoss * capital + 1e-3)
        return QString("loss of the trade %1").arg(*loss);
    const bool isOption = order.legs.front().type == market::InstrumentType::EquityOption;
    const double premium =
        isOption ? portfolio::signedLimit(order) * portfolio::unitCount(order).toDouble() * rig.multiplier : 0;
    const double needed = heldOf(rig, &order) - heldOf(rig, nullptr) + premium;
    if (needed > 0 && 1 - (rig.buyingPower - needed) / capital > limits.buyingPowerUsed + 1e-9)
        return QString("buying power %1 of %2").arg(needed).arg(rig.buyingPower);
    for (const portfolio::OrderLeg& leg : order.legs) {
        if (isOption && leg.quantity > limits.orders.contractsPerLeg)
            return QString("contracts %1").arg(leg.quantity.toDouble());
        if (!limits.refusesLegStates || order.legs.size() == 1)
            continue;
        const OrderIntent alone = rig.order(order.underlying, {leg});
        const Figures figures = worstOf(rig, &alone);
        const auto size = [&](const Figures& of) {
            const auto found = of.size.find(order.underlying);
            return found == of.size.end() ? 0 : found->second;
        };
        if (size(figures) > std::max(limits.largestPosition * figures.netLiquidation, size(before)) + 1e-3 +
                                (before.netLiquidation - figures.netLiquidation))
            return QString("%1 alone: %2").arg(QString::fromStdString(leg.symbol)).arg(size(figures));
    }
    return {};
}

class RandomOrders
{
public:
    explicit RandomOrders(base::Generator& random) : m_random(random) {}

    OrderIntent next(const MarketRig& rig)
    {
        constexpr std::array underlyings{"SPY", "QQQ", "SPX"};
        const std::string underlying = underlyings[static_cast<std::size_t>(m_random.integer(0, 2))];
        std::vector<portfolio::OrderLeg> legs;
        if (!rig.positions.empty() && m_random.integer(0, 3) == 0)
            return closeSome(rig);
        if (underlying != "SPX" && m_random.integer(0, 5) == 0) {
            legs.push_back(MarketRig::leg(underlying, open(), m_random.integer(1, 150)));
            return rig.order(underlying, legs);
        }
        const double spot = rig.spots.at(underlying);
        auto lots = m_random.integer(1, m_random.integer(0, 4) == 0 ? 40 : 6);
        if (rig.halfSpread > 1 && m_random.integer(0, 3) == 0)
            lots *= m_random.integer(1, 150); // entering alone may cost all there is
        for (auto count = m_random.integer(1, 4); count > 0; --count) {
            const double strike = std::round(spot * m_random.uniform(0.85, 1.15) / 5) * 5;
            const Right right = m_random.integer(0, 1) ? Right::Call : Right::Put;
            const base::Date expiry =
                m_random.integer(0, 3) ? base::makeDate(2026, 12, 18) : base::makeDate(2027, 3, 19);
            legs.push_back(MarketRig::leg(MarketRig::symbolOf(underlying, expiry, right, strike), open(),
                                          lots * m_random.integer(1, 2)));
        }
        OrderIntent intent = rig.order(underlying, legs);
        const double shift = m_random.uniform(-0.05, 0.05); // some wait, some pay more than natural
        const double net = portfolio::signedLimit(intent) + shift;
        intent.price = base::Decimal::fromDouble(std::abs(net)).value().roundedTo(decimal("0.01"));
        intent.effect = net > 0 ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
        return intent;
    }

private:
    Action open() { return m_random.integer(0, 1) ? Action::BuyToOpen : Action::SellToOpen; }

    OrderIntent closeSome(const MarketRig& rig)
    {
        const auto first =
            static_cast<std::size_t>(m_random.integer(0, static_cast<std::int64_t>(rig.positions.size()) - 1));
        const std::string underlying = rig.positions[first].underlying;
        const bool isOption = rig.positions[first].type == market::InstrumentType::EquityOption;
        std::vector<portfolio::OrderLeg> legs;
        for (std::size_t i = first; i < rig.positions.size() && legs.size() < 4; ++i) {
            const portfolio::Position& held = rig.positions[i];
            if (held.underlying != underlying || (held.type == market::InstrumentType::EquityOption) != isOption)
                continue;
            if (i != first && (!isOption || m_random.integer(0, 1)))
                continue;
            legs.push_back(MarketRig::leg(held.symbol, held.quantity > 0 ? Action::SellToClose : Action::BuyToClose,
                                          m_random.integer(1, held.quantity.abs().whole())));
        }
        return rig.order(underlying, legs);
    }

    base::Generator& m_random;
};

void book(MarketRig& rig, const OrderIntent& order)
{
    for (const portfolio::OrderLeg& leg : order.legs)
        rig.hold(leg.symbol, portfolio::isBuy(leg.action) ? leg.quantity : -leg.quantity);
}

} // namespace

class GatePropertyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noApprovalTakesTheBookOverALimit_data()
    {
        QTest::addColumn<int>("tolerance");
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 4; ++seed) {
            QTest::addRow("low %d", seed) << int(Tolerance::Low) << seed;
            QTest::addRow("moderate %d", seed) << int(Tolerance::Moderate) << seed;
            QTest::addRow("high %d", seed) << int(Tolerance::High) << seed;
        }
    }
    void noApprovalTakesTheBookOverALimit()
    {
        QFETCH(int, tolerance);
        QFETCH(int, seed);
        const int ordersPerRow = qEnvironmentVariable("VEGADESK_GATE_ORDERS", "30000").toInt() / 12;
        base::Generator random(static_cast<std::uint64_t>(seed));
        RandomOrders orders(random);
        const Limits limits = limitsFor(Tolerance(tolerance));
        Gate gate(limits);
        MarketRig rig;
        const MarketRig fresh = rig;
        rig.netLiquidation = rig.netLiquidationAtSessionStart = 500'000;
        int approvedCount = 0;
        int reducingCount = 0;
        int addingCount = 0;
        for (int i = 0; i < ordersPerRow; ++i) {
            rig.now += std::chrono::seconds(6);
            if (random.integer(0, 9) == 0) { // the market moves, with what is held
                for (auto& [underlying, spot] : rig.spots)
                    spot = fresh.spots.at(underlying) * random.uniform(0.97, 1.03);
                rig.volatility = random.uniform(0.12, 0.30);
            }
            if (random.integer(0, 15) == 0) // markets close up and open wide
                rig.halfSpread = random.integer(0, 2) ? 0.02 : random.uniform(0.02, 10);
            if (random.integer(0, 60) == 0)
                rig.positions.clear();
            if (random.integer(0, 3) == 0)
                rig.buyingPower = rig.netLiquidation * random.uniform(0.3, 1);
            if (random.integer(0, 20) == 0)
                rig.netLiquidation = 500'000 * random.uniform(0.93, 1.02);
            while (!rig.working.empty() && (rig.working.size() > 3 || random.integer(0, 2) == 0)) {
                const auto which = random.integer(0, static_cast<std::int64_t>(rig.working.size()) - 1);
                if (random.integer(0, 1))
                    book(rig, rig.working[static_cast<std::size_t>(which)]);
                rig.working.erase(rig.working.begin() + which);
            }

            const OrderIntent order = orders.next(rig);
            const auto approved = gate.approve(order, rig.state());
            if (!approved)
                continue;
            ++approvedCount;
            reducingCount += approved->figures().isReducing ? 1 : 0;
            const Figures before = worstOf(rig, nullptr);
            const Figures after = worstOf(rig, &order);
            const double sizeBefore = before.size.contains(order.underlying) ? before.size.at(order.underlying) : 0;
            const double sizeAfter = after.size.contains(order.underlying) ? after.size.at(order.underlying) : 0;
            const double sizeMax = std::max(limits.largestPosition * after.netLiquidation, sizeBefore) + 1e-6 +
                                   (before.netLiquidation - after.netLiquidation);
            QVERIFY2(sizeAfter <= sizeMax,
                     qPrintable(QString("order %1: size %2, before %3, net liquidation %4, reducing %5")
                                    .arg(i)
                                    .arg(sizeAfter)
                                    .arg(sizeBefore)
                                    .arg(after.netLiquidation)
                                    .arg(approved->figures().isReducing)));
            QVERIFY2(after.netLiquidation > 0 || approved->figures().isReducing,
                     qPrintable(QString("order %1: net liquidation %2").arg(i).arg(after.netLiquidation)));
            QVERIFY2(after.dollarDelta <= std::max(limits.leverage * after.netLiquidation, before.dollarDelta) + 1e-3,
                     qPrintable(QString("order %1: dollar delta %2, before %3, net liquidation %4")
                                    .arg(i)
                                    .arg(after.dollarDelta)
                                    .arg(before.dollarDelta)
                                    .arg(after.netLiquidation)));
            const double loss = 1 - rig.netLiquidation / rig.netLiquidationAtSessionStart;
            QVERIFY(loss < limits.dailyLossNoNewRisk || approved->figures().isReducing);
            if (!approved->figures().isReducing) {
                ++addingCount;
                const QString broken = brokenLimit(rig, limits, order, before, after);
                QVERIFY2(broken.isEmpty(), qPrintable(QString("order %1: ").arg(i) + broken));
            }
            rig.working.push_back(order);
        }
        // Neither all nor nothing: the limits decided.
        QVERIFY2(approvedCount > ordersPerRow / 200 && approvedCount < ordersPerRow * 9 / 10,
                 qPrintable(QString::number(approvedCount)));
        QVERIFY(reducingCount > 0 && addingCount > 0);
    }
};

QTEST_APPLESS_MAIN(GatePropertyTest)
#include "gate_property_test.moc"
