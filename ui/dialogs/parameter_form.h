#pragma once

#include "desk/backtest_views.h"

#include <QWidget>

#include <functional>
#include <string>
#include <utility>
#include <vector>

class QFormLayout;

namespace vegadesk::ui
{

/// "short_delta" → "Short delta".
QString parameterTitle(const std::string& name);
/// The same with its unit.
QString parameterLabel(const base::ParameterSpec& spec);
/// That a field for it shows.
int parameterDecimals(const base::ParameterSpec& spec);

/// Fields for the parameters of a strategy, made from their descriptions: bounds, unit and meaning come with them.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(QWidget* parent = nullptr);

    void setSpecs(const std::vector<base::ParameterSpec>& specs);
    /// By name, as base::Parameters takes them.
    std::vector<std::pair<std::string, double>> values() const;

private:
    struct Field {
        std::string name;
        std::function<double()> value;
    };
    Field makeField(const base::ParameterSpec& spec);

    QFormLayout* m_form;
    std::vector<Field> m_fields;
};

} // namespace vegadesk::ui
