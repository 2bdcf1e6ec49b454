#pragma once

#include "ui/models/exit_plan.h"
#include "ui/panels/panel.h"

#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QScrollArea;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class BrokerTable;
class ElidedLabel;
class ExitRows;
class LegsModel;
class LimitRow;
class PayoffPlot;
class TicketFigures;
class TriggerRow;
class WhatIfBar;

/// The staged order: its legs, payoff and figures, the broker's dry run, the gate's verdict, and the way to send it.
class OrderTicketPanel : public Panel
{
    Q_OBJECT

public:
    explicit OrderTicketPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    QWidget* titleExtras() override;
    /// Opens and closes the what-if sliders; nothing without a staged leg.
    void toggleWhatIf();

private:
    /// A mix of legs, to notice when the mid of the last ticket no longer belongs to it.
    using Mix = std::vector<std::pair<std::string, base::Quantity>>;

    QWidget* makeBody();
    QWidget* makeButtons();
    void fitHeights();
    void addShortcuts();

    void stagedChanged();
    /// Hands the order to the desk; where the user set no limit, at the mid.
    void stage();

    // ticket_prices.cpp
    /// What is staged, with every price that it has so far.
    struct Wanted {
        portfolio::OrderIntent intent; ///< of orders that depend on each other the part that goes first
        std::optional<portfolio::ComplexIntent> complex;

        friend bool operator==(const Wanted&, const Wanted&) = default;
    };
    Wanted wanted() const;
    portfolio::OrderIntent intent() const { return wanted().intent; }
    bool isPriced() const;
    bool hasExits() const;
    /// Of a close: a target takes the place of the limit.
    bool isPair() const;
    std::optional<base::Decimal> limitInForce() const;
    /// Signed price of the unit that is opened or held; NaN while it is not known.
    double premium() const;
    ExitPrices exitPrices() const;
    /// Chooses the trigger that a new stop begins with, from the market. True when it did.
    bool chooseTrigger(const desk::TicketView& ticket);
    /// The day that a new order good till a date is good till. True when it chose one.
    bool chooseDate();
    /// Why its prices are none to send; empty when they are, or are still to come.
    QString priceObstacle() const;
    void drawTerms();

    void takeTicket();
    void drawTitle();
    void drawLimit();
    void drawDryRun();
    void drawSend();
    /// Why it cannot be sent now, and whether that passes by itself; no words when it can.
    struct Obstacle {
        QString words;
        bool isPassing = false;
    };
    Obstacle sendObstacle() const;
    /// Of a dry run of this very order.
    const desk::DryRunView* dryRunOfThis() const;
    void showVerdict(const QString& words, const char* tone);

    void dryRun();
    void send();
    void sendNow(const desk::TicketView& frozen);
    void commit();

    PanelContext m_context;
    Mix m_mix;
    std::uint64_t m_request = 0;                      ///< of the last stageTicket()
    Wanted m_staged;                                  ///< what that asked about
    std::optional<base::Decimal> m_mid;               ///< on the tick grid, of this mix
    market::TickTable m_ticks;                        ///< of this mix, where it is one leg
    double m_mark = desk::unknown;                    ///< of that leg
    std::optional<portfolio::OrderEffect> m_effect;   ///< of this mix, once the desk has said it
    bool m_isMidMissing = false;                      ///< the desk has answered and knows no mid
    bool m_isJudged = false;                          ///< the drawn verdict is of what the user last chose
    std::shared_ptr<const desk::TicketView> m_ticket; ///< drawn
    std::uint64_t m_dryRunRequest = 0;
    Wanted m_dryRunWanted;
    std::shared_ptr<const desk::DryRunView> m_dryRun;

    QStackedLayout* m_pages;
    LegsModel* m_model;
    QTableView* m_legs;
    PayoffPlot* m_payoff;
    WhatIfBar* m_whatIf;
    TicketFigures* m_figures;
    BrokerTable* m_broker;
    LimitRow* m_limit;
    TriggerRow* m_trigger;
    ExitRows* m_exits;
    QPushButton *m_dryRunButton, *m_sendButton, *m_clearButton;
    QScrollArea* m_verdictArea;
    QLabel* m_verdict;
    QWidget* m_titleExtras = nullptr;
    ElidedLabel* m_titleName = nullptr;
    QLabel* m_titleLegs = nullptr;
};

} // namespace vegadesk::ui
