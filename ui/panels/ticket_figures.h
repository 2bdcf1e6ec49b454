#pragma once

#include "desk/views.h"

#include <QWidget>

#include <array>

class QLabel;

namespace vegadesk::ui
{

class Figure;

/// What the staged order can make and lose, and its Greeks: those of the what-if where there is one. Of an order that closes
/// something, what that realises, and the same figures of the position it leaves.
class TicketFigures : public QWidget
{
    Q_OBJECT

public:
    explicit TicketFigures(QWidget* parent = nullptr);
    void setTicket(const desk::TicketView& ticket);
    void clear(); ///< of an order that has no price yet

private:
    void setResults(const desk::TicketView& ticket);
    void setGreeks(const desk::TicketView& ticket);
    void setNote(const desk::TicketView& ticket);

    Figure *m_price, *m_maxProfit, *m_maxLoss, *m_probability, *m_breakEvens, *m_greeks, *m_realised;
    QLabel* m_note; ///< what is left, or what the order makes of the rest
};

/// The broker's dry run beside our own figures.
class BrokerTable : public QWidget
{
    Q_OBJECT

public:
    explicit BrokerTable(QWidget* parent = nullptr);
    /// `dryRun` null: none was asked for this order.
    void setFigures(const desk::TicketView& ticket, const portfolio::DryRunResult* dryRun);

private:
    struct Row {
        QLabel *broker, *ours, *difference;
    };
    static void fill(const Row& row, double broker, double ours);
    std::array<Row, 2> m_rows{};
};

} // namespace vegadesk::ui
