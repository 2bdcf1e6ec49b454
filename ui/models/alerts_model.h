#pragma once

#include "desk/risk_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// What alerts have said, newest first; those that nobody has marked as seen stand out.
class AlertsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { TimeColumn, TextColumn, RuleColumn };

    explicit AlertsModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::AlertsView& view);
    /// The time without its day and second.
    void setNarrow(bool isNarrow);
    /// "27 Nov 2026 10:00:05	Daily loss: 3.1 %, above 3.0 %.", New York time.
    QString copyText(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        desk::AlertLine line;
        QString rule;
    };
    const Theme& m_theme;
    std::vector<Row> m_rows;
    bool m_isNarrow = false;
};

} // namespace vegadesk::ui
