#include "ui/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr int paletteWidth = 560, rowsShown = 12;
constexpr std::size_t rowsKept = 60;

/// Title at the left, then the detail; kind and key at the right.
class RowDelegate : public QStyledItemDelegate
{
public:
    RowDelegate(const std::vector<Command>& commands, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), m_commands(commands), m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, 26}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto row = static_cast<std::size_t>(index.row());
        if (row >= m_commands.size())
            return;
        const Command& command = m_commands[row];
        painter->save();
        if (option.state & QStyle::State_Selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(Role::Selection));
            painter->drawRoundedRect(option.rect.adjusted(4, 0, -4, 0), 3, 3);
        }
        const QRect rect = option.rect.adjusted(12, 0, -12, 0);
        painter->setFont(m_theme.bodyFont());
        painter->setPen(m_theme.color(Role::Text));
        QRect used;
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, command.title, &used);
        painter->setFont(m_theme.labelFont());
        painter->setPen(m_theme.color(Role::Dim));
        const QString right =
            command.key.isEmpty() ? kindText(command.kind) : command.key.toString(QKeySequence::NativeText);
        QRect usedRight;
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, right, &usedRight);
        const QRect middle(used.right() + 10, rect.top(), usedRight.left() - used.right() - 20, rect.height());
        painter->setPen(m_theme.color(Role::Faint));
        const QString detail =
            QFontMetrics(m_theme.labelFont()).elidedText(command.detail, Qt::ElideRight, middle.width());
        painter->drawText(middle, Qt::AlignLeft | Qt::AlignVCenter, detail);
        painter->restore();
    }

private:
    static QString kindText(Command::Kind kind)
    {
        switch (kind) {
        case Command::Kind::Symbol:
            return CommandPalette::tr("symbol");
        case Command::Kind::Panel:
            return CommandPalette::tr("panel");
        case Command::Kind::Workspace:
            return CommandPalette::tr("workspace");
        case Command::Kind::Setting:
            return CommandPalette::tr("setting");
        case Command::Kind::Command:
            break;
        }
        return CommandPalette::tr("command");
    }
    const std::vector<Command>& m_commands;
    const Theme& m_theme;
};
} // namespace

CommandPalette::CommandPalette(Source source, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_source(std::move(source)), m_theme(theme), m_edit(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("palette"));
    setProperty("kind", QStringLiteral("card"));
    setAccessibleName(tr("Command palette"));
    setAutoFillBackground(true);
    m_edit->setObjectName(QStringLiteral("palette_edit"));
    m_edit->setPlaceholderText(tr("symbol, panel, command, setting…"));
    m_edit->setMinimumHeight(30);
    m_edit->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("palette_list"));
    m_list->setItemDelegate(new RowDelegate(m_shown, m_theme, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    // A click elsewhere, or another window, closes it.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (isVisible() && now && now != m_edit && !isAncestorOf(now))
            hide();
    });
    hide();
}

void CommandPalette::open()
{
    m_before = QApplication::focusWidget();
    m_edit->clear();
    fill();
    const QWidget& window = *parentWidget();
    resize(std::min(paletteWidth, window.width() - 32), 8 + 30 + 8 + rowsShown * 26 + 10);
    move((window.width() - width()) / 2, std::min(72, window.height() / 8));
    show();
    raise();
    m_edit->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::fill()
{
    const QString query = m_edit->text().trimmed();
    struct Ranked {
        int fit;
        Command command;
    };
    std::vector<Ranked> ranked;
    for (Command& command : m_source(query)) {
        const int inTitle = fitness(query, command.title), inDetail = fitness(query, command.detail);
        const int fit = std::max(inTitle, inDetail >= 0 ? inDetail / 2 : -1); // a detail describes less than a name
        if (fit >= 0)
            ranked.push_back({command.isGuess ? 0 : fit, std::move(command)});
    }
    std::ranges::stable_sort(ranked, std::ranges::greater{}, &Ranked::fit);
    m_shown.clear();
    m_list->clear();
    for (Ranked& each : ranked) {
        if (m_shown.size() == rowsKept)
            break;
        auto* const item = new QListWidgetItem(each.command.title, m_list);
        item->setData(Qt::AccessibleDescriptionRole, each.command.detail);
        m_shown.push_back(std::move(each.command));
    }
    m_list->setCurrentRow(m_shown.empty() ? -1 : 0);
}

void CommandPalette::leave()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::runCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return;
    const auto run = m_shown[static_cast<std::size_t>(row)].run;
    leave(); // first: what runs may take the keyboard
    run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    const int last = m_list->count() - 1;
    const auto go = [this, last](int row) { m_list->setCurrentRow(std::clamp(row, std::min(0, last), last)); };
    switch (key->key()) {
    case Qt::Key_Down:
        go(m_list->currentRow() + 1);
        return true;
    case Qt::Key_Up:
        go(m_list->currentRow() - 1);
        return true;
    case Qt::Key_PageDown:
        go(m_list->currentRow() + rowsShown);
        return true;
    case Qt::Key_PageUp:
        go(m_list->currentRow() - rowsShown);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

} // namespace vegadesk::ui
