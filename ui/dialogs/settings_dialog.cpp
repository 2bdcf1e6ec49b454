#include "ui/dialogs/settings_dialog.h"

#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int fieldWidth = 220, dialogWidth = 520;
}

SettingsDialog::SettingsDialog(desk::Settings& settings, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_compact(new QCheckBox(tr("Compact rows"))),
      m_watchdog(new QCheckBox(tr("Offer to stop trading when this window hangs, from a program of its own"))),
      m_failure(new QLabel)
{
    setObjectName(QStringLiteral("settings_dialog"));
    setWindowTitle(tr("Settings"));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 8, 24, 16);
    layout->setSpacing(8);
    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(32);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(form);
    const auto addHeading = [form](const QString& title) {
        auto* const heading = new QLabel(title);
        heading->setProperty("tone", QStringLiteral("strong"));
        if (form->rowCount() > 0)
            form->addItem(new QSpacerItem(0, Theme::unit));
        form->addRow(heading);
    };

    addHeading(tr("Window"));
    addChoice(*form, desk::setting::theme, tr("Theme"),
              {tr("Dark"), tr("Light"), tr("Blue and orange (colour-blind safe)")}, {});
    form->addRow(QString(), m_compact);
    m_compact->setObjectName(QString::fromLatin1(desk::setting::compactRows.key));
    m_compact->setChecked(m_settings.number(desk::setting::compactRows) != 0);
    addChoice(*form, desk::setting::language, tr("Language"),
              {tr("As the system"), QStringLiteral("English"), QStringLiteral("Deutsch")},
              tr("From the next start on."));

    addHeading(tr("Option chain"));
    addNumber(*form, desk::setting::strikesAround, tr("Strikes on each side of the money"), 0, {}, {});
    addNumber(*form, desk::setting::staleSeconds, tr("A quote is stale after"), 0, tr(" s"),
              tr("Stale quotes are drawn faint, and orders against them are refused."));
    addChoice(
        *form, desk::setting::timeBasis, tr("Time to expiry"), {tr("Calendar"), tr("Trading time")},
        tr("In trading time a day without a session counts a tenth of one with it, so that volatilities compare across "
           "weekends and holidays. Of the chain and the surface; prices stay the same. Theta is what the next calendar "
           "day "
           "takes in that time, in every panel."));

    addHeading(tr("Risk"));
    addChoice(*form, desk::setting::tolerance, tr("Tolerance"), {tr("Low"), tr("Moderate"), tr("High")},
              tr("Sets the limits of the risk gate. No choice lifts the hard caps: 25 % in one underlying, 5 % daily "
                 "loss, leverage 2x."));
    auto* const limits = new QPushButton(tr("Limits…"));
    limits->setToolTip(tr("Every limit of the tolerance in force, and your own figures in its place"));
    limits->setAutoDefault(false);
    form->addRow(QString(), limits);
    connect(limits, &QPushButton::clicked, this, &SettingsDialog::limitsAsked);
    addNumber(*form, desk::setting::ordersPerMinute, tr("Orders a minute"), 0, {},
              tr("New orders and changes leave no faster, a strategy's too; cancels always go at once. From now on."));
    form->addRow(m_watchdog);
    m_watchdog->setObjectName(QString::fromLatin1(desk::setting::watchdog.key));
    m_watchdog->setChecked(m_settings.number(desk::setting::watchdog) != 0);
    m_watchdog->setToolTip(tr("From the next start on."));

    addHeading(tr("Simulated exchange, from the next start on"));
    addNumber(*form, desk::setting::venueSeed, tr("Seed"), 0, {}, tr("The same seed gives the same market."));
    addNumber(*form, desk::setting::venueSpeed, tr("Speed of its clock"), 1, tr(" ×"), {});
    addNumber(*form, desk::setting::venueRate, tr("Quote events a second"), 0, {}, {});

    m_failure->setProperty("tone", QStringLiteral("loss"));
    m_failure->setWordWrap(true);
    m_failure->hide();
    layout->addWidget(m_failure);
    layout->addStretch(1);
    auto* const file = new QLabel(tr("Kept in %1").arg(m_settings.file()));
    file->setProperty("tone", QStringLiteral("faint"));
    file->setTextInteractionFlags(Qt::TextSelectableByMouse);
    file->setWordWrap(true);
    layout->addWidget(file);

    auto* const buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::Apply);
    setLook(*buttons->button(QDialogButtonBox::Ok), "kind", QStringLiteral("primary"));
    layout->addWidget(buttons);
    connect(buttons->button(QDialogButtonBox::Apply), &QPushButton::clicked, this, &SettingsDialog::store);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (store())
            accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    // Wrapped notes are taller than a form's hint says; the width decides the height.
    setFixedWidth(dialogWidth);
    ensurePolished();
    const QMargins margins = layout->contentsMargins();
    for (QLabel* const label : findChildren<QLabel*>()) {
        if (label->wordWrap() && !label->text().isEmpty()) {
            label->ensurePolished();
            label->setMinimumHeight(label->heightForWidth(dialogWidth - margins.left() - margins.right()));
        }
    }
    setMinimumHeight(layout->heightForWidth(dialogWidth));
}

void SettingsDialog::addNumber(QFormLayout& form, const desk::NumberSetting& setting, const QString& label,
                               int decimals, const QString& suffix, const QString& help)
{
    auto* const box = new QDoubleSpinBox;
    box->setObjectName(QString::fromLatin1(setting.key));
    box->setDecimals(decimals);
    box->setRange(setting.minimum, setting.maximum);
    box->setValue(m_settings.number(setting));
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(true);
    box->setMinimumWidth(fieldWidth);
    const QString bounds = tr("%1 to %2").arg(box->textFromValue(setting.minimum), box->textFromValue(setting.maximum));
    box->setToolTip(help.isEmpty() ? bounds : help + QLatin1Char('\n') + bounds);
    form.addRow(label, box);
    m_numbers.push_back({&setting, box});
}

void SettingsDialog::addChoice(QFormLayout& form, const desk::ChoiceSetting& setting, const QString& label,
                               const QStringList& words, const QString& help)
{
    Q_ASSERT(words.size() == setting.choices.size());
    auto* const box = new QComboBox;
    box->setObjectName(QString::fromLatin1(setting.key));
    box->setMinimumWidth(fieldWidth);
    for (qsizetype choice = 0; choice < words.size(); ++choice)
        box->addItem(words[choice], setting.choices[choice]);
    box->setCurrentIndex(box->findData(m_settings.choice(setting)));
    box->setToolTip(help);
    form.addRow(label, box);
    if (!help.isEmpty()) {
        auto* const note = new QLabel(help);
        note->setProperty("tone", QStringLiteral("label"));
        note->setWordWrap(true);
        form.addRow(note);
    }
    m_choices.push_back({&setting, box});
}

bool SettingsDialog::store()
{
    QStringList failures;
    const auto note = [&failures](const base::Result<void>& result) {
        if (!result)
            failures << QString::fromStdString(result.error().message());
    };
    for (const Number& each : m_numbers)
        note(m_settings.setNumber(*each.setting, each.box->value()));
    for (const Choice& each : m_choices)
        note(m_settings.setChoice(*each.setting, each.box->currentData().toString()));
    note(m_settings.setNumber(desk::setting::compactRows, m_compact->isChecked() ? 1 : 0));
    note(m_settings.setNumber(desk::setting::watchdog, m_watchdog->isChecked() ? 1 : 0));
    m_failure->setText(failures.join(QLatin1Char('\n')));
    m_failure->setVisible(!failures.isEmpty());
    return failures.isEmpty();
}

} // namespace vegadesk::ui
