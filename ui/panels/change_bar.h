#pragma once

#include "execution/order.h"
#include "ui/panels/panel.h"

#include <QDoubleSpinBox>

#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class LimitEdit;

/// Other terms for an order that works: price, trigger and time in force, judged while they are chosen, sent when a person
/// says so. Until then the order works on as it is.
class ChangeBar : public QWidget
{
    Q_OBJECT

public:
    /// Its fields are called after `name`: "change_limit".
    explicit ChangeBar(const PanelContext& context, QWidget* parent = nullptr,
                       const QString& name = QStringLiteral("change"));

    /// For a working order; another one that was being changed is left as it is.
    void begin(const execution::Order& order);
    bool isChanging() const { return !m_order.empty(); }
    const std::string& order() const { return m_order; } ///< external id; empty: none
    /// Moves the price, or the trigger of an order without one; up is dearer to buy and better to sell.
    void step(int ticks);
    /// To that price of one unit, unsigned, on the grid; the trigger where `isTrigger`.
    void moveTo(double price, bool isTrigger);
    /// As they are being chosen.
    execution::OrderTerms terms() const;
    /// Takes the desk's verdict, and notices when the order is over.
    void refresh();
    void send();
    void discard();

Q_SIGNALS:
    /// What was staged in the ticket must be judged again.
    void ended();

private:
    void judge();
    void giveWay();
    bool maySend() const;
    void sayWhatChanges();
    void sendNow();
    const execution::Order* find(const desk::TradingView& trading) const;

    PanelContext m_context;
    std::string m_order;
    execution::OrderTerms m_before;
    std::uint64_t m_request = 0;
    std::shared_ptr<const desk::TicketView> m_ticket; ///< of m_request; null: not judged yet
    QLabel *m_words, *m_verdict;
    LimitEdit* m_limit;
    QDoubleSpinBox* m_trigger;
    QComboBox* m_timeInForce;
    QPushButton *m_send, *m_discard;
};

} // namespace vegadesk::ui
