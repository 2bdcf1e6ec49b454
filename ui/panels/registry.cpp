#include "ui/panels/alerts.h"
#include "ui/panels/attribution.h"
#include "ui/panels/connections.h"
#include "ui/panels/dispersion.h"
#include "ui/panels/exposure.h"
#include "ui/panels/greeks.h"
#include "ui/panels/journal.h"
#include "ui/panels/option_chain.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/orders.h"
#include "ui/panels/panel.h"
#include "ui/panels/positions.h"
#include "ui/panels/price_chart.h"
#include "ui/panels/regimes.h"
#include "ui/panels/risk.h"
#include "ui/panels/signals.h"
#include "ui/panels/strategies.h"
#include "ui/panels/stress.h"
#include "ui/panels/value_at_risk.h"
#include "ui/panels/volatility_surface.h"
#include "ui/panels/watchlist.h"

#include <array>

namespace vegadesk::ui
{

namespace
{
template<class Kind>
Panel* make(const PanelContext& context, QWidget* parent)
{
    return new Kind(context, parent);
}
} // namespace

std::span<const PanelInfo> panels()
{
    using enum Workspace;
    // Panels of one cell are tabs there, in this order.
    static const std::array registry{
        PanelInfo{"watchlist",
                  QT_TRANSLATE_NOOP("Panels", "Watchlist"),
                  100,
                  make<WatchlistPanel>,
                  {{Trade, 0, 0}, {Analyse, 0, 0}, {Backtest, 0, 0}}},
        PanelInfo{"risk",
                  QT_TRANSLATE_NOOP("Panels", "Risk"),
                  250,
                  make<RiskPanel>,
                  {{Trade, 0, 1}, {Backtest, 0, 1}, {Monitor, 0, 0}}},
        PanelInfo{"option_chain",
                  QT_TRANSLATE_NOOP("Panels", "Option chain"),
                  33,
                  make<OptionChainPanel>,
                  {{Trade, 1, 0}, {Analyse, 1, 0}}},
        PanelInfo{"positions",
                  QT_TRANSLATE_NOOP("Panels", "Positions"),
                  200,
                  make<PositionsPanel>,
                  {{Trade, 1, 1}, {Monitor, 1, 1}}},
        PanelInfo{
            "orders", QT_TRANSLATE_NOOP("Panels", "Orders"), 100, make<OrdersPanel>, {{Trade, 1, 1}, {Monitor, 1, 1}}},
        PanelInfo{
            "greeks", QT_TRANSLATE_NOOP("Panels", "Greeks"), 250, make<GreeksPanel>, {{Trade, 1, 1}, {Analyse, 1, 1}}},
        PanelInfo{"price_chart",
                  QT_TRANSLATE_NOOP("Panels", "Price chart"),
                  250,
                  make<PriceChartPanel>,
                  {{Trade, 1, 1}, {Backtest, 1, 0}}},
        PanelInfo{"journal", QT_TRANSLATE_NOOP("Panels", "Journal"), 1000, make<JournalPanel>, {{Trade, 1, 1}}},
        PanelInfo{
            "connections", QT_TRANSLATE_NOOP("Panels", "Connections"), 500, make<ConnectionsPanel>, {{Trade, 1, 1}}},
        PanelInfo{
            "order_ticket", QT_TRANSLATE_NOOP("Panels", "Order ticket"), 100, make<OrderTicketPanel>, {{Trade, 2, 0}}},
        PanelInfo{"volatility_surface",
                  QT_TRANSLATE_NOOP("Panels", "Volatility surface"),
                  250,
                  make<VolatilitySurfacePanel>,
                  {{Trade, 2, 1}, {Analyse, 2, 0}}},
        PanelInfo{"stress",
                  QT_TRANSLATE_NOOP("Panels", "Stress"),
                  500,
                  make<StressPanel>,
                  {{Analyse, 2, 1}, {Monitor, 1, 0}}},
        PanelInfo{"value_at_risk",
                  QT_TRANSLATE_NOOP("Panels", "Value at risk"),
                  500,
                  make<ValueAtRiskPanel>,
                  {{Monitor, 2, 0}}},
        PanelInfo{
            "attribution", QT_TRANSLATE_NOOP("Panels", "Attribution"), 500, make<AttributionPanel>, {{Monitor, 3, 0}}},
        PanelInfo{"regimes", QT_TRANSLATE_NOOP("Panels", "Regimes"), 1000, make<RegimesPanel>, {{Monitor, 2, 1}}},
        PanelInfo{"exposure",
                  QT_TRANSLATE_NOOP("Panels", "Exposure"),
                  500,
                  make<ExposurePanel>,
                  {{Analyse, 1, 1}, {Monitor, 3, 1}}},
        PanelInfo{
            "alerts", QT_TRANSLATE_NOOP("Panels", "Alerts"), 250, make<AlertsPanel>, {{Trade, 1, 1}, {Monitor, 0, 1}}},
        PanelInfo{"strategies",
                  QT_TRANSLATE_NOOP("Panels", "Strategies"),
                  250,
                  make<StrategiesPanel>,
                  {{Trade, 1, 1}, {Backtest, 1, 1}}},
        PanelInfo{
            "dispersion", QT_TRANSLATE_NOOP("Panels", "Dispersion"), 500, make<DispersionPanel>, {{Analyse, 1, 1}}},
        PanelInfo{"signals", QT_TRANSLATE_NOOP("Panels", "Signals"), 250, make<SignalsPanel>, {{Analyse, 1, 1}}},
    };
    return registry;
}

} // namespace vegadesk::ui
