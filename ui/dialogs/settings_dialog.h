#pragma once

#include "desk/settings.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;

namespace vegadesk::ui
{

/// Every setting a person changes. Nothing is stored before "Apply" or "OK"; bounds are the settings' own.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(desk::Settings& settings, QWidget* parent);

Q_SIGNALS:
    void limitsAsked();

private:
    struct Number {
        const desk::NumberSetting* setting;
        QDoubleSpinBox* box;
    };
    struct Choice {
        const desk::ChoiceSetting* setting;
        QComboBox* box;
    };
    void addNumber(QFormLayout& form, const desk::NumberSetting& setting, const QString& label, int decimals,
                   const QString& suffix, const QString& help);
    void addChoice(QFormLayout& form, const desk::ChoiceSetting& setting, const QString& label,
                   const QStringList& words, const QString& help);
    bool store();

    desk::Settings& m_settings;
    std::vector<Number> m_numbers;
    std::vector<Choice> m_choices;
    QCheckBox* m_compact;
    QCheckBox* m_watchdog;
    QLabel* m_failure;
};

} // namespace vegadesk::ui
