#include "ui/panels/chain_table.h"

#include "ui/panels/chain_delegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace vegadesk::ui
{

ChainTable::ChainTable(ChainModel& model, const Theme& theme, const StagedOrder& staged, QWidget* parent)
    : QTableView(parent), m_model(model), m_theme(theme), m_staged(staged),
      m_delegate(new ChainDelegate(theme, staged, this))
{
    setModel(&model);
    setItemDelegate(m_delegate);
    setShowGrid(false);
    setFrameShape(NoFrame);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setMouseTracking(false);
    verticalHeader()->hide();
    // Every row has one height; asking the delegate for each would cost a frame at every reset.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(46);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    setLook(*horizontalHeader(), "kind", QStringLiteral("dense")); // the headings fit the narrowest columns
    setAccessibleName(tr("Option chain: calls left, strikes in the middle, puts right"));
    themeChanged();
}

void ChainTable::themeChanged()
{
    m_delegate->themeChanged();
    horizontalHeader()->setSectionResizeMode(ChainModel::strikeColumn, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(ChainModel::strikeColumn, m_delegate->strikeWidth());
    verticalHeader()->setMinimumSectionSize(m_theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    viewport()->update();
}

void ChainTable::setFields(const std::vector<ChainField>& fields)
{
    m_fields = fields;
    for (int column = 0; column < ChainModel::columns; ++column) {
        const auto field = ChainModel::fieldOf(column);
        const bool isShown = !field || *field == ChainField::Bid || *field == ChainField::Ask ||
                             std::ranges::find(m_fields, *field) != m_fields.end();
        setColumnHidden(column, !isShown);
    }
}

void ChainTable::setEmptyText(const QString& text)
{
    if (text == m_emptyText)
        return;
    m_emptyText = text;
    viewport()->update();
}

bool ChainTable::isStagedCell(const QModelIndex& index) const
{
    const desk::ChainCell* const cell = index.isValid() ? m_model.cell(index.row(), index.column()) : nullptr;
    if (!cell)
        return false;
    const std::int64_t quantity = m_staged.quantityOf(cell->symbol);
    const auto field = *ChainModel::fieldOf(index.column());
    return (quantity < 0 && field == ChainField::Bid) || (quantity > 0 && field == ChainField::Ask);
}

QModelIndex ChainTable::rollTarget(QPoint position) const
{
    const QModelIndex under = indexAt({columnViewportPosition(m_pressed.column()) + 1, position.y()});
    if (!under.isValid() || under.row() == m_pressed.row())
        return {};
    const desk::ChainCell* const cell = m_model.cell(under.row(), m_pressed.column());
    return cell && !cell->symbol.empty() ? under : QModelIndex();
}

void ChainTable::endDrag()
{
    m_isDragging = false;
    m_pressed = QModelIndex();
    m_delegate->setDropTarget({});
    viewport()->unsetCursor();
    viewport()->update();
}

void ChainTable::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        QTableView::mousePressEvent(event);
        return;
    }
    const QModelIndex under = indexAt(event->position().toPoint());
    m_pressed = under;
    m_pressedAt = event->position().toPoint();
    if (under.isValid())
        setCurrentIndex(under);
}

void ChainTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    mousePressEvent(event); // two quick clicks are two clicks
}

void ChainTable::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_pressed.isValid())
        return;
    const QPoint position = event->position().toPoint();
    if (!m_isDragging) {
        const bool isFar = (position - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
        if (!isFar || !isStagedCell(m_pressed))
            return;
        m_isDragging = true;
        viewport()->setCursor(Qt::SizeVerCursor);
    }
    m_delegate->setDropTarget(rollTarget(position));
    viewport()->update();
}

void ChainTable::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed.isValid())
        return;
    const QModelIndex pressed = m_pressed;
    const QPoint position = event->position().toPoint();
    if (m_isDragging) {
        const QModelIndex target = rollTarget(position);
        endDrag();
        if (target.isValid())
            Q_EMIT rolled(pressed, target);
        return;
    }
    m_pressed = QModelIndex();
    const auto field = ChainModel::fieldOf(pressed.column());
    if (indexAt(position) != pressed || (field != ChainField::Bid && field != ChainField::Ask))
        return;
    const Qt::KeyboardModifiers keys = event->modifiers();
    const Staging how = !(keys & Qt::ControlModifier) ? Staging::Set
                        : (keys & Qt::ShiftModifier)  ? Staging::Less
                                                      : Staging::More;
    Q_EMIT staged(pressed, field == ChainField::Ask, how);
}

void ChainTable::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex current = currentIndex();
    const desk::ChainCell* const cell = current.isValid() ? m_model.cell(current.row(), current.column()) : nullptr;
    const bool isPlain = !(event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier));
    if (event->key() == Qt::Key_Escape && m_isDragging) {
        endDrag();
        return;
    }
    if (isPlain && event->key() == Qt::Key_BracketLeft) {
        Q_EMIT expirationStepped(-1);
        return;
    }
    if (isPlain && event->key() == Qt::Key_BracketRight) {
        Q_EMIT expirationStepped(1);
        return;
    }
    if (isPlain && cell) {
        const bool isBuying = m_staged.quantityOf(cell->symbol) > 0;
        const bool isStaged = m_staged.quantityOf(cell->symbol) != 0;
        switch (event->key()) {
        case Qt::Key_B:
            Q_EMIT staged(current, true, Staging::Set);
            return;
        case Qt::Key_S:
            Q_EMIT staged(current, false, Staging::Set);
            return;
        case Qt::Key_Plus:
            if (isStaged)
                Q_EMIT staged(current, isBuying, Staging::More);
            return;
        case Qt::Key_Minus:
            if (isStaged)
                Q_EMIT staged(current, isBuying, Staging::Less);
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            Q_EMIT dropped(current);
            return;
        default:
            break;
        }
    }
    // The keys that move; letters go on to the window instead of searching the table.
    if (event->text().isEmpty() || event->text().at(0).isPrint() == false)
        QTableView::keyPressEvent(event);
    else
        event->ignore();
}

void ChainTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_model.rowCount() > 0 || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(m_theme.bodyFont());
    painter.setPen(m_theme.color(Role::Dim));
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

} // namespace vegadesk::ui
