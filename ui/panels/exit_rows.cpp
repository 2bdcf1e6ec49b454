#include "ui/panels/exit_rows.h"

#include "ui/elided_label.h"
#include "ui/models/order_choices.h"
#include "ui/panels/figure.h"
#include "ui/panels/typed_boxes.h"
#include "ui/theme/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double priceMax = 100'000;
constexpr std::array sides{ExitSide::Target, ExitSide::Stop};
} // namespace

ExitRows::ExitRows(QWidget* parent) : QWidget(parent), m_note(new ElidedLabel(this)), m_typed(new TypedBoxes(this))
{
    for (const ExitSide side : sides)
        makeRow(side);
    m_note->setObjectName(QStringLiteral("ticket_exit_note"));
    m_note->setProperty("tone", QStringLiteral("label"));
    auto* const chips = new QHBoxLayout;
    chips->setSpacing(8);
    chips->addWidget(makeLabel(tr("exits"), "label", this));
    for (const Row& row : m_rows)
        chips->addWidget(row.chip);
    chips->addWidget(m_note, 1);
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->addLayout(chips, 0, 0, 1, 4);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int line = static_cast<int>(i) + 1;
        grid->addWidget(m_rows[i].name, line, 0);
        grid->addWidget(m_rows[i].percent, line, 1);
        grid->addWidget(m_rows[i].price, line, 2);
        grid->addWidget(m_rows[i].outcome, line, 3);
    }
    grid->setColumnStretch(3, 1);
}

void ExitRows::makeRow(ExitSide side)
{
    const bool isTarget = side == ExitSide::Target;
    const QString name = isTarget ? tr("profit target") : tr("stop loss");
    const QString id = isTarget ? QStringLiteral("target") : QStringLiteral("stop");
    Row& row = rowOf(side);
    row.chip = new QPushButton(name, this);
    row.chip->setObjectName(QStringLiteral("exit_%1_chip").arg(id));
    row.chip->setProperty("kind", QStringLiteral("chip"));
    row.chip->setCheckable(true);
    row.name = makeLabel(isTarget ? tr("target") : tr("stop"), "label", this);
    row.percent = new QDoubleSpinBox(this);
    row.percent->setObjectName(QStringLiteral("exit_%1_percent").arg(id));
    row.percent->setAccessibleName(tr("%1, percent of the premium").arg(name));
    row.percent->setToolTip(isTarget ? tr("Profit in percent of the premium") : tr("Loss in percent of the premium"));
    row.percent->setRange(-exitPercentMost, exitPercentMost);
    row.percent->setDecimals(0);
    row.percent->setSingleStep(5);
    row.percent->setSuffix(tr(" %"));
    row.price = new QDoubleSpinBox(this);
    row.price->setObjectName(QStringLiteral("exit_%1_price").arg(id));
    row.price->setAccessibleName(tr("%1, price").arg(name));
    row.price->setToolTip(isTarget ? tr("A limit of one unit, that waits until the market comes there")
                                   : tr("A trigger: once the middle of the quote is there, a market order closes"));
    row.price->setRange(0, priceMax);
    row.price->setDecimals(2);
    for (QDoubleSpinBox* const box : {row.percent, row.price}) {
        box->setKeyboardTracking(false);
        box->setAlignment(Qt::AlignRight);
        m_typed->add(*box, [box] { return box->textFromValue(box->value()) + box->suffix(); });
    }
    row.outcome = makeLabel({}, "strong", this);
    row.outcome->setObjectName(QStringLiteral("exit_%1_outcome").arg(id));
    connect(row.chip, &QPushButton::clicked, this, [this, side](bool isOn) { turn(side, isOn); });
    connect(row.percent, &QDoubleSpinBox::valueChanged, this,
            [this, side](double percent) { change(side, {true, percent, {}}); });
    connect(row.price, &QDoubleSpinBox::valueChanged, this, [this, side](double price) {
        const auto exact = base::Decimal::fromDouble(price);
        if (!exact)
            return;
        const base::Decimal tick = market::tickAt(m_market.ticks, *exact);
        change(side, {true, {}, std::max(exact->roundedTo(tick), tick)});
    });
}

ExitPart& ExitRows::partOf(ExitPlan& plan, ExitSide side)
{
    return side == ExitSide::Target ? plan.target : plan.stop;
}

void ExitRows::change(ExitSide side, const ExitPart& part)
{
    ExitPlan plan = m_plan;
    partOf(plan, side) = part;
    Q_EMIT planEdited(plan);
}

void ExitRows::turn(ExitSide side, bool isOn)
{
    ExitPlan plan = m_plan;
    for (const ExitSide each : sides) {
        if (each == side || m_comesTogether)
            partOf(plan, each).isOn = isOn;
    }
    Q_EMIT planEdited(plan);
}

void ExitRows::setPlan(const StagedOrder& staged, const Market& market)
{
    m_plan = staged.exits();
    m_market = market;
    m_comesTogether = onlyCloses(staged.legs());
    const QString refusal = exitRefusal(staged), noStop = refusal.isEmpty() ? stopRefusal(staged) : refusal;
    for (const ExitSide side : sides) {
        const QString why = side == ExitSide::Stop ? noStop : refusal;
        QPushButton* const chip = rowOf(side).chip;
        chip->setEnabled(why.isEmpty());
        chip->setChecked(why.isEmpty() && partOf(m_plan, side).isOn);
        chip->setToolTip(!why.isEmpty()    ? why
                         : m_comesTogether ? tr("Closes at a profit target or at a stop loss, whichever comes first")
                                           : tr("Sent along, and working once the order has filled, until cancelled"));
        drawRow(side, side == ExitSide::Target ? market.targetProfit : market.stopProfit);
    }
    const bool isOn = rowOf(ExitSide::Target).chip->isChecked() || rowOf(ExitSide::Stop).chip->isChecked();
    m_note->setWords(!noStop.isEmpty() ? noStop
                     : !isOn           ? QString()
                     : m_comesTogether && staged.timeInForce() == portfolio::TimeInForce::Day
                         ? tr("one fills, the other is cancelled; both end today")
                     : m_comesTogether ? tr("one fills, the other is cancelled")
                                       : tr("once filled, until cancelled"));
}

void ExitRows::drawRow(ExitSide side, double profit)
{
    Row& row = rowOf(side);
    const ExitPart& part = partOf(m_plan, side);
    const bool isOn = row.chip->isChecked();
    for (QWidget* const widget : std::initializer_list<QWidget*>{row.name, row.percent, row.price, row.outcome})
        widget->setVisible(isOn);
    if (!isOn)
        return;
    const auto price = exitPrice(side, part, m_market.net, m_market.ticks);
    if (price && !TypedBoxes::isBeingTyped(*row.price)) {
        const QSignalBlocker quiet(row.price);
        row.price->setSingleStep(market::tickAt(m_market.ticks, *price).toDouble());
        row.price->setValue(price->toDouble());
    }
    const double percent = part.price ? exitPercent(side, *part.price, m_market.net)
                                      : part.percent.value_or(usualExitPercent(side, m_market.net));
    row.percent->setEnabled(std::isfinite(percent));
    if (std::isfinite(percent) && !TypedBoxes::isBeingTyped(*row.percent)) {
        const QSignalBlocker quiet(row.percent);
        row.percent->setValue(percent);
    }
    row.outcome->setText(signedMoney(profit));
    row.outcome->setToolTip(
        tr("What it would make against the price of the order, or against what was paid for what is held; "
           "without fees"));
    setLook(*row.outcome, "tone", QString::fromLatin1(signTone(profit)));
}

void ExitRows::commit()
{
    m_typed->commit();
}

} // namespace vegadesk::ui
