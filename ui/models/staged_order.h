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
    base::Quantity quantity = 0; ///< signed: negative sells
    bool isClosing = false;
};

/// One way out of what an order opens or holds.
struct ExitPart {
    bool isOn = false;
    std::optional<double> percent;      ///< of the premium; empty: the usual one
    std::optional<base::Decimal> price; ///< typed, unsigned; empty: by the percent

    friend bool operator==(const ExitPart&, const ExitPart&) = default;
};
struct ExitPlan {
    ExitPart target, stop;

    friend bool operator==(const ExitPlan&, const ExitPlan&) = default;
};

/// No two options expire on different days; shares do not count.
bool hasOneExpiry(const std::vector<StagedLeg>& legs);

/// The order being put together: the chain adds legs by clicks, the ticket edits and sends it.
/// Legs share one underlying: a leg of another one starts a new order. Four legs at most. Its type and its time are such as the
/// broker takes for these legs: what no longer is falls back to a limit, and to a day.
class StagedOrder : public QObject
{
    Q_OBJECT

public:
    explicit StagedOrder(QObject* parent = nullptr);

    /// Adds `quantity` (signed) to the leg of that symbol; a leg that reaches zero goes away.
    /// False, with refused() emitted, for a fifth leg.
    bool add(const StagedLeg& leg);
    void setQuantity(std::size_t index, base::Quantity quantity);
    /// The whole order that many times; nothing without legs, or below 1.
    void setUnits(std::int64_t units);
    /// Same contract side and expiration, another strike's symbol (rolling by drag).
    void replace(std::size_t index, const StagedLeg& leg);
    void remove(std::size_t index);
    void clear();
    /// A ready intent (closing a position, repeating an order).
    void load(const portfolio::OrderIntent& intent, const std::vector<StagedLeg>& legs);
    /// Says why what the user asked for is not staged; what was stays.
    void refuse(const QString& why);

    const std::vector<StagedLeg>& legs() const { return m_legs; }
    std::int64_t quantityOf(const std::string& symbol) const; ///< contracts of an option, signed; 0 when not staged
    const std::string& underlying() const { return m_underlying; }

    portfolio::OrderType type() const { return m_type; }
    void setType(portfolio::OrderType type);
    portfolio::TimeInForce timeInForce() const { return m_timeInForce; }
    void setTimeInForce(portfolio::TimeInForce timeInForce);
    /// Signed net price per unit, positive is paid; empty follows the mid.
    std::optional<base::Decimal> limit() const { return m_limit; }
    void setLimit(std::optional<base::Decimal> limit);

    /// Of a stop; empty: not chosen yet.
    std::optional<base::Decimal> trigger() const { return m_trigger; }
    void setTrigger(std::optional<base::Decimal> trigger);
    /// Of an order good till a date; empty: not chosen yet.
    std::optional<base::Date> gtcDate() const { return m_gtcDate; }
    void setGtcDate(std::optional<base::Date> date);
    /// Dollars of an order for an amount, whose leg's quantity then says only the side; empty otherwise.
    std::optional<base::Decimal> value() const { return m_value; }
    void setValue(base::Decimal value);
    const ExitPlan& exits() const { return m_exits; }
    void setExits(const ExitPlan& exits);

    /// The desk judges one order at a time: who is to change a working one says so here, and whoever did so before gives way.
    void beginReplacement(const QObject* by) { Q_EMIT replacementBegan(by); }

    /// What the desk gets. `fallbackLimit` is the price where the user set none.
    portfolio::OrderIntent intent(base::Decimal fallbackLimit) const;

Q_SIGNALS:
    void changed();
    void refused(const QString& why);
    void replacementBegan(const QObject* by);

private:
    /// A limit, a trigger and exits belong to one mix of legs: when the mix changes, the mid is followed again.
    void legsChanged(const std::vector<StagedLeg>& before);
    void keepToTheRules();
    void forgetPrices();

    std::string m_underlying;
    std::vector<StagedLeg> m_legs;
    portfolio::OrderType m_type = portfolio::OrderType::Limit;
    portfolio::TimeInForce m_timeInForce = portfolio::TimeInForce::Day;
    std::optional<base::Decimal> m_limit, m_trigger, m_value;
    std::optional<base::Date> m_gtcDate;
    ExitPlan m_exits;
    std::string m_origin = "ticket"; ///< of a loaded intent, until a leg that opens joins
    std::string m_group;
};

} // namespace vegadesk::ui
