#pragma once

#include "base/decimal.h"
#include "ui/models/staged_order.h"

#include <QDoubleSpinBox>
#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;

namespace vegadesk::ui
{

/// A net price on the tick grid, shown as traders say it: "2.11 cr". Its value is signed, positive is paid. A bare
/// number keeps the side it had, a typed sign or "cr" and "db" choose it, and the arrows move what is shown.
class LimitEdit : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit LimitEdit(QWidget* parent = nullptr);

    QString textFromValue(double value) const override;
    double valueFromText(const QString& text) const override;
    QValidator::State validate(QString& text, int& position) const override;
    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    std::optional<double> read(const QString& text) const;

    bool m_isCredit = false; ///< the side of the last price that had one: a 0 that is typed on the way keeps it
};

class TypedBoxes;

/// How much and for how long: units, order type, limit price with a slider from the natural price past the mid,
/// and time in force. Says what the user changed; shows what it is told.
class LimitRow : public QWidget
{
    Q_OBJECT

public:
    explicit LimitRow(QWidget* parent = nullptr);

    /// Net prices per unit, NaN when not known.
    void setMarket(double natural, double mid, double tick);
    void setLimit(std::optional<base::Decimal> limit, bool isFollowingMid);
    /// `hasPriceElsewhere`: its limit is said in another row, and only shown here.
    void setTerms(const StagedOrder& staged, base::Quantity units, bool hasPriceElsewhere = false);
    /// Takes over what is typed but not yet entered.
    void commit();

Q_SIGNALS:
    void limitEdited(vegadesk::base::Decimal limit);
    void midWanted();
    void typeChosen(vegadesk::portfolio::OrderType type);
    void timeInForceChosen(vegadesk::portfolio::TimeInForce timeInForce);
    void unitsEdited(int units);

private:
    void editLimit(double value);
    void slide(int position);
    void placeSlider();

    QSpinBox* m_units;
    QComboBox* m_type;
    QSlider* m_slider;
    LimitEdit* m_edit;
    QPushButton* m_mid;
    QLabel* m_market;
    QComboBox* m_timeInForce;
    TypedBoxes* m_typed;
    std::optional<base::Decimal> m_natural;
    base::Decimal m_tick = base::Decimal::fromUnits(base::Decimal::unitsPerOne / 100);
};

} // namespace vegadesk::ui
