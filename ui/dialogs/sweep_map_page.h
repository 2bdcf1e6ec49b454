#pragma once

#include "desk/sweep_figures.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;

namespace vegadesk::ui
{

class FactRows;
class SweepHeatMap;

/// A sweep's map of one figure over two parameters, what is to be said of its best run, and the chosen run's figures.
class SweepMapPage : public QWidget
{
    Q_OBJECT

public:
    explicit SweepMapPage(const Theme& theme, QWidget* parent = nullptr);

    /// Keeps metric and axes where the new one has them too.
    void setReport(std::shared_ptr<const desk::SweepReport> report);
    void setChosen(std::optional<std::size_t> run);
    /// By the figure that is drawn.
    std::optional<std::size_t> best() const { return desk::bestRun(*m_report, choice().metric); }

Q_SIGNALS:
    void runChosen(std::size_t run);

private:
    void fillChoices();
    /// One for each parameter that is not drawn.
    void fillOthers();
    void draw();
    desk::SweepMapChoice choice() const;

    std::shared_ptr<const desk::SweepReport> m_report;
    QLabel *m_verdict, *m_signals;
    QComboBox *m_metric, *m_across, *m_up;
    QWidget* m_others;
    QHBoxLayout* m_othersRow;
    struct Other {
        std::size_t axis;
        QComboBox* value;
    };
    std::vector<Other> m_otherBoxes;
    SweepHeatMap* m_map;
    QLabel* m_chosenTitle;
    FactRows* m_facts;
};

} // namespace vegadesk::ui
