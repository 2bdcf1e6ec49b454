#pragma once

#include "desk/risk_views.h"
#include "ui/models/depth_tree.h"
#include "ui/theme/theme.h"

#include <QString>

namespace vegadesk::ui
{

/// Where profits came from, to the cent: the book, under it each underlying with its groups and positions.
class AttributionModel : public DepthTree
{
    Q_OBJECT

public:
    enum ColumnId { ScopeColumn, TotalColumn, FirstPartColumn };
    static constexpr int columnTotal = FirstPartColumn + static_cast<int>(desk::attributionParts.size());

    explicit AttributionModel(const Theme& theme, QObject* parent = nullptr);

    void update(const std::vector<desk::AttributionRow>& rows);
    const desk::AttributionRow& rowAt(std::size_t place) const { return m_rows[place].row; }
    std::size_t size() const { return m_rows.size(); }
    /// Every row under its header, tabs between, numbers as a spreadsheet reads them.
    QString asText() const;

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        int depth = 0;
        desk::AttributionRow row;
    };
    static double figure(const desk::AttributionRow& row, int column);

    const Theme& m_theme;
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui
