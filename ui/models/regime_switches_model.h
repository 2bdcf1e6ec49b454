#pragma once

#include "desk/risk_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// When the regime in force changed, newest first.
class RegimeSwitchesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { DateColumn, RegimeColumn, DaysColumn, MoveColumn };

    explicit RegimeSwitchesModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::RegimeView& view);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        base::Date from{};
        std::size_t regime = 0;
        std::string name;
        int days = 0; ///< with data, that it lasted
        bool isNow = false;
        double move = desk::unknown; ///< of the index over them
        Role role = Role::Text;
    };

    const Theme& m_theme;
    std::vector<Row> m_rows;
};

} // namespace vegadesk::ui
