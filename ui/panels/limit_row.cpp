#include "ui/panels/limit_row.h"

#include "ui/models/order_choices.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/typed_boxes.h"
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
#include <QStandardItemModel>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double priceMax = 1'000'000;
constexpr int unitsMax = 100'000;

/// Of "1.5" nothing is taken over, where a plain box would read 15.
class UnitsBox : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;
    QValidator::State validate(QString& typed, int& position) const override
    {
        const bool hasPoint = typed.contains(u'.') || typed.contains(u',');
        return hasPoint ? QValidator::Intermediate : QSpinBox::validate(typed, position);
    }
    /// The base class would take out what separates groups of digits: of "2,5" that is 25.
    void fixup(QString& typed) const override { typed = prefix() + QString::number(value()); }
};

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

/// What the broker does not take stays in the list, greyed and with the reason. `refusal` says it of a choice's number.
template<class Refusal>
void greyOut(QComboBox& box, const Refusal& refusal)
{
    auto* const items = qobject_cast<QStandardItemModel*>(box.model());
    QStringList reasons;
    for (int i = 0; i < box.count(); ++i) {
        const QString why = refusal(box.itemData(i).toInt());
        items->item(i)->setEnabled(why.isEmpty());
        items->item(i)->setToolTip(why);
        if (!why.isEmpty() && !reasons.contains(why))
            reasons << why;
    }
    box.setToolTip(reasons.join(u'\n'));
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
    : QWidget(parent), m_units(new UnitsBox(this)), m_type(new QComboBox(this)),
      m_slider(new QSlider(Qt::Horizontal, this)), m_edit(new LimitEdit(this)), m_mid(new QPushButton(tr("mid"), this)),
      m_market(makeLabel({}, "label", this)), m_timeInForce(new QComboBox(this)), m_typed(new TypedBoxes(this))
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
    m_type->setObjectName(QStringLiteral("ticket_type"));
    m_timeInForce->setObjectName(QStringLiteral("ticket_time_in_force"));
    using portfolio::OrderType;
    using portfolio::TimeInForce;
    for (const auto type :
         {OrderType::Limit, OrderType::Market, OrderType::Stop, OrderType::StopLimit, OrderType::NotionalMarket})
        addChoice(*m_type, typeWord(type), type);
    for (const auto time : {TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Gtd, TimeInForce::Ioc})
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

    m_typed->add(*m_edit, [this] { return m_edit->textFromValue(m_edit->value()); });
    m_typed->add(*m_units, [this] { return m_units->prefix() + QString::number(m_units->value()); });
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
    if (m_edit->singleStep() != m_tick.toDouble() && !TypedBoxes::isBeingTyped(*m_edit))
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
    if (limit && !TypedBoxes::isBeingTyped(*m_edit) && !(isFollowingMid && m_edit->hasFocus())) {
        const QSignalBlocker quiet(m_edit);
        m_edit->setValue(limit->toDouble());
    }
    placeSlider();
}

void LimitRow::setTerms(const StagedOrder& staged, base::Quantity units, bool hasPriceElsewhere)
{
    if (!TypedBoxes::isBeingTyped(*m_units)) {
        const QSignalBlocker quiet(m_units);
        m_units->setValue(static_cast<int>(std::clamp<std::int64_t>(units.whole(), 1, unitsMax)));
    }
    m_units->setEnabled(units.isWhole() && !staged.value());
    const portfolio::OrderType type = staged.type();
    choose(*m_type, type);
    choose(*m_timeInForce, staged.timeInForce());
    greyOut(*m_type, [&](int each) { return typeRefusal(static_cast<portfolio::OrderType>(each), staged.legs()); });
    greyOut(*m_timeInForce,
            [&](int each) { return timeRefusal(static_cast<portfolio::TimeInForce>(each), type, staged.legs()); });
    const bool hasPrice = needsLimit(type) && !hasPriceElsewhere;
    if (m_edit->isEnabled() != hasPrice)
        m_edit->setEnabled(hasPrice);
    m_edit->setToolTip(hasPriceElsewhere ? tr("The profit target below is the limit.") : QString());
    // Behind a trigger the market of now is no measure.
    const bool isAtMarket = hasPrice && !needsTrigger(type);
    m_mid->setEnabled(isAtMarket);
    m_slider->setEnabled(isAtMarket && m_natural);
}

void LimitRow::commit()
{
    m_typed->commit();
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
