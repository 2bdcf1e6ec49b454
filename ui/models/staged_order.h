#pragma once

#include "market/instrument.h"
#include "portfolio/order_intent.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::ui
{

struct StagedLeg {
    std::string symbol;
    std::string underlying;
    market::InstrumentType type = market::InstrumentType::EquityOption;
    std::optional<market::OptionTerms> option;
    std::int64_t quantity = 0; ///< signed: negative sells
    bool isClosing = false;
};

/// No two options expire on different days; shares do not count.
bool hasOneExpiry(const std::vector<StagedLeg>& legs);

/// The order being put together: the chain adds legs by clicks, the ticket edits and sends it.
/// Legs share one underlying: a leg of another one starts a new order. Four legs at most.
class StagedOrder : public QObject
{
    Q_OBJECT

public:
    explicit StagedOrder(QObject* parent = nullptr);

    /// Adds `quantity` (signed) to the leg of that symbol; a leg that reaches zero goes away.
    /// False, with refused() emitted, for a fifth leg.
    bool add(const StagedLeg& leg);
    void setQuantity(std::size_t index, std::int64_t quantity);
    /// Same contract side and expiration, another strike's symbol (rolling by drag).
    void replace(std::size_t index, const StagedLeg& leg);
    void remove(std::size_t index);
    void clear();
    /// A ready intent (closing a position, repeating an order).
    void load(const portfolio::OrderIntent& intent, const std::vector<StagedLeg>& legs);
    /// Says why what the user asked for is not staged; what was stays.
    void refuse(const QString& why);

    const std::vector<StagedLeg>& legs() const { return m_legs; }
    std::int64_t quantityOf(const std::string& symbol) const; ///< signed, 0 when not staged
    const std::string& underlying() const { return m_underlying; }

    portfolio::OrderType type() const { return m_type; }
    void setType(portfolio::OrderType type);
    portfolio::TimeInForce timeInForce() const { return m_timeInForce; }
    void setTimeInForce(portfolio::TimeInForce timeInForce);
    /// Signed net price per unit, positive is paid; empty follows the mid.
    std::optional<base::Decimal> limit() const { return m_limit; }
    void setLimit(std::optional<base::Decimal> limit);

    /// What the desk gets. `fallbackLimit` is the price where the user set none.
    portfolio::OrderIntent intent(base::Decimal fallbackLimit) const;

Q_SIGNALS:
    void changed();
    void refused(const QString& why);

private:
    /// A limit belongs to one mix of legs: when the mix changes, the mid is followed again.
    void legsChanged(const std::vector<StagedLeg>& before);

    std::string m_underlying;
    std::vector<StagedLeg> m_legs;
    portfolio::OrderType m_type = portfolio::OrderType::Limit;
    portfolio::TimeInForce m_timeInForce = portfolio::TimeInForce::Day;
    std::optional<base::Decimal> m_limit;
    std::string m_origin = "ticket"; ///< of a loaded intent, until a leg that opens joins
    std::string m_group;
};

} // namespace vegadesk::ui
