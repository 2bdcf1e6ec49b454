#pragma once

#include "desk/desk.h"
#include "ui/theme/theme.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QTimer;

namespace vegadesk::ui
{

class AlertRulesModel;

/// The rules as a table, the current one's terms below it, and the webhook. Rules are kept all at once, when every one of them
/// is possible; the webhook by buttons of its own.
class AlertRulesDialog : public QDialog
{
    Q_OBJECT

public:
    AlertRulesDialog(desk::Desk& desk, const Theme& theme, QWidget* parent = nullptr);

    /// A new one, to be looked at before it is kept.
    void add(monitoring::AlertRule rule);
    void accept() override; ///< keeps the rules; stays open, at the row, where one cannot be kept

private:
    QWidget* makeForm();
    void suggest();
    void duplicate();
    void removeCurrent();
    int currentRow() const;
    void select(int row);
    void showRow();
    void showProblem();
    /// Of the current row, from the fields.
    void takeTerms();

    desk::Desk& m_desk;
    AlertRulesModel* m_model;
    QTableView* m_view;
    QLabel *m_empty, *m_problem;
    QWidget* m_form = nullptr;
    QComboBox *m_measure = nullptr, *m_when = nullptr;
    QLineEdit* m_symbol = nullptr;
    QLabel* m_now = nullptr;
    QDoubleSpinBox* m_threshold = nullptr;
    QPushButton *m_duplicate, *m_remove;
    QTimer* m_timer;
    bool m_isShowing = false; ///< the fields follow the row, and not the row the fields
};

} // namespace vegadesk::ui
