#pragma once

#include "market/quote.h"
#include "ui/models/exit_plan.h"

#include <QDoubleSpinBox>
#include <QWidget>

#include <array>

class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class ElidedLabel;
class TypedBoxes;

/// The exits that go with the staged order: a profit target and a stop loss, each by a percent of the premium or at a price, and
/// what it would make. With an order that opens they are its bracket, and either may be without the other; one that closes
/// becomes two of which one fills, so both come together.
class ExitRows : public QWidget
{
    Q_OBJECT

public:
    explicit ExitRows(QWidget* parent = nullptr);

    struct Market {
        double net = market::unknown; ///< signed price of the unit that is opened or held, positive was paid
        market::TickTable ticks{};
        double targetProfit = market::unknown, stopProfit = market::unknown; ///< dollars
    };
    void setPlan(const StagedOrder& staged, const Market& market);
    /// Takes over what is typed but not yet entered.
    void commit();

Q_SIGNALS:
    void planEdited(const vegadesk::ui::ExitPlan& plan);

private:
    struct Row {
        QPushButton* chip = nullptr;
        QLabel* name = nullptr;
        QDoubleSpinBox *percent = nullptr, *price = nullptr;
        QLabel* outcome = nullptr;
    };
    Row& rowOf(ExitSide side) { return m_rows[static_cast<std::size_t>(side)]; }
    void makeRow(ExitSide side);
    void drawRow(ExitSide side, double profit);
    static ExitPart& partOf(ExitPlan& plan, ExitSide side);
    void change(ExitSide side, const ExitPart& part);
    void turn(ExitSide side, bool isOn);

    std::array<Row, 2> m_rows{};
    ElidedLabel* m_note;
    TypedBoxes* m_typed;
    ExitPlan m_plan;
    Market m_market;
    bool m_comesTogether = false;
};

} // namespace vegadesk::ui
