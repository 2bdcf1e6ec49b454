#pragma once

#include "desk/desk.h"
#include "risk/limits.h"

#include <QDialog>

#include <vector>

class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace vegadesk::ui
{

/// The figures of the profile in force, the caps above them, how much of each is used now, and the user's own. They come into
/// force together, at once, when each is possible and a reason is given, which is journalled with them.
class LimitsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LimitsDialog(desk::Desk& desk, QWidget* parent = nullptr);

    void accept() override; ///< puts them in force; stays open, at the field, where that cannot be

private:
    struct Row {
        const risk::LimitField* field;
        QLabel *name, *profile, *now;
        QDoubleSpinBox* box;
    };
    void addRow(QGridLayout& grid, const risk::LimitField& field);
    void showLimits(const risk::Limits& limits);
    /// As the fields have it.
    risk::Limits typed() const;
    /// Everything that follows the market, the settings or the fields.
    void refresh();
    void showNow(const Row& row, const risk::Limits& limits);
    /// The first field that says what cannot be; null without one.
    const Row* impossible(const risk::Limits& limits) const;

    desk::Desk& m_desk;
    risk::Tolerance m_tolerance = risk::Tolerance::Moderate;
    std::vector<Row> m_rows;
    QLabel *m_title, *m_state, *m_consequence, *m_problem;
    QLineEdit* m_reason;
    QPushButton *m_profile, *m_keep;
};

} // namespace vegadesk::ui
