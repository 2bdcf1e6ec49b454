#pragma once

#include "desk/backtest_views.h"

#include <QStringList>
#include <QWidget>

#include <functional>
#include <string>
#include <utility>
#include <vector>

class QFormLayout;
class QLabel;

namespace vegadesk::ui
{

/// That a field for it shows.
int parameterDecimals(const base::ParameterSpec& spec);

/// Fields for the parameters of a strategy, made from their descriptions: bounds, unit and meaning come with them. The names of
/// those that stand at another than their usual value, which is the description's fallback, are bright.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    /// All begin at their usual values.
    void setSpecs(const std::vector<base::ParameterSpec>& specs);
    /// By name, as values(); names that are not known are passed over.
    void setValues(const std::vector<std::pair<std::string, double>>& values);
    void useUsual();
    /// By name, as base::Parameters takes them.
    std::vector<std::pair<std::string, double>> values() const;
    /// "Short delta 0.200 (usually 0.300)", of each that differs.
    QStringList differences() const;

Q_SIGNALS:
    void changed();

private:
    struct Field {
        base::ParameterSpec spec;
        QLabel* label = nullptr;
        std::function<double()> value;
        std::function<void(double)> set;

        QString shown(double value) const;
        bool isUsual() const;
    };
    Field makeField(const base::ParameterSpec& spec);
    void mark();

    QFormLayout* m_form;
    std::vector<Field> m_fields;
};

} // namespace vegadesk::ui
