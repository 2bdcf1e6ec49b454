// The chain and the Heston page of the surface by the networks, and a model for the Signals dock.
#include "ui/panels/chain_table.h"
#include "ui/panels/volatility_surface.h"
#include "ui/screenshots.h"

#include <QDockWidget>

#include <memory>
#include <vector>

namespace vegadesk::ui
{

void Screenshots::addNeural(const QString& suffix)
{
    struct Before {
        QString model;
        std::vector<ChainField> fields;
    };
    const auto before = std::make_shared<Before>();
    const auto table = [this] { return m_window.findChild<ChainTable*>(QStringLiteral("chain_view")); };
    const auto surface = [this] { return m_window.findChild<VolatilitySurfacePanel*>(); };
    addStep("neural model", 1000, true, [this, before, table, surface] {
        before->model = m_desk.settings().choice(desk::setting::chainModel);
        before->fields = table()->fields();
        std::vector<ChainField> fields = before->fields;
        std::erase(fields, ChainField::Theo);
        fields.push_back(ChainField::Theo);
        table()->setFields(fields);
        surface()->setPage(VolatilitySurfacePanel::pageCount - 1);
        return m_desk.settings().setChoice(desk::setting::chainModel, QStringLiteral("neural")) ? Progress::Done
                                                                                                : Progress::Failed;
    });
    addStep("neural prices", 20'000, false, [this] {
        const auto fits = m_desk.surface();
        const bool isFitted = !fits->heston.empty() && fits->heston.back().isNeural;
        return isFitted && m_desk.chain()->networks ? Progress::Done : Progress::Waiting;
    });
    addSettle();
    addStep("neural pictures", 1000, true, [this, before, table, surface, suffix] {
        const Progress chain =
            save(m_window.dock(QStringLiteral("option_chain")), QStringLiteral("option_chain_neural") + suffix);
        const Progress page = save(surface(), QStringLiteral("volatility_surface_neural") + suffix);
        table()->setFields(before->fields);
        surface()->setPage(0);
        const bool isBack = m_desk.settings().setChoice(desk::setting::chainModel, before->model).has_value();
        return isBack && chain == Progress::Done ? page : Progress::Failed;
    });
}

/// The second theme finds the first one's.
void Screenshots::addDemonstration()
{
    addStep("demonstration", 5'000, false, [this] {
        const auto view = m_desk.signalModels();
        if (!view->isRead)
            return Progress::Waiting;
        if (view->rows.empty())
            m_desk.trainDemonstration(desk::signalTargets().front());
        return Progress::Done;
    });
    addStep("its model", 180'000, false, [this] {
        const auto view = m_desk.signalModels();
        if (view->training.state == desk::SignalTraining::State::Failed)
            return Progress::Failed;
        return view->rows.empty() || view->training.isRunning() ? Progress::Waiting : Progress::Done;
    });
}

} // namespace vegadesk::ui
