#pragma once

#include "desk/strategy_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QComboBox;

namespace vegadesk::ui
{

class HedgeLedgerTable;

/// The hedge ledgers of a strategy at work, one trade at a time; where there is none, why.
class StrategyLedgers : public QWidget
{
    Q_OBJECT

public:
    explicit StrategyLedgers(const Theme& theme, QWidget* parent = nullptr);

    /// Null: no strategy is chosen. `ledgers` are those of all.
    void setRow(const desk::StrategyRow* row, const std::vector<desk::LiveLedger>& ledgers);
    /// Of the row's trades.
    void choose(const std::string& group);

private:
    struct Shown {
        std::string group;
        QString title;
        std::shared_ptr<const desk::HedgeLedgerView> ledger;
    };
    void draw();
    void drawChoice();

    std::string m_strategy, m_underlying;
    std::string m_group; ///< that is looked at; empty: there is none yet
    std::vector<Shown> m_shown;
    QString m_whyNone; ///< what is said where no trade has one
    QComboBox* m_choice;
    HedgeLedgerTable* m_ledger;
};

} // namespace vegadesk::ui
