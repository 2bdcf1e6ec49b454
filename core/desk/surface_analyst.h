#pragma once

#include "base/clock.h"
#include "base/time.h"
#include "desk/chain_pricer.h"
#include "desk/live_chain.h"
#include "desk/published.h"
#include "desk/variance_clock.h"
#include "desk/views.h"
#include "market/option_chain.h"

#include <QObject>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::desk
{

/// A chain as it stood at one moment, for whoever fits it.
struct ChainSnapshot {
    std::shared_ptr<const market::OptionChain> chain;
    base::Instant at{}; ///< by the market's clock
    double spot = unknown;
    std::size_t selected = 0;              ///< the expiration on the screen
    TimeBasis basis = TimeBasis::Calendar; ///< that volatilities are shown in
    bool isOld = false;                    ///< as it stood at `at`, when a quote was new last
};

/// Lives on a thread of its own: fits the volatility surface, and now and then the models, to the newest chain. A chain that
/// arrives while the last one is being fitted replaces the one that waits.
class SurfaceAnalyst : public QObject
{
    Q_OBJECT

public:
    ///   wall  our own clock
    SurfaceAnalyst(std::shared_ptr<Published<SurfaceView>> view, std::shared_ptr<Published<ChainFits>> fits,
                   std::shared_ptr<const base::Clock> wall = std::make_shared<base::SystemClock>());

    /// From any thread; answers at once.
    void submit(std::shared_ptr<const ChainSnapshot> snapshot);

    /// How often an expiration's exercise boundaries have been solved for, to see what was kept. On its own thread.
    std::size_t solvedCount() const { return m_solvedCount; }

private:
    struct Source;
    std::vector<Source> sourcesOf(const ChainSnapshot& snapshot);
    void work();
    void fit(const ChainSnapshot& snapshot);
    void fitModels(const std::vector<Source>& sources, const ChainSnapshot& snapshot);

    std::shared_ptr<Published<SurfaceView>> m_view;
    std::shared_ptr<Published<ChainFits>> m_fits;
    std::shared_ptr<const base::Clock> m_wall;
    std::atomic<std::shared_ptr<const ChainSnapshot>> m_next;
    std::map<std::pair<base::Date, std::string>, LiveExpiration> m_live; ///< of the last snapshot, by date and root
    ChainFits m_last;
    std::vector<HestonFit> m_heston;
    std::string m_hestonNote;
    base::Instant m_modelsAt{}; ///< by our clock
    std::uint64_t m_version = 0;
    std::size_t m_solvedCount = 0;
};

} // namespace vegadesk::desk
