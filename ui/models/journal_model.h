#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// Lines of the journal, newest first.
class JournalModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { TimeColumn, KindColumn, KeyColumn, TextColumn };

    explicit JournalModel(const Theme& theme, QObject* parent = nullptr);

    void update(const std::vector<desk::JournalLine>& lines);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::vector<desk::JournalLine> m_lines;
};

} // namespace vegadesk::ui
