#include "ui/dialogs/run_settings_form.h"

#include "desk/limit_settings.h"
#include "ui/dialogs/calm_box.h"
#include "ui/dialogs/signal_fields.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr std::array tolerances{risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High};
constexpr double leastCapital = 1'000, mostCapital = 1e9;

base::Date fromQDate(const QDate& date)
{
    return base::makeDate(date.year(), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}
} // namespace

void prepareRows(QFormLayout& form)
{
    form.setContentsMargins(0, 0, 0, 0);
    form.setVerticalSpacing(6);
    form.setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void alignRows(std::initializer_list<QFormLayout*> forms)
{
    std::vector<QWidget*> labels;
    for (const QFormLayout* const form : forms) {
        for (int row = 0; row < form->rowCount(); ++row) {
            if (const QLayoutItem* const item = form->itemAt(row, QFormLayout::LabelRole); item && item->widget())
                labels.push_back(item->widget());
        }
    }
    int widest = 0;
    for (const QWidget* const label : labels)
        widest = std::max(widest, label->sizeHint().width());
    for (QWidget* const label : labels)
        label->setMinimumWidth(widest);
}

RunSettingsForm::RunSettingsForm(const char* prefix, desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_prefix(QLatin1String(prefix)), m_rows(new QFormLayout(this)), m_desk(desk)
{
    prepareRows(*m_rows);
    addMarketRows(*m_rows);
    addMoneyRows(*m_rows);
    for (QComboBox* const box : {m_underlying, m_tolerance})
        connect(box, &QComboBox::currentTextChanged, this, &RunSettingsForm::check);
    connect(m_folder, &QLineEdit::textChanged, this, &RunSettingsForm::check);
    connect(m_allDays, &QCheckBox::toggled, this, &RunSettingsForm::check);
    for (QDateEdit* const date : {m_start, m_end})
        connect(date, &QDateEdit::dateChanged, this, &RunSettingsForm::check);
    for (QDoubleSpinBox* const figure : {m_capital, m_slippage, m_spread, m_interest})
        connect(figure, &QDoubleSpinBox::valueChanged, this, &RunSettingsForm::check);
    connect(m_seed, &QSpinBox::valueChanged, this, &RunSettingsForm::check);
    connect(m_signal, &SignalFields::changed, this, &RunSettingsForm::check);
    check();
}

template<class Box>
Box* RunSettingsForm::add(const char* id)
{
    auto* const box = new CalmBox<Box>(this);
    box->setObjectName(m_prefix + u'_' + QLatin1String(id));
    box->setFocusPolicy(Qt::StrongFocus);
    return box;
}

QDateEdit* RunSettingsForm::addDate(const char* id, const QDate& date)
{
    auto* const edit = add<QDateEdit>(id);
    edit->setDate(date);
    edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    edit->setCalendarPopup(true);
    return edit;
}

QDoubleSpinBox* RunSettingsForm::addNumber(const char* id, double low, double high, double value, int decimals,
                                           double step)
{
    auto* const box = add<QDoubleSpinBox>(id);
    box->setRange(low, high);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setGroupSeparatorShown(true);
    box->setValue(value);
    box->setAlignment(Qt::AlignRight);
    return box;
}

QLabel* RunSettingsForm::name(const QString& words, QWidget* buddy)
{
    QLabel* const label = makeLabel(words, "dim", this);
    label->setBuddy(buddy);
    return label;
}

/// A line for what is wrong with the field above it.
void RunSettingsForm::addChecked(QFormLayout& form, const char* id, QWidget* field, std::function<QString()> fault)
{
    QLabel* const words = makeLabel({}, "warning", this);
    words->setObjectName(m_prefix + QStringLiteral("_fault_") + QLatin1String(id));
    words->setWordWrap(true);
    form.addRow(words);
    m_checked.push_back({field, words, std::move(fault)});
}

void RunSettingsForm::addMarketRows(QFormLayout& form)
{
    m_underlying = add<QComboBox>("underlying");
    m_underlying->setEditable(true);
    m_underlying->addItems(m_desk.settings().watchlist());
    m_underlying->setCurrentText(text(desk::BacktestRequest().underlying));
    m_folder = new QLineEdit(this);
    m_folder->setObjectName(m_prefix + QStringLiteral("_folder"));
    m_folder->setPlaceholderText(tr("generated market"));
    m_folder->setClearButtonEnabled(true);
    m_folder->setToolTip(
        tr("A folder of recorded chains. Empty: prices are generated from the seed, and are nobody's market."));
    auto* const find = new QPushButton(tr("…"), this);
    find->setToolTip(tr("Choose a folder of recorded chains"));
    find->setFixedWidth(Theme::unit * 4);
    find->setAutoDefault(false);
    connect(find, &QPushButton::clicked, this, &RunSettingsForm::browse);
    auto* const folder = new QHBoxLayout;
    folder->setSpacing(Theme::unit / 2);
    folder->addWidget(m_folder, 1);
    folder->addWidget(find);
    m_allDays = new QCheckBox(tr("All days of the data"), this);
    m_allDays->setObjectName(m_prefix + QStringLiteral("_all_days"));
    m_allDays->setChecked(true);
    m_start = addDate("start", QDate(2023, 1, 1));
    m_end = addDate("end", QDate(2024, 1, 1));

    form.addRow(name(tr("Underlying"), m_underlying), m_underlying);
    addChecked(form, "underlying", m_underlying, [this] {
        return m_underlying->currentText().trimmed().isEmpty() ? tr("Underlying: enter a symbol, such as SPY.")
                                                               : QString();
    });
    form.addRow(name(tr("Data"), m_folder), folder);
    addChecked(form, "folder", m_folder, [this] { return folderFault(); });
    form.addRow(QString(), m_allDays);
    form.addRow(name(tr("From"), m_start), m_start);
    form.addRow(name(tr("To"), m_end), m_end);
    addChecked(form, "end", m_end, [this] { return dateFault(); });
}

void RunSettingsForm::addMoneyRows(QFormLayout& form)
{
    const desk::BacktestRequest usual;
    m_capital = addNumber("capital", leastCapital, mostCapital, usual.capital, 0, 10'000);
    m_capital->setToolTip(tr("%1 to %2 dollars").arg(number(leastCapital, 0), number(mostCapital, 0)));
    m_tolerance = add<QComboBox>("tolerance");
    m_tolerance->setToolTip(
        tr("The limits that the risk gate goes by, and what a trade may lose: that tolerance's own"));
    for (const risk::Tolerance each : tolerances)
        m_tolerance->addItem(toleranceWord(risk::toText(each)));
    const auto* const inForce = std::ranges::find(tolerances, desk::toleranceOf(m_desk.settings()));
    m_tolerance->setCurrentIndex(static_cast<int>(inForce - tolerances.begin()));
    m_slippage = addNumber("slippage", 0, 10, 100 * usual.slippage, 2, 0.05);
    m_slippage->setSuffix(tr(" %"));
    m_slippage->setToolTip(tr("Of the price, on top of every fill, against us: 0 to 10 %"));
    m_spread = addNumber("spread", 0, 100, 100 * usual.spreadFraction, 0, 10);
    m_spread->setSuffix(tr(" %"));
    m_spread->setToolTip(tr(
        "How much of the half spread a fill pays: 100 % buys at the ask and sells at the bid, 0 % trades at the mid"));
    m_interest = addNumber("interest", -10, 100, 100 * usual.interestRate, 2, 0.25);
    m_interest->setSuffix(tr(" %"));
    m_interest->setToolTip(tr(
        "A year, of recorded days: interest, early exercise and volatilities go by it. Generated markets have rates of "
        "their own"));
    m_seed = add<QSpinBox>("seed");
    m_seed->setRange(1, std::numeric_limits<int>::max());
    m_seed->setValue(static_cast<int>(usual.seed));
    m_seed->setAlignment(Qt::AlignRight);
    m_seed->setToolTip(tr("The same seed gives the same generated market and the same result"));
    form.addRow(name(tr("Capital, dollars"), m_capital), m_capital);
    form.addRow(name(tr("Tolerance"), m_tolerance), m_tolerance);
    form.addRow(name(tr("Slippage"), m_slippage), m_slippage);
    form.addRow(name(tr("Spread paid"), m_spread), m_spread);
    form.addRow(name(tr("Interest rate"), m_interest), m_interest);
    form.addRow(name(tr("Seed"), m_seed), m_seed);
    m_signal = new SignalFields(m_desk, this);
    form.addRow(name(tr("Signal"), m_signal), m_signal);
    addChecked(form, "signal", m_signal, [this] { return m_signal->fault(); });
}

QString RunSettingsForm::folder() const
{
    return m_folder->text().trimmed();
}

bool RunSettingsForm::hasDates() const
{
    return folder().isEmpty() || !m_allDays->isChecked();
}

QString RunSettingsForm::dateFault() const
{
    if (!hasDates() || m_end->date() > m_start->date())
        return {};
    return tr("To: must be later than From (%1).").arg(dateText(fromQDate(m_start->date())));
}

QString RunSettingsForm::folderFault() const
{
    if (folder().isEmpty() || QFileInfo::exists(folder()))
        return {};
    return tr("Data: there is no %1.").arg(folder());
}

void RunSettingsForm::check()
{
    for (const Checked& each : m_checked) {
        const QString fault = each.fault();
        each.words->setText(fault);
        each.words->setVisible(!fault.isEmpty());
    }
    const bool isRecorded = !folder().isEmpty();
    m_allDays->setVisible(isRecorded);
    m_start->setEnabled(hasDates());
    m_end->setEnabled(hasDates());
    m_interest->setEnabled(isRecorded);
    m_seed->setEnabled(!isRecorded);
    Q_EMIT changed();
}

QString RunSettingsForm::fault() const
{
    const auto wrong =
        std::ranges::find_if(m_checked, [](const Checked& each) { return !each.words->text().isEmpty(); });
    return wrong == m_checked.end() ? QString() : wrong->words->text();
}

void RunSettingsForm::focusFault()
{
    const auto wrong =
        std::ranges::find_if(m_checked, [](const Checked& each) { return !each.words->text().isEmpty(); });
    if (wrong != m_checked.end())
        wrong->field->setFocus();
}

void RunSettingsForm::setUsualCapital(double dollars)
{
    if (m_capital->value() == m_usualCapital)
        m_capital->setValue(dollars);
    m_usualCapital = dollars;
}

void RunSettingsForm::browse()
{
    auto* const chooser = new QFileDialog(this, tr("Folder of recorded chains"), m_folder->text());
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::Directory);
    chooser->setOption(QFileDialog::ShowDirsOnly);
    connect(chooser, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    chooser->open();
}

void RunSettingsForm::fill(desk::BacktestRequest& request) const
{
    request.underlying = m_underlying->currentText().trimmed().toUpper().toStdString();
    if (hasDates()) {
        request.start = fromQDate(m_start->date());
        request.end = fromQDate(m_end->date());
    }
    request.capital = m_capital->value();
    request.tolerance = tolerances[static_cast<std::size_t>(m_tolerance->currentIndex())];
    request.slippage = m_slippage->value() / 100;
    request.spreadFraction = m_spread->value() / 100;
    request.interestRate = m_interest->value() / 100;
    request.seed = static_cast<std::uint64_t>(m_seed->value());
    request.dataFolder = folder().toStdString();
    request.signal = m_signal->choice();
}

} // namespace vegadesk::ui
