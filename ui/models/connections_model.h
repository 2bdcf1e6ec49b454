#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// Every way to the broker, a row each.
class ConnectionsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        NameColumn,
        StateColumn,
        SilentColumn,
        LatencyColumn,
        RateColumn,
        CountColumn,
        ReconnectsColumn,
        GapsColumn
    };

    explicit ConnectionsModel(const Theme& theme, QObject* parent = nullptr);

    void update(std::vector<desk::ConnectionRow> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString words(const desk::ConnectionRow& row, int column) const;
    const Theme& m_theme;
    std::vector<desk::ConnectionRow> m_rows;
};

} // namespace vegadesk::ui
