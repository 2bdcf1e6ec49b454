#include "ui/panels/strategies.h"

#include "ui/dialogs/strategy_dialog.h"
#include "ui/models/strategies_model.h"
#include "ui/models/words.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/figure.h"
#include "ui/panels/strategy_ledgers.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{

constexpr int wideDigits = 90; ///< from that many of the body font on there is room for every column

QTableView* makeTable(QAbstractItemModel* model, const char* name, const QString& words, const Theme& theme,
                      int stretch, QWidget* parent)
{
    auto* const view = new QTableView(parent);
    view->setObjectName(QString::fromLatin1(name));
    view->setAccessibleName(words);
    view->setModel(model);
    prepareTable(*view, theme, stretch);
    QObject::connect(&theme, &Theme::changed, view->viewport(), qOverload<>(&QWidget::update));
    return view;
}

} // namespace

StrategiesPanel::StrategiesPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout), m_model(new StrategiesModel(context.theme, this)),
      m_events(new StrategyEventsModel(context.theme, this)), m_trades(new StrategyTradesModel(context.theme, this)),
      m_empty(makeLabel({}, "dim", this))
{
    m_view = makeTable(m_model, "strategies_view", tr("Strategies at work"), context.theme,
                       StrategiesModel::DoingColumn, this);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {16, 11, 9, 12, 12, 7});
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &StrategiesPanel::drawCurrent);

    m_empty->setObjectName(QStringLiteral("strategies_empty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(Theme::unit * 2, 0, Theme::unit * 2, 0);
    m_empty->setText(
        tr("No strategy is at work. “Arm…” sets one to work: it trades by itself, through the same limits as "
           "your own orders, until you pause it or turn it off. Try it in a backtest first (Ctrl+B)."));
    auto* const split = new QSplitter(Qt::Vertical, this);
    split->setChildrenCollapsible(false);
    split->addWidget(m_view);
    split->addWidget(makeDetails());
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(split);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_pages, 1);
    column->addWidget(makeButtons());
    draw({});
}

QWidget* StrategiesPanel::makeDetails()
{
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_eventView = makeTable(m_events, "strategy_events", tr("What it said and did"), m_context.theme,
                            StrategyEventsModel::TextColumn, m_tabs);
    setColumnWidths(*m_eventView, *m_eventView->horizontalHeader(), {17, 11});
    m_tradeView = makeTable(m_trades, "strategy_trades", tr("Its trades"), m_context.theme,
                            StrategyTradesModel::TitleColumn, m_tabs);
    m_tradeView->setToolTip(tr("A double click shows the trade's hedge ledger"));
    setColumnWidths(*m_tradeView, *m_tradeView->horizontalHeader(), {17, 17, 12, 9, 40, 30});
    m_tabs->addTab(m_eventView, tr("Log"));
    m_tabs->addTab(m_tradeView, tr("Trades"));
    m_ledgers = new StrategyLedgers(m_context.theme);
    m_ledgerPage =
        new ColumnScroll(m_ledgers, m_tabs); // its sums are in sight before the table, however low the dock is
    m_tabs->addTab(m_ledgerPage, tr("Hedges"));
    connect(m_tradeView, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { showLedger(index.row()); });
    return m_tabs;
}

QWidget* StrategiesPanel::makeBacktestButton(QWidget* parent)
{
    auto* const button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("strategies_backtest"));
    button->setText(tr("Backtest…"));
    button->setToolTip(tr("Runs a strategy over the past (Ctrl+B)"));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    connect(button, &QToolButton::clicked, this, [this] { Q_EMIT backtestAsked(); });
    auto* const menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    QAction* const sweep = menu->addAction(tr("Sweep…"), this, [this] { Q_EMIT sweepAsked(); });
    sweep->setObjectName(QStringLiteral("strategies_sweep"));
    sweep->setToolTip(tr("Runs it over many parameters, or walks forward"));
    button->setMenu(menu);
    return button;
}

QWidget* StrategiesPanel::makeButtons()
{
    auto* const footer = new QWidget(this);
    auto* const buttons = new QHBoxLayout(footer);
    buttons->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    buttons->setSpacing(Theme::unit);
    const auto add = [&](const QString& words, const char* name, const QString& about, auto&& run) {
        auto* const button = new QPushButton(words, footer);
        button->setObjectName(QString::fromLatin1(name));
        button->setToolTip(about);
        connect(button, &QPushButton::clicked, this, run);
        buttons->addWidget(button);
        return button;
    };
    m_arm = add(tr("Arm…"), "strategies_arm", tr("Sets a strategy to work, or gives the chosen one other parameters"),
                [this] { armNew(); });
    m_pause = add(tr("Pause"), "strategies_pause", {}, [this] { pauseOrResume(); });
    m_off =
        add(tr("Turn off"), "strategies_off", tr("It does nothing any more; what it holds is yours to close"), [this] {
            if (const desk::StrategyRow* const row = current())
                m_context.desk.turnOffStrategy(row->strategy, row->underlying);
        });
    buttons->addStretch();
    buttons->addWidget(makeBacktestButton(footer)); // one for both: the dock must fit into narrow windows
    buttons->addStretch();
    m_close = add(tr("Close its trade"), "strategies_close", tr("Stages an order that closes what it holds"),
                  [this] { closeTrade(); });
    m_remove = add(tr("Remove"), "strategies_remove",
                   tr("Off, and no longer in this list; its trades stay in the journal"), [this] {
                       if (const desk::StrategyRow* const row = current())
                           m_context.desk.removeStrategy(row->strategy, row->underlying);
                   });
    return footer;
}

void StrategiesPanel::refresh()
{
    const std::shared_ptr<const desk::StrategiesView> view = m_context.desk.strategiesAtWork();
    if (view->version == m_version)
        return;
    m_version = view->version;
    draw(*view);
}

void StrategiesPanel::draw(const desk::StrategiesView& view)
{
    m_liveLedgers = view.ledgers;
    m_model->update(view);
    m_pages->setCurrentIndex(view.rows.empty() ? 0 : 1);
    if (!view.rows.empty() && !m_view->currentIndex().isValid())
        m_view->selectRow(0);
    drawCurrent();
}

void StrategiesPanel::drawCurrent()
{
    const desk::StrategyRow* const row = current();
    m_events->update(row ? row->events : std::vector<desk::StrategyEvent>());
    m_trades->update(row ? row->trades : std::vector<desk::StrategyTrade>());
    m_ledgers->setRow(row, m_liveLedgers);
    m_tabs->setTabText(1,
                       row && row->tradeCount() > 0 ? tr("Trades %1").arg(number(row->tradeCount(), 0)) : tr("Trades"));
    const bool enters = row && (row->state == desk::StrategyState::Armed || row->state == desk::StrategyState::Waiting);
    m_pause->setText(enters || !row ? tr("Pause") : tr("Resume"));
    m_pause->setToolTip(enters ? tr("It manages what it holds and enters nothing") : tr("It enters again"));
    m_pause->setEnabled(row != nullptr);
    m_off->setEnabled(row && row->state != desk::StrategyState::Off);
    m_close->setEnabled(row && row->hasOpenTrade());
    m_remove->setEnabled(row != nullptr);
}

const desk::StrategyRow* StrategiesPanel::current() const
{
    return m_model->at(m_view->currentIndex().row());
}

QDialog* StrategiesPanel::armNew()
{
    auto* const dialog = new StrategyDialog(m_context.desk, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (const desk::StrategyRow* const row = current())
        dialog->load({row->strategy, row->underlying, row->parameters});
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_context.desk.armStrategy(dialog->request()); });
    dialog->open();
    return dialog;
}

void StrategiesPanel::pauseOrResume()
{
    const desk::StrategyRow* const row = current();
    if (!row)
        return;
    if (row->state == desk::StrategyState::Armed || row->state == desk::StrategyState::Waiting)
        m_context.desk.pauseStrategy(row->strategy, row->underlying);
    else
        m_context.desk.resumeStrategy(row->strategy, row->underlying);
}

void StrategiesPanel::closeTrade()
{
    const desk::StrategyRow* const row = current();
    if (!row || !row->hasOpenTrade())
        return;
    if (const auto intent = m_context.desk.closingIntent(row->trades.front().symbols))
        m_context.staged.load(*intent, stagedLegs(*intent));
    else
        m_context.staged.refuse(text(intent.error().message()));
}

void StrategiesPanel::showLedger(int trade)
{
    const desk::StrategyRow* const row = current();
    if (!row || trade < 0 || trade >= static_cast<int>(row->trades.size()))
        return;
    m_ledgers->choose(row->trades[static_cast<std::size_t>(trade)].group);
    m_tabs->setCurrentWidget(m_ledgerPage);
}

void StrategiesPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    const bool isNarrow = width() < wideDigits * fontMetrics().horizontalAdvance(u'0');
    m_view->setColumnHidden(StrategiesModel::ClosedProfitColumn, isNarrow);
    m_view->setColumnHidden(StrategiesModel::TradesColumn, isNarrow);
    m_tradeView->setColumnHidden(StrategyTradesModel::FeesColumn, isNarrow);
    m_tradeView->setColumnHidden(StrategyTradesModel::WhyColumn, isNarrow);
}

QString StrategiesPanel::titleCount() const
{
    const std::shared_ptr<const desk::StrategiesView> view = m_context.desk.strategiesAtWork();
    const auto armed = std::ranges::count(view->rows, desk::StrategyState::Armed, &desk::StrategyRow::state);
    return armed == 0 ? QString() : number(static_cast<double>(armed), 0);
}

} // namespace vegadesk::ui
