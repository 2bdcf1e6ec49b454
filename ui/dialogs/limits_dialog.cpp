#include "ui/dialogs/limits_dialog.h"

#include "base/clock.h"
#include "desk/limit_settings.h"
#include "ui/models/limit_words.h"
#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int refreshMs = 500;
constexpr double typedMost = 1e6; ///< so that what is over a cap can be typed, and is answered
constexpr int dialogWidth = 640, boxWidth = 110;
enum Column { NameColumn, ProfileColumn, CapColumn, NowColumn, OwnColumn };

QLabel* addCell(QGridLayout& grid, int row, int column, const QString& words, const char* tone)
{
    QLabel* const label = makeLabel(words, tone, nullptr);
    label->setAlignment(Qt::AlignVCenter | (column == NameColumn ? Qt::AlignLeft : Qt::AlignRight));
    grid.addWidget(label, row, column);
    return label;
}
} // namespace

LimitsDialog::LimitsDialog(desk::Desk& desk, QWidget* parent)
    : QDialog(parent), m_desk(desk), m_title(makeLabel({}, "strong", this)), m_state(makeLabel({}, "dim", this)),
      m_consequence(makeLabel({}, "warning", this)), m_problem(makeLabel({}, "loss", this)),
      m_reason(new QLineEdit(this)), m_profile(new QPushButton(tr("Back to the profile"), this))
{
    setObjectName(QStringLiteral("limits_dialog"));
    setWindowTitle(tr("Limits"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(Theme::unit);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * Theme::unit);
    grid->setVerticalSpacing(Theme::unit / 2);
    grid->setColumnStretch(NameColumn, 1);
    addCell(*grid, 0, NameColumn, tr("limit"), "label");
    addCell(*grid, 0, ProfileColumn, tr("profile"), "label")->setToolTip(tr("As shipped with this tolerance"));
    addCell(*grid, 0, CapColumn, tr("hard cap"), "label")
        ->setToolTip(tr("No profile and no figure of yours goes beyond it"));
    addCell(*grid, 0, NowColumn, tr("now"), "label")->setToolTip(tr("What of it is used at this moment"));
    addCell(*grid, 0, OwnColumn, tr("yours"), "label");
    for (const risk::LimitField& field : risk::limitFields())
        addRow(*grid, field);
    layout->addLayout(grid);
    layout->addSpacing(Theme::unit);
    for (QLabel* const label : {m_state, m_consequence, m_problem})
        label->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("limits_state"));
    m_consequence->setObjectName(QStringLiteral("limits_consequence"));
    m_problem->setObjectName(QStringLiteral("limits_problem"));
    layout->addWidget(m_consequence);
    m_reason->setObjectName(QStringLiteral("limits_reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Why? It goes into the journal with the old and the new figures."));
    m_reason->setMaxLength(200);
    layout->addWidget(m_reason);
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().height()); // nothing moves when there is something to say
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_problem);
    layout->addStretch(1);

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_keep = buttons->button(QDialogButtonBox::Ok);
    m_keep->setText(tr("Put in force"));
    m_keep->setObjectName(QStringLiteral("limits_keep"));
    m_keep->setProperty("kind", QStringLiteral("primary"));
    m_profile->setObjectName(QStringLiteral("limits_profile"));
    m_profile->setToolTip(tr("Fills in the profile's own figures; they too come into force with a reason"));
    m_profile->setAutoDefault(false); // Enter in a field is no click
    buttons->addButton(m_profile, QDialogButtonBox::ResetRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &LimitsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_profile, &QPushButton::clicked, this, [this] {
        showLimits(risk::limitsFor(m_tolerance));
        m_reason->setFocus();
    });
    connect(m_reason, &QLineEdit::textChanged, this, &LimitsDialog::refresh);
    // Of another tolerance these would be another profile's figures.
    connect(&desk.settings(), &desk::Settings::changed, this, [this](const QString& key) {
        if (key == QLatin1String(desk::setting::tolerance.key)) {
            m_tolerance = desk::toleranceOf(m_desk.settings());
            showLimits(desk::limitsInForce(m_desk.settings(), m_tolerance));
        }
    });
    m_tolerance = desk::toleranceOf(desk.settings());
    showLimits(desk::limitsInForce(desk.settings(), m_tolerance));
    setTabOrder(m_rows.back().box, m_reason);
    setTabOrder(m_reason, m_profile);
    m_rows.front().box->setFocus();
    auto* const timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &LimitsDialog::refresh);
    timer->start(refreshMs);
    setMinimumWidth(dialogWidth);
}

void LimitsDialog::addRow(QGridLayout& grid, const risk::LimitField& field)
{
    const int line = grid.rowCount();
    const LimitUnit unit = limitUnit(field.id);
    Row row{&field, nullptr, nullptr, nullptr, new QDoubleSpinBox};
    row.name = addCell(grid, line, NameColumn, limitWord(field.id), "dim");
    row.name->setToolTip(limitHelp(field.id));
    row.profile = addCell(grid, line, ProfileColumn, {}, "dim");
    addCell(grid, line, CapColumn, field.isHardCap ? limitText(field.id, field.cap) : QStringLiteral("–"), "dim");
    row.now = addCell(grid, line, NowColumn, {}, "strong");
    row.now->setObjectName(QStringLiteral("limit_now_") + text(field.id));
    row.box->setObjectName(QStringLiteral("limit_") + text(field.id));
    row.box->setAccessibleName(limitWord(field.id));
    row.box->setToolTip(limitHelp(field.id));
    row.box->setDecimals(unit.decimals);
    row.box->setRange(0, typedMost);
    row.box->setSuffix(unit.suffix);
    row.box->setSingleStep(unit.decimals == 0 ? 1 : unit.scale == 1 ? 0.05 : 0.5);
    row.box->setAlignment(Qt::AlignRight);
    row.box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    row.box->setFixedWidth(boxWidth);
    row.name->setBuddy(row.box);
    grid.addWidget(row.box, line, OwnColumn);
    connect(row.box, &QDoubleSpinBox::valueChanged, this, &LimitsDialog::refresh);
    m_rows.push_back(row);
}

void LimitsDialog::showLimits(const risk::Limits& limits)
{
    const risk::Limits profile = risk::limitsFor(m_tolerance);
    for (const Row& row : m_rows) {
        const QSignalBlocker quiet(row.box);
        row.box->setValue(limitUnit(row.field->id).scale * row.field->value(limits));
        row.profile->setText(limitText(row.field->id, row.field->value(profile)));
    }
    refresh();
}

/// What reads as the figure in force or the profile's is that figure, to the last bit.
risk::Limits LimitsDialog::typed() const
{
    const risk::Limits profile = risk::limitsFor(m_tolerance);
    const risk::Limits before = desk::limitsInForce(m_desk.settings(), m_tolerance);
    risk::Limits limits = profile;
    for (const Row& row : m_rows) {
        const LimitUnit unit = limitUnit(row.field->id);
        double value = row.box->value() / unit.scale;
        for (const risk::Limits* const known : {&before, &profile})
            if (std::abs(row.box->value() - unit.scale * row.field->value(*known)) <
                0.5 * std::pow(10.0, -unit.decimals))
                value = row.field->value(*known);
        row.field->set(limits, value);
    }
    return limits;
}

const LimitsDialog::Row* LimitsDialog::impossible(const risk::Limits& limits) const
{
    const auto found = std::ranges::find_if(m_rows, [&](const Row& row) { return !row.field->allows(limits); });
    return found == m_rows.end() ? nullptr : &*found;
}

void LimitsDialog::showNow(const Row& row, const risk::Limits& limits)
{
    const auto trading = m_desk.trading();
    const auto risk = m_desk.risk();
    const double used = limitUsed(row.field->id, *trading, *risk);
    const bool isFactor = row.field->id.starts_with("size-");
    row.now->setText(isFactor && !std::isnan(used) ? tr("in force") : limitText(row.field->id, used));
    const bool isBeyond = !isFactor && used > row.field->value(limits);
    setLook(*row.now, "tone", isBeyond ? QStringLiteral("loss") : QStringLiteral("strong"));
    row.now->setToolTip(isBeyond ? tr("Beyond your figure: what adds to it is refused, what takes from it passes")
                                 : QString());
}

void LimitsDialog::refresh()
{
    const risk::Limits limits = typed();
    const risk::Limits profile = risk::limitsFor(m_tolerance);
    const risk::Limits before = desk::limitsInForce(m_desk.settings(), m_tolerance);
    const auto own = desk::ownLimits(m_desk.settings(), m_tolerance);
    m_title->setText(tr("Tolerance: %1").arg(toleranceWord(risk::toText(m_tolerance))));
    m_state->setText(own ? tr("Your own figures are in force since %1 (New York): “%2”")
                               .arg(newYorkText(own->at, QStringLiteral("d MMM yyyy HH:mm")), text(own->reason))
                     : before == profile
                         ? tr("The profile's figures are in force.")
                         : tr("What was stored of your figures cannot be read: the lowest profile's are in force."));
    for (const Row& row : m_rows) {
        showNow(row, limits);
        const bool isOwn = row.field->value(limits) != row.field->value(profile);
        setLook(*row.name, "tone", isOwn ? QStringLiteral("strong") : QStringLiteral("dim"));
    }
    m_profile->setEnabled(limits != profile);
    const bool isWiderStop = limits.dailyLossStop > before.dailyLossStop;
    m_consequence->setText(
        isWiderStop ? tr("A wider stop lifts none that the day has reached: that holds until the next session.")
                    : QString());
    m_consequence->setVisible(isWiderStop);
    const Row* const wrong = impossible(limits);
    const bool isSame = limits == before;
    m_problem->setText(wrong ? limitProblem(*wrong->field, limits) : QString());
    m_keep->setEnabled(!wrong && !isSame && !m_reason->text().trimmed().isEmpty());
    m_keep->setToolTip(wrong                                  ? m_problem->text()
                       : isSame                               ? tr("These figures are in force.")
                       : m_reason->text().trimmed().isEmpty() ? tr("A change needs a reason.")
                                                              : tr("At once, for orders by hand and of strategies"));
}

void LimitsDialog::accept()
{
    const risk::Limits limits = typed();
    if (const Row* const wrong = impossible(limits))
        return wrong->box->setFocus();
    const auto done =
        desk::setOwnLimits(m_desk.settings(), m_tolerance, limits, m_reason->text(), base::SystemClock().now());
    if (!done) { // the figures are possible: it is the reason
        m_problem->setText(tr("A change needs a reason."));
        return m_reason->setFocus();
    }
    QDialog::accept();
}

} // namespace vegadesk::ui
