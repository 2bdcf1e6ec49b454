#include "ui/panels/tolerance_row.h"

#include "desk/limit_settings.h"
#include "ui/models/risk_words.h"
#include "ui/panels/figure.h"
#include "ui/panels/segments.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace vegadesk::ui
{

ToleranceRow::ToleranceRow(desk::Settings& settings, QWidget* parent)
    : QWidget(parent), m_settings(settings), m_choice(new Segments(tr("risk tolerance"), this)),
      m_question(new QWidget(this)), m_words(makeLabel({}, "warning", m_question)),
      m_own(makeLabel(tr("Limits of your own are in force."), "dim", this))
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    auto* const title = new QHBoxLayout;
    title->addWidget(makeLabel(tr("Tolerance"), "label", this));
    title->addStretch(1);
    column->addLayout(title);
    m_choice->setObjectName(QStringLiteral("risk_tolerance"));
    m_choice->setChoices({{toleranceWord("low"), tr("The tightest limits and the smallest trades")},
                          {toleranceWord("moderate"), tr("The limits that are shipped")},
                          {toleranceWord("high"), tr("The widest limits; the hard caps hold all the same")}});
    auto* const limits = new QPushButton(tr("Limits…"), this);
    limits->setObjectName(QStringLiteral("risk_limits"));
    limits->setToolTip(tr("Every limit of this tolerance, and your own figures in its place"));
    connect(limits, &QPushButton::clicked, this, &ToleranceRow::limitsAsked);
    setLook(*limits, "kind", QStringLiteral("flat"));
    title->addWidget(limits);
    auto* const line = new QHBoxLayout;
    line->addWidget(m_choice);
    line->addStretch(1);
    column->addLayout(line);
    m_own->setObjectName(QStringLiteral("own_limits"));
    m_own->setWordWrap(true);
    column->addWidget(m_own);
    m_question->setObjectName(QStringLiteral("tolerance_question"));
    auto* const lines = new QVBoxLayout(m_question);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(Theme::unit / 2);
    m_words->setWordWrap(true);
    lines->addWidget(m_words);
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit / 2);
    const auto addButton = [&](const QString& words, const char* name, bool isYes) {
        auto* const button = new QPushButton(words, m_question);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(true); // Enter answers too
        buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, isYes] { answer(isYes); });
    };
    addButton(tr("Switch"), "tolerance_yes", true);
    addButton(tr("Keep"), "tolerance_no", false);
    buttons->addStretch(1);
    lines->addLayout(buttons);
    column->addWidget(m_question);
    m_question->hide();
    auto* const escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_question);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, [this] { answer(false); });
    connect(m_choice, &Segments::chosenByUser, this, &ToleranceRow::ask);
    connect(&m_settings, &desk::Settings::changed, this, [this](const QString& key) {
        if (key == QLatin1String(desk::setting::tolerance.key) || key == desk::limitsKey(desk::toleranceOf(m_settings)))
            follow();
    });
    follow();
}

int ToleranceRow::current() const
{
    return static_cast<int>(desk::setting::tolerance.choices.indexOf(m_settings.choice(desk::setting::tolerance)));
}

void ToleranceRow::ask(int place)
{
    if (place == current())
        return answer(false);
    const QString to = toleranceWord(desk::setting::tolerance.choices[place].toStdString());
    const bool isOwn = desk::ownLimits(m_settings, static_cast<risk::Tolerance>(place)).has_value() ||
                       desk::ownLimits(m_settings, desk::toleranceOf(m_settings)).has_value();
    m_words->setText(isOwn ? tr("▲ %1: other limits, at once; you have changed figures. “Limits…” shows them.").arg(to)
                     : place > current()
                         ? tr("▲ %1: wider limits and larger trades, at once.").arg(to)
                         : tr("▲ %1: tighter limits, at once. What is over them can only be reduced.").arg(to));
    m_question->show();
    m_question->findChild<QPushButton*>(QStringLiteral("tolerance_yes"))->setFocus(Qt::OtherFocusReason);
    Q_EMIT asked();
}

void ToleranceRow::answer(bool isYes)
{
    const int place = m_choice->chosen();
    m_question->hide();
    if (isYes) // the value is one of the setting's own choices
        (void)m_settings.setChoice(desk::setting::tolerance, desk::setting::tolerance.choices[place]);
    follow();
    m_choice->setFocus();
}

void ToleranceRow::follow()
{
    m_question->hide();
    m_choice->choose(current());
    m_own->setVisible(desk::ownLimits(m_settings, desk::toleranceOf(m_settings)).has_value());
}

} // namespace vegadesk::ui
