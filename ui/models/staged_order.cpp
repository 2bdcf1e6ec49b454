#include "ui/models/staged_order.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

namespace vegadesk::ui
{

namespace
{
constexpr std::size_t legsMax = 4; ///< what the broker takes in one order
const std::string ticketOrigin = "ticket";

/// Legs per unit by symbol: equal for 1:−2 and 3:−6.
std::map<std::string, std::int64_t> mix(const std::vector<StagedLeg>& legs)
{
    std::int64_t units = 0;
    for (const StagedLeg& leg : legs)
        units = std::gcd(units, leg.quantity);
    std::map<std::string, std::int64_t> lots;
    for (const StagedLeg& leg : legs)
        lots[leg.symbol] = leg.quantity / units;
    return lots;
}

portfolio::Action actionOf(const StagedLeg& leg)
{
    using portfolio::Action;
    if (leg.quantity > 0)
        return leg.isClosing ? Action::BuyToClose : Action::BuyToOpen;
    return leg.isClosing ? Action::SellToClose : Action::SellToOpen;
}

/// A leg that closes a short by buying cannot close anything once it sells.
void setLegQuantity(StagedLeg& leg, std::int64_t quantity)
{
    if ((leg.quantity > 0) != (quantity > 0))
        leg.isClosing = false;
    leg.quantity = quantity;
}
} // namespace

bool hasOneExpiry(const std::vector<StagedLeg>& legs)
{
    std::optional<base::Date> date;
    for (const StagedLeg& leg : legs) {
        if (!leg.option)
            continue;
        if (date && *date != leg.option->expiry)
            return false;
        date = leg.option->expiry;
    }
    return true;
}

StagedOrder::StagedOrder(QObject* parent) : QObject(parent) {}

bool StagedOrder::add(const StagedLeg& leg)
{
    if (leg.quantity == 0 || leg.symbol.empty())
        return false;
    const std::vector<StagedLeg> before = m_legs;
    if (leg.underlying != m_underlying) {
        m_legs.clear();
        m_underlying = leg.underlying;
        m_type = portfolio::OrderType::Limit;
        m_origin = ticketOrigin;
        m_group.clear();
    }
    const auto same = std::ranges::find(m_legs, leg.symbol, &StagedLeg::symbol);
    if (same == m_legs.end()) {
        if (m_legs.size() == legsMax) {
            Q_EMIT refused(
                tr("An order has four legs at most. Remove one first, or send these and start another order."));
            return false;
        }
        if (!leg.isClosing)
            m_origin = ticketOrigin;
        m_legs.push_back(leg);
    } else if (same->quantity + leg.quantity == 0) {
        m_legs.erase(same);
    } else {
        setLegQuantity(*same, same->quantity + leg.quantity);
    }
    legsChanged(before);
    return true;
}

void StagedOrder::setQuantity(std::size_t index, std::int64_t quantity)
{
    if (index >= m_legs.size() || m_legs[index].quantity == quantity)
        return;
    if (quantity == 0) {
        remove(index);
        return;
    }
    const std::vector<StagedLeg> before = m_legs;
    setLegQuantity(m_legs[index], quantity);
    legsChanged(before);
}

void StagedOrder::replace(std::size_t index, const StagedLeg& leg)
{
    if (index >= m_legs.size() || leg.symbol.empty() || leg.symbol == m_legs[index].symbol)
        return;
    const std::vector<StagedLeg> before = m_legs;
    const std::int64_t quantity = leg.quantity != 0 ? leg.quantity : m_legs[index].quantity;
    const auto there = std::ranges::find(m_legs, leg.symbol, &StagedLeg::symbol);
    if (there == m_legs.end()) {
        m_legs[index] = leg;
        m_legs[index].quantity = quantity;
        if (!leg.isClosing)
            m_origin = ticketOrigin;
    } else {
        // Rolled onto a strike that is staged already: one leg a contract.
        const std::int64_t sum = there->quantity + quantity;
        if (sum == 0)
            there->quantity = 0;
        else
            setLegQuantity(*there, sum);
        m_legs[index].quantity = 0;
        std::erase_if(m_legs, [](const StagedLeg& each) { return each.quantity == 0; });
    }
    legsChanged(before);
}

void StagedOrder::remove(std::size_t index)
{
    if (index >= m_legs.size())
        return;
    const std::vector<StagedLeg> before = m_legs;
    m_legs.erase(m_legs.begin() + static_cast<std::ptrdiff_t>(index));
    legsChanged(before);
}

void StagedOrder::clear()
{
    if (m_legs.empty())
        return;
    const std::vector<StagedLeg> before = m_legs;
    m_legs.clear();
    legsChanged(before);
}

void StagedOrder::load(const portfolio::OrderIntent& intent, const std::vector<StagedLeg>& legs)
{
    if (legs.size() > legsMax) {
        Q_EMIT refused(tr("That order has more than four legs. Close it leg by leg."));
        return;
    }
    m_underlying = intent.underlying;
    m_legs = legs;
    std::erase_if(m_legs, [](const StagedLeg& leg) { return leg.quantity == 0; });
    m_type = intent.type;
    m_timeInForce = intent.timeInForce;
    m_origin = intent.origin;
    m_group = intent.group;
    m_limit.reset();
    if (intent.price)
        m_limit = intent.effect == portfolio::PriceEffect::Credit ? -*intent.price : *intent.price;
    Q_EMIT changed();
}

void StagedOrder::refuse(const QString& why)
{
    Q_EMIT refused(why);
}

std::int64_t StagedOrder::quantityOf(const std::string& symbol) const
{
    const auto leg = std::ranges::find(m_legs, symbol, &StagedLeg::symbol);
    return leg == m_legs.end() ? 0 : leg->quantity;
}

void StagedOrder::setType(portfolio::OrderType type)
{
    if (m_type == type)
        return;
    m_type = type;
    Q_EMIT changed();
}

void StagedOrder::setTimeInForce(portfolio::TimeInForce timeInForce)
{
    if (m_timeInForce == timeInForce)
        return;
    m_timeInForce = timeInForce;
    Q_EMIT changed();
}

void StagedOrder::setLimit(std::optional<base::Decimal> limit)
{
    if (m_limit == limit)
        return;
    m_limit = limit;
    Q_EMIT changed();
}

portfolio::OrderIntent StagedOrder::intent(base::Decimal fallbackLimit) const
{
    using portfolio::OrderType;
    using portfolio::PriceEffect;
    portfolio::OrderIntent intent;
    intent.underlying = m_underlying;
    intent.type = m_type;
    intent.timeInForce = m_timeInForce;
    intent.origin = m_origin;
    intent.group = m_group;
    for (const StagedLeg& leg : m_legs)
        intent.legs.push_back({leg.symbol, leg.type, actionOf(leg), std::abs(leg.quantity)});
    if (!m_legs.empty() && (m_type == OrderType::Limit || m_type == OrderType::StopLimit)) {
        const base::Decimal net = m_limit.value_or(fallbackLimit);
        intent.price = net.abs();
        if (!net.isZero())
            intent.effect = net.isNegative() ? PriceEffect::Credit : PriceEffect::Debit;
    }
    return intent;
}

void StagedOrder::legsChanged(const std::vector<StagedLeg>& before)
{
    if (m_legs.empty()) {
        m_underlying.clear();
        m_type = portfolio::OrderType::Limit;
        m_origin = ticketOrigin;
        m_group.clear();
    }
    if (mix(before) != mix(m_legs))
        m_limit.reset();
    Q_EMIT changed();
}

} // namespace vegadesk::ui
