#include "ui/dialogs/backtest_dialog.h"

#include "ui/dialogs/backtest_results.h"
#include "ui/dialogs/parameter_form.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr int formWidth = 336, progressSteps = 1000;
constexpr double minute = 60;

base::Date fromQDate(const QDate& date)
{
    return base::makeDate(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

QDateEdit* makeDate(const QDate& date, QWidget* parent)
{
    auto* const edit = new QDateEdit(date, parent);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setCalendarPopup(true);
    return edit;
}

QDoubleSpinBox* makeNumber(double low, double high, double value, int decimals, double step, QWidget* parent)
{
    auto* const box = new QDoubleSpinBox(parent);
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    return box;
}
} // namespace

BacktestDialog::BacktestDialog(const PanelContext& context, QWidget* parent)
    : QDialog(parent), m_context(context), m_strategies(context.desk.strategies())
{
    setObjectName(QStringLiteral("backtest_dialog"));
    setWindowTitle(tr("Backtest"));
    setModal(false);
    resize(1120, 760);

    m_results = new BacktestResults(m_context.theme, this);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    row->setSpacing(Theme::unit * 2);
    row->addWidget(makeForm());
    row->addWidget(m_results, 1);

    for (const desk::StrategyOption& option : m_strategies)
        m_strategy->addItem(text(option.title), text(option.name));
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &BacktestDialog::chooseStrategy);
    chooseStrategy(m_strategy->currentIndex());

    connect(&m_context.desk, &desk::Desk::backtestProgressed, this, &BacktestDialog::showProgress);
    connect(&m_context.desk, &desk::Desk::backtestFinished, this, &BacktestDialog::finish);
    drawRunning();
}

BacktestDialog::~BacktestDialog()
{
    if (m_running != 0)
        m_context.desk.cancelBacktest(m_running);
}

QWidget* BacktestDialog::makeForm()
{
    m_fields = new QWidget(this);
    m_strategy = new QComboBox(m_fields);
    m_strategy->setObjectName(QStringLiteral("backtest_strategy"));
    m_about = makeLabel({}, "dim", m_fields);
    m_about->setWordWrap(true);
    m_parameters = new ParameterForm(m_fields);

    auto* const form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(makeLabel(tr("Strategy"), "dim", m_fields), m_strategy);
    form->addRow(m_about);
    addMarketRows(*form);
    addMoneyRows(*form);
    auto* const fields = new QVBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, Theme::unit, 0);
    fields->setSpacing(Theme::unit);
    fields->addLayout(form);
    fields->addWidget(makeLabel(tr("Parameters"), "strong", m_fields));
    fields->addWidget(m_parameters);
    fields->addStretch();

    auto* const scroll = new QScrollArea(this);
    scroll->setWidget(m_fields);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
    scroll->viewport()->setAutoFillBackground(false);
    m_fields->setAutoFillBackground(false);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const side = new QWidget(this);
    side->setFixedWidth(formWidth);
    auto* const column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(scroll, 1);
    column->addWidget(makeControls());
    return side;
}

void BacktestDialog::addMarketRows(QFormLayout& form)
{
    m_underlying = new QComboBox(m_fields);
    m_underlying->setObjectName(QStringLiteral("backtest_underlying"));
    m_underlying->setEditable(true);
    m_underlying->addItems(m_context.desk.settings().watchlist());
    const desk::BacktestRequest usual;
    m_underlying->setCurrentText(text(usual.underlying));
    m_start = makeDate(QDate(2023, 1, 1), m_fields);
    m_start->setObjectName(QStringLiteral("backtest_start"));
    m_end = makeDate(QDate(2024, 1, 1), m_fields);
    m_end->setObjectName(QStringLiteral("backtest_end"));

    m_folder = new QLineEdit(m_fields);
    m_folder->setObjectName(QStringLiteral("backtest_folder"));
    m_folder->setPlaceholderText(tr("generated market"));
    m_folder->setClearButtonEnabled(true);
    m_folder->setToolTip(
        tr("A folder of recorded chains. Empty: prices are generated from the seed, and are nobody's market."));
    auto* const find = new QPushButton(tr("…"), m_fields);
    find->setToolTip(tr("Choose a folder of recorded chains"));
    find->setFixedWidth(Theme::unit * 4);
    connect(find, &QPushButton::clicked, this, &BacktestDialog::browse);
    auto* const folder = new QHBoxLayout;
    folder->setSpacing(Theme::unit / 2);
    folder->addWidget(m_folder, 1);
    folder->addWidget(find);

    const auto name = [this](const QString& words) { return makeLabel(words, "dim", m_fields); };
    form.addRow(name(tr("Underlying")), m_underlying);
    form.addRow(name(tr("Data")), folder);
    form.addRow(name(tr("From")), m_start);
    form.addRow(name(tr("To")), m_end);
}

void BacktestDialog::addMoneyRows(QFormLayout& form)
{
    const desk::BacktestRequest usual;
    m_capital = makeNumber(1'000, 1e9, usual.capital, 0, 10'000, m_fields);
    m_capital->setObjectName(QStringLiteral("backtest_capital"));
    m_slippage = makeNumber(0, 10, 100 * usual.slippage, 2, 0.05, m_fields);
    m_slippage->setSuffix(tr(" %"));
    m_slippage->setToolTip(tr("Of the price, on top of every fill, against us"));
    m_spread = makeNumber(0, 100, 100 * usual.spreadFraction, 0, 10, m_fields);
    m_spread->setSuffix(tr(" %"));
    m_spread->setToolTip(tr(
        "How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid"));
    m_seed = new QSpinBox(m_fields);
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(usual.seed));
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setToolTip(tr("The same seed gives the same generated market and the same result"));
    const auto name = [this](const QString& words) { return makeLabel(words, "dim", m_fields); };
    form.addRow(name(tr("Capital, dollars")), m_capital);
    form.addRow(name(tr("Slippage")), m_slippage);
    form.addRow(name(tr("Spread paid")), m_spread);
    form.addRow(name(tr("Seed")), m_seed);
}

QWidget* BacktestDialog::makeControls()
{
    auto* const controls = new QWidget(this);
    m_run = new QPushButton(tr("Run"), controls);
    m_run->setObjectName(QStringLiteral("backtest_run"));
    m_run->setProperty("kind", QStringLiteral("primary"));
    m_run->setDefault(true);
    m_cancel = new QPushButton(tr("Cancel run"), controls);
    m_cancel->setObjectName(QStringLiteral("backtest_cancel"));
    m_cancel->setAutoDefault(false);
    m_progress = new QProgressBar(controls);
    m_progress->setObjectName(QStringLiteral("backtest_progress"));
    m_progress->setRange(0, progressSteps);
    m_progress->setTextVisible(false);
    m_message = makeLabel({}, "dim", controls);
    m_message->setObjectName(QStringLiteral("backtest_message"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(m_run, &QPushButton::clicked, this, &BacktestDialog::run);
    connect(m_cancel, &QPushButton::clicked, this, &BacktestDialog::cancel);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit);
    buttons->addWidget(m_cancel, 1);
    buttons->addWidget(m_run, 1);
    auto* const column = new QVBoxLayout(controls);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit);
    column->addWidget(m_progress);
    column->addWidget(m_message);
    column->addLayout(buttons);
    return controls;
}

void BacktestDialog::chooseStrategy(int index)
{
    if (index < 0 || index >= static_cast<int>(m_strategies.size()))
        return;
    const desk::StrategyOption& option = m_strategies[static_cast<std::size_t>(index)];
    m_about->setText(text(option.about));
    m_parameters->setSpecs(option.parameters);
}

void BacktestDialog::browse()
{
    auto* const chooser = new QFileDialog(this, tr("Folder of recorded chains"), m_folder->text());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    chooser->setOption(QFileDialog::ShowDirsOnly);
    connect(chooser, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    chooser->open();
}

desk::BacktestRequest BacktestDialog::request() const
{
    desk::BacktestRequest request;
    request.strategy = m_strategy->currentData().toString().toStdString();
    request.underlying = m_underlying->currentText().trimmed().toUpper().toStdString();
    request.start = fromQDate(m_start->date());
    request.end = fromQDate(m_end->date());
    request.capital = m_capital->value();
    request.slippage = m_slippage->value() / 100;
    request.spreadFraction = m_spread->value() / 100;
    request.seed = static_cast<std::uint64_t>(m_seed->value());
    request.parameters = m_parameters->values();
    request.dataFolder = m_folder->text().trimmed().toStdString();
    return request;
}

QString BacktestDialog::fault() const
{
    if (m_strategy->currentIndex() < 0)
        return tr("There is no strategy to run.");
    if (m_underlying->currentText().trimmed().isEmpty())
        return tr("Underlying: enter a symbol, such as SPY.");
    if (m_end->date() <= m_start->date())
        return tr("To: must be later than From (%1).").arg(dateText(fromQDate(m_start->date())));
    return {};
}

void BacktestDialog::run()
{
    if (m_running != 0)
        return;
    const QString wrong = fault();
    if (!wrong.isEmpty()) {
        say(wrong, "warning");
        return;
    }
    m_progress->setValue(0);
    say(tr("Starting …"), "dim");
    m_running = m_context.desk.startBacktest(request());
    drawRunning();
}

void BacktestDialog::cancel()
{
    if (m_running == 0)
        return;
    m_context.desk.cancelBacktest(m_running);
    m_cancel->setEnabled(false);
    say(tr("Cancelling …"), "dim");
}

void BacktestDialog::showProgress(quint64 id, double fraction, double secondsLeft)
{
    if (id != m_running || m_running == 0)
        return;
    m_progress->setValue(static_cast<int>(progressSteps * fraction));
    if (!m_cancel->isEnabled())
        return; // being cancelled: leave the words
    QString left = tr("estimating the time");
    if (std::isfinite(secondsLeft))
        left = secondsLeft < minute ? tr("about %1 s left").arg(number(std::ceil(secondsLeft), 0))
                                    : tr("about %1 min left").arg(number(std::ceil(secondsLeft / minute), 0));
    say(tr("%1 done, %2").arg(percent(fraction, 0), left), "dim");
}

void BacktestDialog::finish(const std::shared_ptr<const desk::BacktestReport>& report)
{
    if (m_running == 0 || report->id != m_running)
        return;
    m_running = 0;
    drawRunning();
    if (!report->failure.empty()) {
        say(tr("It did not run: %1").arg(text(report->failure)), "warning");
        return;
    }
    if (!report->times.empty()) {
        const auto option = std::ranges::find(m_strategies, report->request.strategy, &desk::StrategyOption::name);
        m_results->add(report, text(option == m_strategies.end() ? report->request.strategy : option->title));
    }
    if (report->isCancelled) {
        say(report->times.empty() ? tr("Cancelled before the first day was done.")
                                  : tr("Cancelled. What was done until then is shown."),
            "warning");
        return;
    }
    m_progress->setValue(progressSteps);
    say(tr("Done in %1 s").arg(number(report->seconds, 1)), "dim");
}

void BacktestDialog::drawRunning()
{
    const bool isRunning = m_running != 0;
    m_fields->setEnabled(!isRunning);
    m_run->setEnabled(!isRunning && !m_strategies.empty());
    m_cancel->setEnabled(isRunning);
    if (!isRunning)
        m_progress->setValue(0);
}

void BacktestDialog::say(const QString& words, const char* tone)
{
    m_message->setText(words);
    setLook(*m_message, "tone", QString::fromLatin1(tone));
}

} // namespace vegadesk::ui
