#include "ui/panels/signals.h"

#include "ui/models/signal_words.h"
#include "ui/models/signals_model.h"
#include "ui/models/words.h"
#include "ui/panels/cell_delegate.h"
#include "ui/panels/column_fitter.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/fact_rows.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/plots/plot.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{

constexpr int progressSteps = 1000;
constexpr int decimals = 3, scoreDecimals = 4;
constexpr int leastRows = 2; ///< of models, in sight
constexpr int leastWidth = 200;
constexpr int roomForTwo = 640; ///< columns, pixels
constexpr int barsShown = 10;   ///< features; the rest is scrolled

class ShareDelegate : public CellDelegate
{
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        CellDelegate::paint(painter, option, index);
        const QVariant share = index.data(SignalSharesModel::barRole);
        if (!share.isValid())
            return;
        const QRectF cell = QRectF(option.rect).adjusted(padding, 0, -padding, 0);
        const double height = std::max(4.0, cell.height() / 3);
        painter->fillRect(QRectF(cell.left(), cell.center().y() - height / 2, cell.width() * share.toDouble(), height),
                          wash(theme().color(Role::Accent), 0.75));
    }
};

QLabel* makeLine(const char* name, const char* tone, QWidget* parent)
{
    QLabel* const label = makeLabel({}, tone, parent);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setContentsMargins(Theme::unit, 2, Theme::unit, 0);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void say(QLabel& label, const QString& words)
{
    label.setText(words);
    label.setVisible(!words.isEmpty());
}

} // namespace

SignalsPanel::SignalsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::SignalsView>()),
      m_pages(new QStackedLayout), m_empty(makeLine("signals_empty", "dim", this)),
      m_verdict(makeLine("signals_verdict", "strong", this)),
      m_demonstration(makeLine("signals_demonstration", "warning", this)),
      m_today(makeLine("signals_today", "strong", this)), m_message(makeLine("signals_message", "dim", this)),
      m_model(new SignalsModel(context.theme, this)), m_shares(new SignalSharesModel(this)),
      m_table(new QTableView(this)), m_bars(new QTableView(this)), m_facts(new FactRows(this)),
      m_target(new QComboBox(this)), m_train(new QPushButton(tr("Train demonstration"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_progress(new QProgressBar(this))
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setMinimumWidth(leastWidth); // a folder may be longer than the dock is wide
    auto* const content = new QWidget(this);
    auto* const parts = new QVBoxLayout(content);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(Theme::unit / 2);
    parts->addWidget(makeModels(), 2);
    parts->addWidget(new ColumnScroll(makeDetails(), content), 3);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_pages, 1);
    column->addWidget(makeFooter());
    draw(m_view);
}

QWidget* SignalsPanel::makeModels()
{
    m_table->setObjectName(QStringLiteral("signals_models"));
    m_table->setAccessibleName(tr("trained models, and what they are worth"));
    m_table->setModel(m_model);
    prepareTable(*m_table, m_context.theme, -1);
    using Model = SignalsModel;
    new ColumnFitter(*m_table, *m_table->horizontalHeader(),
                     {Model::UntilColumn, Model::IntervalColumn, Model::ChanceColumn, Model::TargetColumn,
                      Model::AreaColumn, Model::TodayColumn});
    m_table->setMinimumWidth(leastWidth);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        const desk::SignalRow* const row = m_model->at(now.row());
        if (m_isFilling || !row)
            return;
        m_chosen = row->name;
        drawCurrent();
    });
    connect(&m_context.theme, &Theme::changed, this, &SignalsPanel::fitModels);
    return m_table;
}

/// Side by side where there is room, or one of them is always out of sight.
void SignalsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    m_figures->setDirection(width() < roomForTwo ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

/// As high as its models need and no higher: what is known of the picked one has the rest.
void SignalsPanel::fitModels()
{
    const int row = m_context.theme.rowHeight();
    m_table->setMinimumHeight((leastRows + 1) * row);
    m_table->setMaximumHeight((std::max(leastRows, m_model->rowCount()) + 1) * row + 2 * m_table->frameWidth());
    m_table->viewport()->update();
}

QWidget* SignalsPanel::makeDetails()
{
    auto* const details = new QWidget(this);
    auto* const column = new QVBoxLayout(details);
    column->setContentsMargins(0, 0, 0, Theme::unit / 2);
    column->setSpacing(Theme::unit / 2);
    m_facts->setObjectName(QStringLiteral("signals_facts"));
    m_bars->setObjectName(QStringLiteral("signals_shares"));
    m_bars->setAccessibleName(tr("what the trees of the chosen model look at"));
    m_bars->setModel(m_shares);
    prepareTable(*m_bars, m_context.theme, SignalSharesModel::BarColumn);
    m_bars->setItemDelegate(new ShareDelegate(m_context.theme, m_bars));
    setColumnWidths(*m_bars, *m_bars->horizontalHeader(), {30, 8, 9});
    const auto setHeight = [this] { m_bars->setFixedHeight((barsShown + 1) * m_context.theme.rowHeight()); };
    setHeight();
    connect(&m_context.theme, &Theme::changed, m_bars, setHeight);
    column->addWidget(m_verdict);
    column->addWidget(m_demonstration);
    column->addWidget(m_today);
    m_figures = new QBoxLayout(QBoxLayout::TopToBottom);
    m_figures->setSpacing(Theme::unit / 2);
    m_figures->addWidget(m_facts, 1, Qt::AlignTop);
    m_figures->addWidget(m_bars, 1, Qt::AlignTop);
    column->addLayout(m_figures);
    column->addStretch(1);
    return details;
}

QWidget* SignalsPanel::makeFooter()
{
    auto* const footer = new QWidget(this);
    auto* const column = new QVBoxLayout(footer);
    column->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    column->setSpacing(Theme::unit / 2);
    m_progress->setObjectName(QStringLiteral("signals_progress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_target->setObjectName(QStringLiteral("signals_target"));
    m_target->setAccessibleName(tr("question of the demonstration"));
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const std::string& target : desk::signalTargets()) {
        m_target->addItem(signalTargetWord(target), text(target));
        m_target->setItemData(m_target->count() - 1, signalQuestion(target), Qt::ToolTipRole);
    }
    m_train->setObjectName(QStringLiteral("signals_train"));
    m_train->setToolTip(
        tr("Trains a model for this question on the simulated market and puts it into the signals "
           "folder, in the place of an earlier one. It takes a minute, and some where it needs chains."));
    m_cancel->setObjectName(QStringLiteral("signals_cancel"));
    m_cancel->setToolTip(tr("Stops the training; no file is written"));
    connect(m_train, &QPushButton::clicked, this, [this] {
        m_context.desk.trainDemonstration(m_target->currentData().toString().toStdString());
        draw(m_context.desk.signalModels());
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_context.desk.cancelDemonstration();
        draw(m_context.desk.signalModels());
    });
    auto* const row = new QHBoxLayout;
    row->setSpacing(Theme::unit / 2);
    row->addWidget(m_target, 1);
    row->addWidget(m_train);
    row->addWidget(m_cancel);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addLayout(row);
    return footer;
}

void SignalsPanel::refresh()
{
    m_context.desk.followSignals();
    std::shared_ptr<const desk::SignalsView> view = m_context.desk.signalModels();
    if (view != m_view)
        draw(std::move(view));
}

void SignalsPanel::draw(std::shared_ptr<const desk::SignalsView> view)
{
    m_view = std::move(view);
    {
        const QScopedValueRollback filling(m_isFilling, true);
        m_model->update(*m_view);
        fitModels();
        const int chosen = std::max(0, m_model->rowOf(m_chosen));
        if (m_model->rowCount() > 0 && m_table->currentIndex().row() != chosen)
            m_table->selectRow(chosen);
    }
    m_pages->setCurrentIndex(m_view->rows.empty() ? 0 : 1);
    drawEmpty();
    drawCurrent();
    drawTraining();
}

void SignalsPanel::drawEmpty()
{
    if (!m_view->failure.empty())
        m_empty->setText(tr("The models could not be read: %1").arg(text(m_view->failure)));
    else if (!m_view->isRead)
        m_empty->setText(tr("Looking for trained models…"));
    else
        m_empty->setText(
            tr("No model is in %1. “Train demonstration” makes one of the simulated market; of real days, "
               "the command line does: %2")
                .arg(text(m_view->folder), QStringLiteral("vegadesk-cli signal train --bars sp500.csv.gz --volatility "
                                                          "vix.csv.gz --target premium_pays --out sp500_premium")));
}

void SignalsPanel::drawCurrent()
{
    const desk::SignalRow* const row = m_model->at(m_table->currentIndex().row());
    if (!row)
        return;
    const bool isRead = row->failure.empty();
    say(*m_verdict, signalVerdict(*row));
    setLook(*m_verdict, "tone",
            isRead ? (row->hasSignal ? QStringLiteral("accent") : QStringLiteral("strong"))
                   : QStringLiteral("warning"));
    say(*m_demonstration, signalDemonstration(*row));
    say(*m_today, isRead ? signalTodayText(row->today) : QString());
    std::vector<FactRows::Fact> facts;
    if (isRead)
        facts = {
            {tr("Question"), signalTargetWord(row->target), "strong", signalQuestion(row->target)},
            {tr("Area under the curve, out of sample"), number(row->area, decimals), "strong",
             tr("0.5 is chance: of two days, how often the one that came true was ranked higher")},
            {tr("95 % interval"),
             tr("%1 to %2").arg(number(row->areaLow, decimals), number(row->areaHigh, decimals)),
             "strong",
             {}},
            {tr("p by permutation"), number(row->chance, decimals), "strong", {}},
            {tr("Brier score, of the base rate"),
             tr("%1, %2").arg(number(row->brier, scoreDecimals), number(row->brierOfRate, scoreDecimals)), "strong",
             tr("Lower is better: above the base rate's, its probabilities are not to be taken at their word")},
            {tr("Trained until"), dateText(row->trainedUntil), "strong", tr("Trained on %1").arg(text(row->source))}};
    m_facts->setFacts(facts);
    m_shares->setShares(row->importance);
    m_bars->setVisible(m_shares->rowCount() > 0);
}

void SignalsPanel::drawTraining()
{
    using State = desk::SignalTraining::State;
    const desk::SignalTraining& training = m_view->training;
    const QString name = text(training.name);
    QString words;
    switch (training.state) {
    case State::None:
        break;
    case State::Running:
        words = tr("Training %1: %2").arg(name, percent(training.progress, 0));
        break;
    case State::Cancelling:
        words = tr("Cancelling …");
        break;
    case State::Finished:
        words = tr("%1 is trained.").arg(name);
        break;
    case State::Cancelled:
        words = tr("Cancelled: no file was written.");
        break;
    case State::Failed:
        words = QStringLiteral("▲ ") + tr("%1 could not be trained: %2").arg(name, text(training.failure));
        break;
    }
    say(*m_message, words);
    setLook(*m_message, "tone", training.state == State::Failed ? QStringLiteral("loss") : QStringLiteral("dim"));
    m_progress->setVisible(training.isRunning());
    m_progress->setValue(static_cast<int>(progressSteps * training.progress));
    m_train->setEnabled(!training.isRunning());
    m_target->setEnabled(!training.isRunning());
    m_cancel->setEnabled(training.state == State::Running);
}

} // namespace vegadesk::ui
