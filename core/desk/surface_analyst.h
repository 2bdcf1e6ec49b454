#pragma once

#include "base/clock.h"
#include "base/time.h"
#include "desk/chain_pricer.h"
#include "desk/live_chain.h"
#include "desk/published.h"
#include "desk/surface_views.h"
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
    std::size_t selected = 0;                    ///< the expiration on the screen
    TimeBasis basis = TimeBasis::Calendar;       ///< that volatilities are shown in
    bool isOld = false;                          ///< as it stood at `at`, when a quote was new last
    ChainModel model = ChainModel::BlackScholes; ///< that was chosen: some are made only when they are asked for
};

/// Lives on a thread of its own: fits the volatility surface, and now and then the models, to the newest chain. A chain that
/// arrives while the last one is being fitted replaces the one that waits. Where American options are to be priced under Heston's
/// model, it opens the networks, fits by them, and solves the shown expiration by finite differences.
class SurfaceAnalyst : public QObject
{
    Q_OBJECT

public:
    ///   wall      our own clock
    ///   networks  the folder of the networks that American options can be priced by; they are opened when they are first chosen
    SurfaceAnalyst(std::shared_ptr<Published<SurfaceView>> view, std::shared_ptr<Published<ChainFits>> fits,
                   std::shared_ptr<const base::Clock> wall = std::make_shared<base::SystemClock>(),
                   std::string networks = learning::networksFolder());

    /// From any thread; answers at once.
    void submit(std::shared_ptr<const ChainSnapshot> snapshot);

    /// How often an expiration's exercise boundaries have been solved for, to see what was kept. On its own thread.
    std::size_t solvedCount() const { return m_solvedCount; }

private:
    struct Source;
    std::vector<Source> sourcesOf(const ChainSnapshot& snapshot);
    void work();
    void fit(const ChainSnapshot& snapshot);
    void noticeModel(ChainModel model);
    /// False: it is not time yet.
    bool fitModels(const std::vector<Source>& sources, const ChainSnapshot& snapshot);
    void fitAmerican(const std::vector<Source>& sources, base::Instant at);
    void solveShown(const std::vector<Source>& sources, bool isRefitted);

    std::shared_ptr<Published<SurfaceView>> m_view;
    std::shared_ptr<Published<ChainFits>> m_fits;
    std::shared_ptr<const base::Clock> m_wall;
    std::atomic<std::shared_ptr<const ChainSnapshot>> m_next;
    std::map<std::pair<base::Date, std::string>, LiveExpiration> m_live; ///< of the last snapshot, by date and root
    std::string m_networks;
    ChainModel m_model = ChainModel::BlackScholes;
    ChainFits m_last;
    std::vector<HestonFit> m_heston, m_american;
    std::string m_hestonNote;
    base::Instant m_modelsAt{}; ///< by our clock
    std::uint64_t m_version = 0;
    std::size_t m_solvedCount = 0;
};

} // namespace vegadesk::desk
