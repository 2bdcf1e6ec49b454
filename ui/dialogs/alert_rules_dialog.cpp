#include "ui/dialogs/alert_rules_dialog.h"

#include "ui/dialogs/webhook_row.h"
#include "ui/models/alert_rules_model.h"
#include "ui/models/alert_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr QSize dialogSize(820, 600);
constexpr int figuresMs = 1000; ///< as often as rules are looked at
constexpr double typedMost = 1e12;

QPushButton* makeButton(const QString& words, const char* name)
{
    auto* const button = new QPushButton(words);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false); // Enter in a field is no click
    return button;
}

monitoring::AlertRule firstDraft()
{
    monitoring::AlertRule rule;
    rule.measure = "daily_loss";
    rule.threshold = 0.03;
    return rule;
}
} // namespace

AlertRulesDialog::AlertRulesDialog(desk::Desk& desk, const Theme& theme, QWidget* parent)
    : QDialog(parent), m_desk(desk), m_model(new AlertRulesModel(
                                         theme, desk.alerts()->measures,
                                         [&desk](const std::string& measure, const std::string& subject) {
                                             return desk.alertFigure(measure, subject);
                                         },
                                         this)),
      m_view(new QTableView(this)), m_empty(makeLabel({}, "dim", m_view->viewport())),
      m_problem(makeLabel({}, "loss", this)), m_duplicate(makeButton(tr("Duplicate"), "alert_duplicate")),
      m_remove(makeButton(tr("Delete"), "alert_delete")), m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("alert_rules_dialog"));
    setWindowTitle(tr("Alert rules"));
    m_view->setObjectName(QStringLiteral("alert_rules_view"));
    m_view->setAccessibleName(tr("Alert rules"));
    m_view->setModel(m_model);
    prepareTable(*m_view, theme, AlertRulesModel::MeasureColumn);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {4, 30, 9, 7, 10, 10, 8, 7, 9});
    m_empty->setText(tr("No rules yet. “Add” makes one; “Suggested rules” those that most people want."));
    auto* const cover = new QVBoxLayout(m_view->viewport());
    cover->addWidget(m_empty, 0, Qt::AlignCenter);

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(Theme::unit);
    QLabel* const about = makeLabel(tr("A rule speaks once when its figure goes beyond the threshold, and again only "
                                       "after it was back by 2 % of it. "
                                       "Each is listed in Alerts and in the log."),
                                    "dim", this);
    about->setWordWrap(true);
    layout->addWidget(about);
    layout->addWidget(m_view, 1);
    QPushButton* const addNew = makeButton(tr("Add"), "alert_add");
    QPushButton* const suggested = makeButton(tr("Suggested rules"), "alert_suggest");
    suggested->setToolTip(tr("Daily loss, leverage, value at risk, a stressed market, a silent feed and orders whose "
                             "outcome is not known; only what is not watched yet"));
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit);
    for (QPushButton* const button : {addNew, m_duplicate, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(suggested);
    layout->addLayout(buttons);
    layout->addWidget(makeForm());
    m_problem->setObjectName(QStringLiteral("alert_problem"));
    m_problem->setWordWrap(true);
    m_problem->setMinimumHeight(m_problem->fontMetrics().height()); // nothing moves when there is something to say
    layout->addWidget(m_problem);
    auto* const line = new QFrame(this);
    line->setProperty("kind", QStringLiteral("line"));
    line->setFixedHeight(1);
    layout->addWidget(line);
    layout->addWidget(new WebhookRow(desk, this));

    auto* const box = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    setLook(*box->button(QDialogButtonBox::Save), "kind", QStringLiteral("primary"));
    box->button(QDialogButtonBox::Save)->setText(tr("Keep the rules"));
    box->button(QDialogButtonBox::Save)->setObjectName(QStringLiteral("alert_save"));
    layout->addWidget(box);
    connect(box, &QDialogButtonBox::accepted, this, &AlertRulesDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(addNew, &QPushButton::clicked, this, [this] { add(firstDraft()); });
    connect(suggested, &QPushButton::clicked, this, &AlertRulesDialog::suggest);
    connect(m_duplicate, &QPushButton::clicked, this, &AlertRulesDialog::duplicate);
    connect(m_remove, &QPushButton::clicked, this, &AlertRulesDialog::removeCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AlertRulesDialog::showRow);
    connect(m_timer, &QTimer::timeout, this, [this] {
        m_model->tellFigures();
        if (const int row = currentRow(); row >= 0)
            m_now->setText(m_model->index(row, AlertRulesModel::NowColumn).data().toString());
    });
    m_timer->start(figuresMs);
    m_model->setRules(desk.alerts()->rules);
    select(0);
    resize(dialogSize);
}

QWidget* AlertRulesDialog::makeForm()
{
    m_form = new QWidget(this);
    m_measure = new QComboBox(m_form);
    m_measure->setObjectName(QStringLiteral("alert_measure"));
    m_measure->setAccessibleName(tr("Measure"));
    for (const desk::AlertMeasure& measure : m_model->measures())
        m_measure->addItem(text(measure.title), text(measure.id));
    m_symbol = new QLineEdit(m_form);
    m_symbol->setObjectName(QStringLiteral("alert_symbol"));
    m_symbol->setAccessibleName(tr("Symbol"));
    m_symbol->setPlaceholderText(tr("symbol"));
    m_symbol->setMaxLength(21);
    m_symbol->setFixedWidth(92);
    m_when = new QComboBox(m_form);
    m_when->setObjectName(QStringLiteral("alert_when"));
    m_when->setAccessibleName(tr("When"));
    m_when->addItems({tr("above"), tr("below")});
    m_threshold = new QDoubleSpinBox(m_form);
    m_threshold->setObjectName(QStringLiteral("alert_threshold"));
    m_threshold->setAccessibleName(tr("Threshold"));
    m_threshold->setRange(-typedMost,
                          typedMost); // what a measure allows is said, and not silently made of what is typed
    m_threshold->setGroupSeparatorShown(true);
    m_threshold->setMinimumWidth(120);
    m_now = makeLabel({}, "strong", m_form);
    m_now->setObjectName(QStringLiteral("alert_now"));
    m_now->setMinimumWidth(72);
    auto* const row = new QHBoxLayout(m_form);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::unit);
    row->addWidget(m_measure, 1);
    for (QWidget* const field : std::initializer_list<QWidget*>{m_symbol, m_when, m_threshold})
        row->addWidget(field);
    row->addSpacing(Theme::unit);
    row->addWidget(makeLabel(tr("now"), "dim", m_form));
    row->addWidget(m_now);
    connect(m_measure, &QComboBox::currentIndexChanged, this, &AlertRulesDialog::takeTerms);
    connect(m_symbol, &QLineEdit::textChanged, this, &AlertRulesDialog::takeTerms);
    connect(m_when, &QComboBox::currentIndexChanged, this, &AlertRulesDialog::takeTerms);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &AlertRulesDialog::takeTerms);
    return m_form;
}

int AlertRulesDialog::currentRow() const
{
    return m_view->currentIndex().row();
}

void AlertRulesDialog::select(int row)
{
    m_view->selectRow(std::min(row, m_model->rowCount() - 1));
    showRow();
}

void AlertRulesDialog::add(monitoring::AlertRule rule)
{
    rule.id.clear();
    m_model->add(std::move(rule));
    select(m_model->rowCount() - 1);
    m_view->scrollToBottom();
    m_threshold->setFocus(Qt::OtherFocusReason);
    m_threshold->selectAll();
}

void AlertRulesDialog::suggest()
{
    const int before = m_model->rowCount();
    for (const monitoring::AlertRule& rule : suggestedAlertRules(m_desk.trading()->gauges)) {
        const bool isThere = std::ranges::any_of(m_model->rules(), [&rule](const monitoring::AlertRule& each) {
            return each.measure == rule.measure && each.isAbove == rule.isAbove;
        });
        if (!isThere)
            m_model->add(rule);
    }
    select(before);
}

void AlertRulesDialog::duplicate()
{
    if (const int row = currentRow(); row >= 0)
        add(m_model->rules()[static_cast<std::size_t>(row)]);
}

void AlertRulesDialog::removeCurrent()
{
    const int row = currentRow();
    if (row < 0)
        return;
    m_model->remove(row);
    select(row);
}

void AlertRulesDialog::showRow()
{
    const int row = currentRow();
    const bool hasRow = row >= 0 && row < m_model->rowCount();
    m_empty->setVisible(m_model->rowCount() == 0);
    for (QWidget* const part : std::initializer_list<QWidget*>{m_form, m_duplicate, m_remove})
        part->setEnabled(hasRow);
    if (hasRow) {
        m_isShowing = true;
        const monitoring::AlertRule& rule = m_model->rules()[static_cast<std::size_t>(row)];
        m_measure->setCurrentIndex(m_measure->findData(text(rule.measure)));
        m_symbol->setText(text(rule.subject));
        m_when->setCurrentIndex(rule.isAbove ? 0 : 1);
        if (const desk::AlertMeasure* const measure = findAlertMeasure(m_model->measures(), rule.measure)) {
            const TypedUnit unit = typedUnit(*measure);
            m_symbol->setEnabled(measure->wantsSubject || !rule.subject.empty());
            m_threshold->setDecimals(unit.decimals);
            m_threshold->setSuffix(unit.suffix);
            m_threshold->setValue(std::isnan(rule.threshold) ? 0 : unit.factor * rule.threshold);
        }
        m_now->setText(m_model->index(row, AlertRulesModel::NowColumn).data().toString());
        m_isShowing = false;
    }
    showProblem();
}

void AlertRulesDialog::showProblem()
{
    const int row = currentRow();
    const QString problem = row >= 0 && row < m_model->rowCount() ? m_model->problem(row) : QString();
    m_problem->setText(problem.isEmpty() ? QString() : QStringLiteral("▲ ") + problem);
}

void AlertRulesDialog::takeTerms()
{
    const int row = currentRow();
    if (m_isShowing || row < 0)
        return;
    monitoring::AlertRule rule = m_model->rules()[static_cast<std::size_t>(row)];
    const std::string measureId = m_measure->currentData().toString().toStdString();
    const desk::AlertMeasure* const measure = findAlertMeasure(m_model->measures(), measureId);
    if (!measure)
        return;
    const bool isOther = measureId != rule.measure;
    rule.measure = measureId;
    rule.subject = measure->wantsSubject ? m_symbol->text().trimmed().toUpper().toStdString() : std::string();
    rule.isAbove = m_when->currentIndex() == 0;
    if (isOther) {
        // A threshold of another unit means nothing: begin at the figure of now.
        const double now = m_desk.alertFigure(rule.measure, rule.subject);
        rule.threshold = std::clamp(std::isnan(now) ? 0 : now, measure->lowest, measure->highest);
    } else {
        rule.threshold = m_threshold->value() / typedUnit(*measure).factor;
    }
    m_model->setRule(row, rule);
    if (isOther)
        showRow();
    m_now->setText(m_model->index(row, AlertRulesModel::NowColumn).data().toString());
    showProblem();
}

void AlertRulesDialog::accept()
{
    if (const int row = m_model->firstProblem(); row >= 0) {
        select(row);
        m_view->scrollTo(m_model->index(row, 0));
        (m_symbol->isEnabled() && m_symbol->text().isEmpty() ? static_cast<QWidget*>(m_symbol) : m_threshold)
            ->setFocus();
        return;
    }
    if (const auto done = m_desk.setAlertRules(m_model->rules()); !done) {
        m_problem->setText(QStringLiteral("▲ ") + text(done.error().message()));
        return;
    }
    QDialog::accept();
}

} // namespace vegadesk::ui
