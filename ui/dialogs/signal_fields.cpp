#include "ui/dialogs/signal_fields.h"

#include "desk/desk.h"
#include "ui/dialogs/calm_box.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double noBound = -1, boundStep = 5; // percent
constexpr int offerMs = 1000;
constexpr int leastLetters = 12;

QDoubleSpinBox* makeBound(const char* name, QWidget* parent)
{
    auto* const box = new CalmBox<QDoubleSpinBox>(parent);
    box->setFocusPolicy(Qt::StrongFocus);
    box->setObjectName(QString::fromLatin1(name));
    box->setRange(noBound, 100);
    box->setDecimals(1);
    box->setSingleStep(boundStep);
    box->setSuffix(QStringLiteral(" %"));
    box->setSpecialValueText(SignalFields::tr("any"));
    box->setValue(noBound);
    return box;
}

double probabilityOf(const QDoubleSpinBox& box)
{
    return box.value() < 0 ? desk::unknown : box.value() / 100;
}

void showBound(QDoubleSpinBox& box, double probability)
{
    const QSignalBlocker still(box);
    box.setValue(std::isnan(probability) ? noBound : 100 * probability);
}
} // namespace

SignalFields::SignalFields(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_name(new CalmBox<QComboBox>(this)), m_least(makeBound("signal_least", this)),
      m_most(makeBound("signal_most", this)), m_timer(new QTimer(this))
{
    m_name->setObjectName(QStringLiteral("signal_name"));
    m_name->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_name);
    m_name->setEditable(true);
    m_name->setAccessibleName(tr("trained signal that entries wait for"));
    m_name->setToolTip(
        tr("Nothing is opened while this model's probability is outside the bounds, in sample or not known"));
    m_name->lineEdit()->setPlaceholderText(tr("none: entries wait for no signal"));
    m_name->setMinimumContentsLength(leastLetters); // forms are narrow, and names are long
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_name);
    auto* const bounds = new QHBoxLayout;
    bounds->setSpacing(Theme::unit / 2);
    bounds->addWidget(makeLabel(tr("from"), "dim", this));
    bounds->addWidget(m_least, 1);
    bounds->addWidget(makeLabel(tr("to"), "dim", this));
    bounds->addWidget(m_most, 1);
    column->addLayout(bounds);
    m_least->setToolTip(tr("The least that its probability may be"));
    m_most->setToolTip(tr("The most that its probability may be"));
    connect(m_name, &QComboBox::currentTextChanged, this, &SignalFields::changed);
    for (QDoubleSpinBox* const box : {m_least, m_most})
        connect(box, &QDoubleSpinBox::valueChanged, this, &SignalFields::changed);
    connect(m_timer, &QTimer::timeout, this, &SignalFields::offerModels);
}

void SignalFields::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    offerModels();
    m_timer->start(offerMs); // the folder is read beside
}

void SignalFields::hideEvent(QHideEvent* event)
{
    m_timer->stop();
    QWidget::hideEvent(event);
}

void SignalFields::offerModels()
{
    m_desk.followSignals();
    const QString typed = m_name->currentText();
    QStringList names;
    const auto view = m_desk.signalModels();
    for (const desk::SignalRow& each : view->rows) {
        if (each.failure.empty())
            names << text(each.name);
    }
    QStringList offered;
    for (int i = 0; i < m_name->count(); ++i)
        offered << m_name->itemText(i);
    if (names == offered || m_name->view()->isVisible())
        return;
    const QSignalBlocker still(m_name);
    m_name->clear();
    m_name->addItems(names);
    m_name->setCurrentText(typed);
}

void SignalFields::setChoice(const desk::SignalChoice& choice)
{
    {
        const QSignalBlocker still(m_name);
        m_name->setCurrentText(text(choice.name));
    }
    showBound(*m_least, choice.least);
    showBound(*m_most, choice.most);
    Q_EMIT changed();
}

desk::SignalChoice SignalFields::choice() const
{
    return {m_name->currentText().trimmed().toStdString(), probabilityOf(*m_least), probabilityOf(*m_most)};
}

QString SignalFields::fault() const
{
    const desk::SignalChoice chosen = choice();
    const bool isBounded = !std::isnan(chosen.least) || !std::isnan(chosen.most);
    if (chosen.name.empty())
        return isBounded ? tr("Signal: name the model whose probability is bounded.") : QString();
    if (!isBounded)
        return tr("Signal: say what its probability must be at least or at most.");
    if (chosen.least > chosen.most)
        return tr("Signal: at least %1 % and at most %2 % leave nothing between.")
            .arg(100 * chosen.least)
            .arg(100 * chosen.most);
    const auto checked = desk::checkChoice(chosen);
    return checked ? QString() : text(checked.error().message());
}

} // namespace vegadesk::ui
