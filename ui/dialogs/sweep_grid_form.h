#pragma once

#include "base/error.h"
#include "desk/sweep_views.h"

#include <QWidget>

#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLineEdit;
class QStackedWidget;

namespace vegadesk::ui
{

/// The parameters of a strategy, each with one value or with several: a range, or a list. Bounds, unit and meaning come with their
/// descriptions; a list takes any text, and what is wrong with it is said by axes().
class SweepGridForm : public QWidget
{
    Q_OBJECT

public:
    explicit SweepGridForm(QWidget* parent = nullptr);
    ~SweepGridForm() override;

    /// All with one value: their fallbacks.
    void setSpecs(const std::vector<base::ParameterSpec>& specs);
    /// One value each; of a parameter with several, its fallback.
    std::vector<std::pair<std::string, double>> fixed() const;
    /// Those with several values, in the order of the form. Errors: the first field that is wrong, its value and what is allowed.
    base::Result<std::vector<desk::SweepAxis>> axes() const;
    /// Gives that parameter this list; an unknown name is passed over.
    void setList(const std::string& name, const std::vector<std::string>& values);

Q_SIGNALS:
    void changed();

private:
    class Row;
    QGridLayout* m_grid;
    std::vector<Row*> m_rows; // children
};

} // namespace vegadesk::ui
