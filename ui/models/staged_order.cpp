#include "ui/models/staged_order.h"

#include "ui/models/order_choices.h"

#include <algorithm>
#include <map>

namespace vegadesk::ui
{

namespace
{
constexpr std::size_t legsMax = 4; ///< what the broker takes in one order
const std::string ticketOrigin = "ticket";

/// 0 without legs.
base::Quantity unitsOf(const std::vector<StagedLeg>& legs)
{
    base::Quantity units = 0;
    for (const StagedLeg& leg : legs)
        units = base::commonMeasure(units, leg.quantity);
    return units;
}

/// Legs per unit by symbol: equal for 1:−2 and 3:−6.
std::map<std::string, std::int64_t> mix(const std::vector<StagedLeg>& legs)
{
    const base::Quantity units = unitsOf(legs);
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
void setLegQuantity(StagedLeg& leg, base::Quantity quantity)
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

void StagedOrder::setQuantity(std::size_t index, base::Quantity quantity)
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

void StagedOrder::setUnits(std::int64_t units)
{
    const base::Quantity now = unitsOf(m_legs);
    if (now == 0 || units < 1 || now == units)
        return;
    for (StagedLeg& leg : m_legs)
        leg.quantity = leg.quantity / now * units;
    Q_EMIT changed();
}

void StagedOrder::replace(std::size_t index, const StagedLeg& leg)
{
    if (index >= m_legs.size() || leg.symbol.empty() || leg.symbol == m_legs[index].symbol)
        return;
    const std::vector<StagedLeg> before = m_legs;
    const base::Quantity quantity = leg.quantity != 0 ? leg.quantity : m_legs[index].quantity;
    const auto there = std::ranges::find(m_legs, leg.symbol, &StagedLeg::symbol);
    if (there == m_legs.end()) {
        m_legs[index] = leg;
        m_legs[index].quantity = quantity;
        if (!leg.isClosing)
            m_origin = ticketOrigin;
    } else {
        // Rolled onto a strike that is staged already: one leg a contract.
        const base::Quantity sum = there->quantity + quantity;
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
    forgetPrices();
    if (intent.price)
        m_limit = intent.effect == portfolio::PriceEffect::Credit ? -*intent.price : *intent.price;
    m_trigger = intent.stopTrigger;
    m_value = intent.value;
    m_gtcDate = intent.gtcDate;
    keepToTheRules();
    Q_EMIT changed();
}

void StagedOrder::refuse(const QString& why)
{
    Q_EMIT refused(why);
}

std::int64_t StagedOrder::quantityOf(const std::string& symbol) const
{
    const auto leg = std::ranges::find(m_legs, symbol, &StagedLeg::symbol);
    return leg == m_legs.end() ? 0 : leg->quantity.whole();
}

void StagedOrder::setType(portfolio::OrderType type)
{
    if (m_type == type)
        return;
    // What is behind a trigger is another price than one at the market.
    if (needsTrigger(type) != needsTrigger(m_type))
        m_limit.reset();
    m_type = type;
    keepToTheRules();
    Q_EMIT changed();
}

void StagedOrder::setTimeInForce(portfolio::TimeInForce timeInForce)
{
    if (m_timeInForce == timeInForce)
        return;
    m_timeInForce = timeInForce;
    keepToTheRules();
    Q_EMIT changed();
}

void StagedOrder::setLimit(std::optional<base::Decimal> limit)
{
    if (m_limit == limit)
        return;
    m_limit = limit;
    Q_EMIT changed();
}

void StagedOrder::setTrigger(std::optional<base::Decimal> trigger)
{
    if (m_trigger == trigger)
        return;
    m_trigger = trigger;
    Q_EMIT changed();
}

void StagedOrder::setGtcDate(std::optional<base::Date> date)
{
    if (m_gtcDate == date)
        return;
    m_gtcDate = date;
    Q_EMIT changed();
}

void StagedOrder::setValue(base::Decimal value)
{
    if (m_type != portfolio::OrderType::NotionalMarket || m_value == value)
        return;
    m_value = value;
    Q_EMIT changed();
}

void StagedOrder::setExits(const ExitPlan& exits)
{
    if (m_exits == exits)
        return;
    const auto isAny = [](const ExitPlan& plan) { return plan.target.isOn || plan.stop.isOn; };
    // What guards a position should be there tomorrow too.
    if (!isAny(m_exits) && isAny(exits) && onlyCloses(m_legs) && m_timeInForce == portfolio::TimeInForce::Day)
        m_timeInForce = portfolio::TimeInForce::Gtc;
    m_exits = exits;
    Q_EMIT changed();
}

portfolio::OrderIntent StagedOrder::intent(base::Decimal fallbackLimit) const
{
    using portfolio::PriceEffect;
    portfolio::OrderIntent intent;
    intent.underlying = m_underlying;
    intent.type = m_type;
    intent.timeInForce = m_timeInForce;
    intent.origin = m_origin;
    intent.group = m_group;
    for (const StagedLeg& leg : m_legs)
        intent.legs.push_back({leg.symbol, leg.type, actionOf(leg), m_value ? 0 : leg.quantity.abs()});
    intent.value = m_value;
    if (m_timeInForce == portfolio::TimeInForce::Gtd)
        intent.gtcDate = m_gtcDate;
    if (needsTrigger(m_type))
        intent.stopTrigger = m_trigger;
    if (!m_legs.empty() && needsLimit(m_type)) {
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
        forgetPrices();
    keepToTheRules();
    Q_EMIT changed();
}

void StagedOrder::keepToTheRules()
{
    using portfolio::OrderType;
    if (!typeRefusal(m_type, m_legs).isEmpty())
        m_type = typeRefusal(OrderType::Limit, m_legs).isEmpty() ? OrderType::Limit : OrderType::Market;
    if (m_type != OrderType::NotionalMarket)
        m_value.reset();
    else if (!m_value)
        m_value = usualValue();
    if (!timeRefusal(m_timeInForce, m_type, m_legs).isEmpty())
        m_timeInForce = portfolio::TimeInForce::Day;
    if (!needsTrigger(m_type))
        m_trigger.reset();
    if (m_timeInForce != portfolio::TimeInForce::Gtd)
        m_gtcDate.reset();
}

void StagedOrder::forgetPrices()
{
    m_limit.reset();
    m_trigger.reset();
    m_value.reset();
    m_gtcDate.reset(); // another contract has another expiry
    m_exits = {};
}

} // namespace vegadesk::ui
