#pragma once

#include "desk/risk_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <functional>

namespace vegadesk::ui
{

/// Alert rules while they are edited: nothing is kept until their owner gives them to the desk. Ticks change in the table, the
/// rest by setRule().
class AlertRulesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        OnColumn,
        MeasureColumn,
        SymbolColumn,
        WhenColumn,
        ThresholdColumn,
        NowColumn,
        DesktopColumn,
        SoundColumn,
        WebhookColumn
    };
    /// A measure's figure of now; NaN when it is not known.
    using FigureOf = std::function<double(const std::string& measure, const std::string& subject)>;

    AlertRulesModel(const Theme& theme, std::vector<desk::AlertMeasure> measures, FigureOf figureOf,
                    QObject* parent = nullptr);

    const std::vector<desk::AlertMeasure>& measures() const { return m_measures; }
    const std::vector<monitoring::AlertRule>& rules() const { return m_rules; }
    void setRules(std::vector<monitoring::AlertRule> rules);
    void setRule(int row, monitoring::AlertRule rule);
    void add(monitoring::AlertRule rule); ///< at the end
    void remove(int row);
    /// Why that one cannot be kept; empty when it can.
    QString problem(int row) const;
    /// −1: every one can be kept.
    int firstProblem() const;
    /// The figures of now have changed.
    void tellFigures();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    /// The tick that the column shows; null for the other columns.
    static bool monitoring::AlertRule::*tickOf(int column);
    QString words(const monitoring::AlertRule& rule, int column) const;

    const Theme& m_theme;
    const std::vector<desk::AlertMeasure> m_measures;
    FigureOf m_figureOf;
    std::vector<monitoring::AlertRule> m_rules;
};

} // namespace vegadesk::ui
