#pragma once

#include "desk/strategy_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// The strategies at work, one a row.
class StrategiesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        StrategyColumn,
        UnderlyingColumn,
        StateColumn,
        OpenProfitColumn,
        ClosedProfitColumn,
        TradesColumn,
        DoingColumn
    };

    explicit StrategiesModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::StrategiesView& view);
    /// Null for a row that is none.
    const desk::StrategyRow* at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString display(const desk::StrategyRow& row, int column) const;
    QVariant tone(const desk::StrategyRow& row, int column) const;

    const Theme& m_theme;
    std::vector<desk::StrategyRow> m_rows;
};

/// What one strategy has proposed, been refused and sent, newest first.
class StrategyEventsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { TimeColumn, KindColumn, TextColumn };

    explicit StrategyEventsModel(const Theme& theme, QObject* parent = nullptr);
    void update(const std::vector<desk::StrategyEvent>& events);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::vector<desk::StrategyEvent> m_events;
};

/// The trades of one strategy, newest first.
class StrategyTradesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { OpenedColumn, ClosedColumn, ProfitColumn, FeesColumn, TitleColumn, WhyColumn };

    explicit StrategyTradesModel(const Theme& theme, QObject* parent = nullptr);
    void update(const std::vector<desk::StrategyTrade>& trades);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::vector<desk::StrategyTrade> m_trades;
};

QString strategyStateText(desk::StrategyState state);

} // namespace vegadesk::ui
