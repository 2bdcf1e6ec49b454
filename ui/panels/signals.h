#pragma once

#include "ui/panels/panel.h"

#include <memory>
#include <string>

class QBoxLayout;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class FactRows;
class SignalSharesModel;
class SignalsModel;

/// Trained models, what each is worth out of sample and says of the coming session, and what its trees look at. Trains
/// demonstrations on the simulated market.
class SignalsPanel : public Panel
{
    Q_OBJECT

public:
    explicit SignalsPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(std::shared_ptr<const desk::SignalsView> view);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeModels();
    QWidget* makeDetails();
    QWidget* makeFooter();
    void fitModels();
    void drawEmpty();
    void drawCurrent();
    void drawTraining();

    PanelContext m_context;
    std::shared_ptr<const desk::SignalsView> m_view; ///< never null
    std::string m_chosen;                            ///< the model whose figures are shown, by name
    bool m_isFilling = false;                        ///< rows change: what is current is not the user's choice
    QStackedLayout* m_pages;
    QLabel *m_empty, *m_verdict, *m_demonstration, *m_today, *m_message;
    SignalsModel* m_model;
    SignalSharesModel* m_shares;
    QTableView *m_table, *m_bars;
    FactRows* m_facts;
    QBoxLayout* m_figures = nullptr; ///< facts and bars
    QComboBox* m_target;
    QPushButton *m_train, *m_cancel;
    QProgressBar* m_progress;
};

} // namespace vegadesk::ui
