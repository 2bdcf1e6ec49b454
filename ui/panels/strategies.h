#pragma once

#include "ui/panels/panel.h"

class QDialog;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;
class QTabWidget;

namespace vegadesk::ui
{

class StrategiesModel;
class StrategyEventsModel;
class StrategyLedgers;
class StrategyTradesModel;

/// The strategies at work: what each does, has proposed, been refused, traded and hedged, and the way to arm, pause and stop it.
class StrategiesPanel : public Panel
{
    Q_OBJECT

public:
    explicit StrategiesPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(const desk::StrategiesView& view);
    QString titleCount() const override; ///< those that are armed

    /// Asks for a strategy, its underlying and parameters. With those of the current row where there is one.
    QDialog* armNew();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeDetails();
    QWidget* makeBacktestButton(QWidget* parent);
    QWidget* makeButtons();
    void drawCurrent();
    void pauseOrResume();
    void closeTrade();
    void showLedger(int trade);
    const desk::StrategyRow* current() const;

    PanelContext m_context;
    std::uint64_t m_version = 0;
    QStackedLayout* m_pages;
    StrategiesModel* m_model;
    StrategyEventsModel* m_events;
    StrategyTradesModel* m_trades;
    QTableView *m_view, *m_eventView, *m_tradeView;
    StrategyLedgers* m_ledgers = nullptr;
    QWidget* m_ledgerPage = nullptr;
    std::vector<desk::LiveLedger> m_liveLedgers; ///< of the view that is drawn
    QTabWidget* m_tabs = nullptr;
    QLabel* m_empty;
    QPushButton *m_arm, *m_pause, *m_off, *m_close, *m_remove;
};

} // namespace vegadesk::ui
