#include "ui/panels/limit_row.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double priceMax = 1'000'000;
constexpr int unitsMax = 100'000;
constexpr const char* typingProperty = "isBeingTyped";

template<class Enum>
void addChoice(QComboBox& box, const QString& word, Enum value)
{
    box.addItem(word, static_cast<int>(value));
}

template<class Enum>
void choose(QComboBox& box, Enum value)
{
    const QSignalBlocker quiet(box);
    box.setCurrentIndex(box.findData(static_cast<int>(value)));
}
} // namespace

LimitEdit::LimitEdit(QWidget* parent) : QDoubleSpinBox(parent)
{
    setRange(-priceMax, priceMax);
    setDecimals(4);
    setSingleStep(0.01);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setAccessibleName(tr("limit price"));
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double price) {
        if (price != 0)
            m_isCredit = price < 0;
    });
}

QSize LimitEdit::sizeHint() const
{
    // Wide enough for what is traded, not for the bounds of the range.
    constexpr int frame = 32;
    return {fontMetrics().horizontalAdvance(netPriceText(-1234.56)) + frame, QDoubleSpinBox::sizeHint().height()};
}

QSize LimitEdit::minimumSizeHint() const
{
    return sizeHint();
}

QString LimitEdit::textFromValue(double value) const
{
    return netPriceText(value);
}

std::optional<double> LimitEdit::read(const QString& typed) const
{
    static const QRegularExpression shape(
        QStringLiteral("^\\s*([-+\u2212]?)\\s*([0-9.,\\s\u2009]+)\\s*([[:alpha:]]*)\\s*$"));
    const QRegularExpressionMatch match = shape.match(typed);
    if (!match.hasMatch())
        return std::nullopt;
    bool isNumber = false;
    QString digits = match.captured(2).remove(QChar(0x2009)).remove(u' ');
    double price = locale().toDouble(digits, &isNumber);
    if (!isNumber)
        price = QLocale::c().toDouble(digits, &isNumber);
    if (!isNumber)
        return std::nullopt;
    const QString side = match.captured(3).toLower(), sign = match.captured(1);
    // The words as we print them, so that they can be typed back in any language.
    const QString credit = netPriceText(-1).section(u' ', 1).toLower(),
                  debit = netPriceText(1).section(u' ', 1).toLower();
    if (!side.isEmpty())
        return credit.startsWith(side) ? -price : debit.startsWith(side) ? std::optional(price) : std::nullopt;
    if (sign == u'+')
        return price;
    return !sign.isEmpty() || m_isCredit ? -price : price;
}

double LimitEdit::valueFromText(const QString& typed) const
{
    return read(typed).value_or(value());
}

QValidator::State LimitEdit::validate(QString& typed, int&) const
{
    const std::optional<double> price = read(typed);
    if (!price)
        return QValidator::Intermediate;
    return std::fabs(*price) <= priceMax ? QValidator::Acceptable : QValidator::Invalid;
}

void LimitEdit::stepBy(int steps)
{
    // Up means a larger shown price; crossing zero turns a credit into a debit.
    QDoubleSpinBox::stepBy(value() < 0 ? -steps : steps);
}

LimitRow::LimitRow(QWidget* parent)
    : QWidget(parent), m_units(new QSpinBox(this)), m_type(new QComboBox(this)),
      m_slider(new QSlider(Qt::Horizontal, this)), m_edit(new LimitEdit(this)), m_mid(new QPushButton(tr("mid"), this)),
      m_market(makeLabel({}, "label", this)), m_timeInForce(new QComboBox(this))
{
    m_edit->setObjectName(QStringLiteral("ticket_limit"));
    m_units->setObjectName(QStringLiteral("ticket_units"));
    m_units->setRange(1, unitsMax);
    m_units->setPrefix(tr("× ", "number of units of the order"));
    m_units->setKeyboardTracking(false);
    m_units->setToolTip(tr("How many times the whole order"));
    m_units->setAccessibleName(tr("units"));
    m_type->setAccessibleName(tr("order type"));
    m_timeInForce->setAccessibleName(tr("time in force"));
    m_slider->setAccessibleName(tr("limit between natural and patient"));
    m_slider->setToolTip(tr("Left: the natural price, which can fill at once. Middle: the mid. Right: patient."));
    m_mid->setProperty("kind", QStringLiteral("chip"));
    m_mid->setCheckable(true);
    m_mid->setToolTip(tr("Follow the middle of the market"));
    for (const auto type : {portfolio::OrderType::Limit, portfolio::OrderType::Market})
        addChoice(*m_type, typeWord(type), type);
    for (const auto time : {portfolio::TimeInForce::Day, portfolio::TimeInForce::Gtc, portfolio::TimeInForce::Ioc})
        addChoice(*m_timeInForce, timeInForceWord(time), time);

    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    grid->addWidget(makeLabel(tr("limit"), "label", this), 0, 0);
    grid->addWidget(m_slider, 0, 1);
    grid->addWidget(m_edit, 0, 2);
    grid->addWidget(m_mid, 0, 3);
    auto* const terms = new QHBoxLayout;
    terms->setSpacing(8);
    terms->addWidget(m_units);
    terms->addWidget(m_type);
    terms->addWidget(m_timeInForce);
    terms->addStretch();
    terms->addWidget(m_market);
    grid->addLayout(terms, 1, 0, 1, 4);

    for (QAbstractSpinBox* const box : std::initializer_list<QAbstractSpinBox*>{m_edit, m_units}) {
        auto* const line = box->findChild<QLineEdit*>();
        box->installEventFilter(this); // it has the keyboard, not its line
        connect(line, &QLineEdit::textEdited, box, [box] { box->setProperty(typingProperty, true); });
        connect(box, &QAbstractSpinBox::editingFinished, box, [box] { box->setProperty(typingProperty, false); });
    }
    connect(m_edit, &QDoubleSpinBox::valueChanged, this, &LimitRow::editLimit);
    connect(m_slider, &QSlider::valueChanged, this, &LimitRow::slide);
    connect(m_mid, &QPushButton::clicked, this, [this](bool isFollowing) {
        if (isFollowing)
            Q_EMIT midWanted();
        else
            editLimit(m_edit->value());
    });
    connect(m_units, &QSpinBox::valueChanged, this, &LimitRow::unitsEdited);
    connect(m_type, &QComboBox::activated, this,
            [this] { Q_EMIT typeChosen(static_cast<portfolio::OrderType>(m_type->currentData().toInt())); });
    connect(m_timeInForce, &QComboBox::activated, this, [this] {
        Q_EMIT timeInForceChosen(static_cast<portfolio::TimeInForce>(m_timeInForce->currentData().toInt()));
    });
}

void LimitRow::setMarket(double natural, double mid, double tick)
{
    const auto exactTick = base::Decimal::fromDouble(tick);
    if (exactTick && *exactTick > base::Decimal())
        m_tick = *exactTick;
    // Setting it writes the text anew, the same step too.
    if (m_edit->singleStep() != m_tick.toDouble() && !isBeingTyped(*m_edit))
        m_edit->setSingleStep(m_tick.toDouble());
    const auto exactNatural = base::Decimal::fromDouble(natural);
    const bool isKnown = exactNatural && std::isfinite(mid);
    // Paying more fills sooner: the natural price is the largest signed one, and the mirror of it is the patient end.
    m_natural = isKnown ? std::optional(exactNatural->ceiledTo(m_tick)) : std::nullopt;
    const double ticks = isKnown ? 2 * (natural - mid) / m_tick.toDouble() : 0;
    const QSignalBlocker quiet(m_slider);
    m_slider->setRange(0, static_cast<int>(std::clamp(std::ceil(ticks - 1e-6), 0.0, 1e6)));
    m_slider->setPageStep(std::max(1, m_slider->maximum() / 10));
    placeSlider();
    // The side is said once where both prices have it.
    const bool isOneSide = (natural < 0) == (mid < 0);
    const QString naturalText = isOneSide ? number(std::fabs(natural), 2) : netPriceText(natural);
    m_market->setText(isKnown
                          ? tr("nat. %1 · mid %2", "natural price and mid, short").arg(naturalText, netPriceText(mid))
                          : tr("no two-sided market"));
    m_market->setToolTip(
        tr("The natural price buys at the ask and sells at the bid of every leg, and can fill at once."));
}

void LimitRow::setLimit(std::optional<base::Decimal> limit, bool isFollowingMid)
{
    m_mid->setChecked(isFollowingMid);
    // While somebody types, the market does not rewrite the field under the fingers.
    if (limit && !isBeingTyped(*m_edit) && !(isFollowingMid && m_edit->hasFocus())) {
        const QSignalBlocker quiet(m_edit);
        m_edit->setValue(limit->toDouble());
    }
    placeSlider();
}

void LimitRow::setTerms(portfolio::OrderType type, portfolio::TimeInForce timeInForce, std::int64_t units,
                        bool mayBeMarket)
{
    if (!isBeingTyped(*m_units)) {
        const QSignalBlocker quiet(m_units);
        m_units->setValue(static_cast<int>(std::clamp<std::int64_t>(units, 1, unitsMax)));
    }
    choose(*m_type, type);
    choose(*m_timeInForce, timeInForce);
    m_type->setEnabled(mayBeMarket || type != portfolio::OrderType::Limit);
    m_type->setToolTip(m_type->isEnabled() ? QString() : tr("The broker takes market orders of one leg only"));
    const bool hasPrice = type == portfolio::OrderType::Limit || type == portfolio::OrderType::StopLimit;
    if (m_edit->isEnabled() != hasPrice)
        m_edit->setEnabled(hasPrice);
    m_mid->setEnabled(hasPrice);
    m_slider->setEnabled(hasPrice && m_natural);
}

void LimitRow::commit()
{
    for (QAbstractSpinBox* const box : std::initializer_list<QAbstractSpinBox*>{m_edit, m_units}) {
        box->interpretText();
        box->setProperty(typingProperty, false);
    }
}

bool LimitRow::isBeingTyped(const QAbstractSpinBox& box)
{
    return box.property(typingProperty).toBool();
}

bool LimitRow::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // ours, not the ticket's
        return true;
    }
    auto* const box = static_cast<QAbstractSpinBox*>(watched);
    auto* const line = box->findChild<QLineEdit*>();
    line->setText(box == m_edit ? m_edit->textFromValue(m_edit->value())
                                : m_units->prefix() + QString::number(m_units->value()));
    box->setProperty(typingProperty, false);
    box->clearFocus();
    return true;
}

void LimitRow::editLimit(double value)
{
    const auto price = base::Decimal::fromDouble(value);
    if (!price)
        return;
    const base::Decimal onGrid = price->roundedTo(m_tick);
    if (onGrid != *price) {
        const QSignalBlocker quiet(m_edit);
        m_edit->setValue(onGrid.toDouble());
    }
    Q_EMIT limitEdited(onGrid);
}

void LimitRow::slide(int position)
{
    if (m_natural)
        Q_EMIT limitEdited(*m_natural - m_tick * position);
}

void LimitRow::placeSlider()
{
    if (!m_natural)
        return;
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(static_cast<int>(std::lround((m_natural->toDouble() - m_edit->value()) / m_tick.toDouble())));
}

} // namespace vegadesk::ui
