#pragma once

#include "desk/risk_views.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// Positions under their groups, and under each position its lots. Figures change in place; only another set of groups or legs resets it.
class PositionsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum ColumnId {
        PositionColumn,
        QuantityColumn,
        MarkColumn,
        IvColumn,
        DeltaColumn,
        GammaColumn,
        ThetaColumn,
        VegaColumn,
        OpenColumn,
        DayColumn,
        RiskColumn,
        RollColumn,
        CloseColumn,
        ColumnTotal
    };

    explicit PositionsModel(const Theme& theme, QObject* parent = nullptr);

    void update(const std::vector<desk::PositionGroup>& groups);
    /// Said by the tooltips of what it knows.
    void setAttribution(std::shared_ptr<const desk::RiskView> risk) { m_risk = std::move(risk); }
    /// Never null for a valid index: the group itself, or that of a leg.
    const desk::PositionGroup* group(const QModelIndex& index) const;
    /// Of a leg's or a lot's row the leg, of a group's all of its legs.
    std::vector<desk::PositionRow> rows(const QModelIndex& index) const;
    /// Of a lot's row the leg that it is a part of. Null for a group's own row.
    const desk::PositionRow* leg(const QModelIndex& index) const;
    /// Null for rows of groups and legs.
    const desk::LotRow* lot(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString groupText(const desk::PositionGroup& group, int column) const;
    QString legText(const desk::PositionRow& row, const desk::PositionGroup& group, int column) const;
    QString lotText(const desk::LotRow& lot, int column) const;
    QVariant toolTip(const desk::PositionGroup& group, const desk::PositionRow* row, int column) const;
    QString lotToolTip(const desk::LotRow& lot) const;
    QString realizedWords(double sinceEntry, double today) const;

    /// Where the profit of the row came from; empty when that is not known.
    QString attribution(const desk::PositionGroup& group, const desk::PositionRow* row) const;

    const Theme& m_theme;
    std::shared_ptr<const desk::RiskView> m_risk; ///< null: none
    std::vector<desk::PositionGroup> m_groups;
};

} // namespace vegadesk::ui
