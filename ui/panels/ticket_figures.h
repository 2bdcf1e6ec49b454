#pragma once

#include "desk/views.h"

#include <QWidget>

#include <array>

class QLabel;

namespace vegadesk::ui
{

class Figure;

/// What the staged order can make and lose, and its Greeks: those of the what-if where there is one.
class TicketFigures : public QWidget
{
    Q_OBJECT

public:
    explicit TicketFigures(QWidget* parent = nullptr);
    void setTicket(const desk::TicketView& ticket);

private:
    Figure *m_price, *m_maxProfit, *m_maxLoss, *m_probability, *m_breakEvens, *m_greeks;
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
