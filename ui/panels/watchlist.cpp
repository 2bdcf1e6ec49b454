#include "ui/panels/watchlist.h"

#include "ui/panels/watch_delegate.h"
#include "ui/theme/format.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

WatchlistPanel::WatchlistPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_delegate(new WatchDelegate(context.theme, this)),
      m_view(new QTableView(this)), m_new(new QLineEdit(this))
{
    m_view->setObjectName(QStringLiteral("watch_view"));
    m_view->setAccessibleName(tr("Watchlist"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setShowGrid(false);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->horizontalHeader()->setMinimumSectionSize(2 * Theme::unit);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->horizontalHeader()->setSectionResizeMode(WatchModel::Symbol, QHeaderView::Stretch);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->horizontalHeader()->setSectionsClickable(false);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->installEventFilter(this);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, &WatchlistPanel::showMenu);

    m_new->setObjectName(QStringLiteral("watch_add"));
    m_new->setPlaceholderText(tr("Add a symbol…"));
    m_new->setAccessibleName(tr("Symbol to add to the watchlist"));
    m_new->setMaxLength(12);

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    auto* const foot = new QVBoxLayout;
    foot->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit);
    foot->addWidget(m_new);
    layout->addLayout(foot);

    connect(m_new, &QLineEdit::returnPressed, this, [this] {
        if (add(m_new->text()))
            m_new->clear();
    });
    connect(m_view, &QTableView::clicked, this, &WatchlistPanel::choose);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { choose(current); });
    m_model.setSymbols(m_context.desk.watchedSymbols());
    // Another environment may list other names: a replay shows its own.
    connect(&m_context.desk, &desk::Desk::environmentChanged, this,
            [this] { setSymbols(m_context.desk.watchedSymbols()); });
    connect(&m_context.desk, &desk::Desk::watchlistChanged, this,
            [this] { setSymbols(m_context.desk.watchedSymbols()); });
    themeChanged();
}

void WatchlistPanel::themeChanged()
{
    m_view->verticalHeader()->setMinimumSectionSize(m_context.theme.rowHeight());
    m_view->verticalHeader()->setDefaultSectionSize(m_context.theme.rowHeight());
    // Room for the longest that are usual: a narrower dock would have to cut prices.
    const QFontMetrics metrics(m_context.theme.bodyFont());
    const auto room = [&](const QString& words) { return metrics.horizontalAdvance(words) + WatchDelegate::around; };
    const int last = room(number(23456.78, 2)), change = room(arrowed(-12.34, 2));
    m_view->horizontalHeader()->resizeSection(WatchModel::Last, last);
    m_view->horizontalHeader()->resizeSection(WatchModel::Change, change);
    m_view->setMinimumWidth(room(QStringLiteral("GOOGL")) + last + change +
                            m_view->verticalScrollBar()->sizeHint().width());
}

void WatchlistPanel::setSymbols(const QStringList& symbols)
{
    if (symbols == m_model.symbols())
        return;
    m_model.setSymbols(symbols);
    m_shown.clear(); // the reset took the selection; the next refresh puts it back
}

void WatchlistPanel::refresh()
{
    show(m_context.desk.watchlist(), QString::fromStdString(m_context.desk.chain()->underlying));
}

void WatchlistPanel::show(std::shared_ptr<const desk::WatchView> view, const QString& shown)
{
    m_model.update(std::move(view));
    if (shown == m_shown)
        return;
    m_shown = shown;
    const auto row = static_cast<int>(m_model.symbols().indexOf(shown));
    m_view->setCurrentIndex(m_model.index(row, 0)); // choose() sees that it is shown already
}

void WatchlistPanel::choose(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const QString symbol = m_model.symbols().at(index.row());
    if (symbol == m_shown)
        return;
    m_shown = symbol;
    m_context.desk.showChain(symbol);
}

void WatchlistPanel::showMenu(const QPoint& at)
{
    const QModelIndex index = m_view->indexAt(at);
    if (!index.isValid())
        return;
    const desk::WatchRow& row = m_model.row(index.row());
    const auto draft = [&row](const char* measure, double now) {
        monitoring::AlertRule rule;
        rule.measure = measure;
        rule.subject = row.symbol;
        rule.threshold = std::isnan(now) ? 0 : now;
        return rule;
    };
    const QString symbol = m_model.symbols().at(index.row());
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Alert me when the price of %1…").arg(symbol), this,
                    [this, rule = draft("price", row.last)] { Q_EMIT alertAsked(rule); });
    menu->addAction(tr("Alert me when the day's change of %1…").arg(symbol), this,
                    [this, rule = draft("change", row.changeFraction)] { Q_EMIT alertAsked(rule); });
    menu->addAction(tr("Take %1 off the list").arg(symbol), this, [this, symbol] {
        const auto place = static_cast<int>(m_model.symbols().indexOf(symbol));
        if (place < 0)
            return;
        m_view->setCurrentIndex(m_model.index(place, 0));
        removeCurrent();
    });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

bool WatchlistPanel::add(const QString& text)
{
    static const QRegularExpression symbolForm(QStringLiteral("^[A-Z][A-Z0-9./]{0,9}$"));
    const QString symbol = text.trimmed().toUpper();
    if (!symbolForm.match(symbol).hasMatch()) {
        QToolTip::showText(
            m_new->mapToGlobal(QPoint(0, -3 * m_new->height())),
            tr("“%1” cannot be a symbol: a letter, then up to nine letters, digits, dots or slashes").arg(symbol),
            m_new);
        return false;
    }
    QStringList symbols = m_model.symbols();
    if (!symbols.contains(symbol)) {
        symbols << symbol;
        setSymbols(symbols);
        m_context.desk.setWatchlist(symbols);
    }
    const QModelIndex index = m_model.index(static_cast<int>(symbols.indexOf(symbol)), 0);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    return true;
}

void WatchlistPanel::removeCurrent()
{
    const QModelIndex current = m_view->currentIndex();
    QStringList symbols = m_model.symbols();
    if (!current.isValid() || symbols.size() < 2)
        return; // a list without symbols would come back as the shipped one
    symbols.removeAt(current.row());
    setSymbols(symbols);
    m_context.desk.setWatchlist(symbols);
    m_view->setCurrentIndex(m_model.index(std::min(current.row(), m_model.rowCount() - 1), 0));
}

void WatchlistPanel::moveCurrent(int step)
{
    const QModelIndex current = m_view->currentIndex();
    QStringList symbols = m_model.symbols();
    const int to = current.row() + step;
    if (!current.isValid() || to < 0 || to >= symbols.size())
        return;
    symbols.move(current.row(), to);
    setSymbols(symbols);
    m_context.desk.setWatchlist(symbols);
    m_shown = symbols.at(to);
    m_view->setCurrentIndex(m_model.index(to, 0));
}

void WatchlistPanel::editNew()
{
    m_new->setFocus(Qt::ShortcutFocusReason);
    m_new->selectAll();
}

bool WatchlistPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Delete) {
            removeCurrent();
            return true;
        }
        if (key->modifiers() == Qt::ControlModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            moveCurrent(key->key() == Qt::Key_Up ? -1 : 1);
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

void WatchlistPanel::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        themeChanged();
}

} // namespace vegadesk::ui
