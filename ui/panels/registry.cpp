#include "ui/panels/connections.h"
#include "ui/panels/greeks.h"
#include "ui/panels/journal.h"
#include "ui/panels/option_chain.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/orders.h"
#include "ui/panels/panel.h"
#include "ui/panels/positions.h"
#include "ui/panels/price_chart.h"
#include "ui/panels/risk.h"
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
    // The area is the column of the shipped layout: left, right, and of the middle its top or its tabs below.
    static const std::array registry{
        PanelInfo{"watchlist", QT_TRANSLATE_NOOP("Panels", "Watchlist"), 100, Qt::LeftDockWidgetArea,
                  make<WatchlistPanel>},
        PanelInfo{"risk", QT_TRANSLATE_NOOP("Panels", "Risk"), 250, Qt::LeftDockWidgetArea, make<RiskPanel>},
        PanelInfo{"option_chain", QT_TRANSLATE_NOOP("Panels", "Option chain"), 33, Qt::TopDockWidgetArea,
                  make<OptionChainPanel>},
        PanelInfo{"positions", QT_TRANSLATE_NOOP("Panels", "Positions"), 200, Qt::BottomDockWidgetArea,
                  make<PositionsPanel>},
        PanelInfo{"orders", QT_TRANSLATE_NOOP("Panels", "Orders"), 100, Qt::BottomDockWidgetArea, make<OrdersPanel>},
        PanelInfo{"greeks", QT_TRANSLATE_NOOP("Panels", "Greeks"), 250, Qt::BottomDockWidgetArea, make<GreeksPanel>},
        PanelInfo{"price_chart", QT_TRANSLATE_NOOP("Panels", "Price chart"), 250, Qt::BottomDockWidgetArea,
                  make<PriceChartPanel>},
        PanelInfo{"journal", QT_TRANSLATE_NOOP("Panels", "Journal"), 1000, Qt::BottomDockWidgetArea,
                  make<JournalPanel>},
        PanelInfo{"connections", QT_TRANSLATE_NOOP("Panels", "Connections"), 500, Qt::BottomDockWidgetArea,
                  make<ConnectionsPanel>},
        PanelInfo{"order_ticket", QT_TRANSLATE_NOOP("Panels", "Order ticket"), 100, Qt::RightDockWidgetArea,
                  make<OrderTicketPanel>},
        PanelInfo{"volatility_surface", QT_TRANSLATE_NOOP("Panels", "Volatility surface"), 250,
                  Qt::RightDockWidgetArea, make<VolatilitySurfacePanel>},
    };
    return registry;
}

} // namespace vegadesk::ui
