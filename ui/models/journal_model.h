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
    struct Row {
        desk::JournalLine line;
        QString words; ///< the line's text as a sentence, not as JSON
    };
    std::vector<Row> m_rows;
};

/// "status: filled, broker id: 270001" for {"status":"filled","broker-id":"270001"}, instants in New York time; what is no
/// JSON object stays as it is.
QString journalWords(const std::string& json);
/// The same in full, a field a line.
QString journalDetail(const std::string& json);

} // namespace vegadesk::ui
