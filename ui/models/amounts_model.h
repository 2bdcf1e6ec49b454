#pragma once

#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <QString>

#include <vector>

namespace vegadesk::ui
{

/// A name with dollars, as a list draws them.
struct AmountRow {
    QString name;
    QString detail; ///< faint, behind the name; may be empty
    QString help;   ///< tooltip; may be empty
    double amount = 0;

    friend bool operator==(const AmountRow& a, const AmountRow& b)
    {
        return a.name == b.name && a.detail == b.detail && a.help == b.help && isSameNumber(a.amount, b.amount);
    }
};

/// Names and their dollars, with what part each is of the largest.
class AmountsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { NameColumn, BarColumn, AmountColumn };
    /// In BarColumn: −1 to 1, of the largest; invalid for no bar.
    static constexpr int barRole = Qt::UserRole + 1;
    /// In NameColumn: AmountRow::detail.
    static constexpr int detailRole = Qt::UserRole + 2;

    /// `areLosses`: positive amounts are losses.
    AmountsModel(const Theme& theme, bool areLosses, QObject* parent = nullptr);

    void setRows(std::vector<AmountRow> rows);
    const std::vector<AmountRow>& rows() const { return m_rows; }
    QColor colourOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    bool m_areLosses;
    std::vector<AmountRow> m_rows;
    double m_largest = 0;
};

} // namespace vegadesk::ui
