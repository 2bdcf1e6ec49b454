#pragma once

#include "ui/theme/theme.h"

#include <QAbstractItemView>

class QHeaderView;
class QTableView;
class QTreeView;

namespace vegadesk::ui
{

/// The window's tables: no grid, whole rows selected, rows as high as the theme says, also after it changes.
/// Call once the model is set; `stretch` names the column that takes the spare width, −1 for none.
void prepareTable(QTableView& view, const Theme& theme, int stretch);
void prepareTree(QTreeView& view, const Theme& theme, int stretch);
/// Widths in average digits of the body font, one a column from the first.
void setColumnWidths(QAbstractItemView& view, QHeaderView& header, std::initializer_list<int> digits);

} // namespace vegadesk::ui
