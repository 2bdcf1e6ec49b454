#include "ui/panels/table_look.h"

#include "ui/panels/cell_delegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

namespace vegadesk::ui
{

namespace
{
void prepare(QAbstractItemView& view, QHeaderView& header, int stretch)
{
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setFrameShape(QFrame::NoFrame);
    view.setTextElideMode(Qt::ElideRight);
    header.setHighlightSections(false);
    header.setSectionResizeMode(QHeaderView::Interactive);
    header.setMinimumSectionSize(Theme::unit * 2);
    if (stretch >= 0)
        header.setSectionResizeMode(stretch, QHeaderView::Stretch);
}
} // namespace

void prepareTable(QTableView& view, const Theme& theme, int stretch)
{
    prepare(view, *view.horizontalHeader(), stretch);
    view.setShowGrid(false);
    view.setWordWrap(false);
    view.setTabKeyNavigation(false);
    view.verticalHeader()->hide();
    view.setItemDelegate(new CellDelegate(theme, &view));
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const auto setRows = [&view, &theme] {
        view.verticalHeader()->setMinimumSectionSize(theme.rowHeight());
        view.verticalHeader()->setDefaultSectionSize(theme.rowHeight());
    };
    setRows();
    QObject::connect(&theme, &Theme::changed, &view, setRows);
}

void prepareTree(QTreeView& view, const Theme& theme, int stretch)
{
    view.header()->setStretchLastSection(false);
    prepare(view, *view.header(), stretch);
    view.setUniformRowHeights(true);
    view.setIndentation(Theme::unit * 2);
    view.setItemDelegate(new CellDelegate(theme, &view)); // a tree takes its rows' height from it
    QObject::connect(&theme, &Theme::changed, &view, [&view] { view.doItemsLayout(); });
}

void setColumnWidths(QAbstractItemView& view, QHeaderView& header, std::initializer_list<int> digits)
{
    int column = 0;
    for (const int count : digits)
        header.resizeSection(column++, view.fontMetrics().horizontalAdvance(u'0') * count + 2 * CellDelegate::padding);
}

} // namespace vegadesk::ui
