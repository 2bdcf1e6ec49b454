#pragma once

#include "desk/hedge_views.h"
#include "trading/hedge_recorder.h"
#include "trading/loop.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The hedge ledgers of the strategies at work, as views. Lives with the trading session, on its thread.
///
/// Marks   a minute apart, and before each fill, while the market is open: variance is measured with moves of a minute. What is shown
///         has one more as of now, which stays only if it is a minute after the last.
/// Bounds  a ledger keeps 1,000 rows: two and a half days of minutes, then marks of two minutes, and so on. Of closed trades the
///         last ones keep theirs (closedLedgersKept). That is half a megabyte each, however long the program runs.
/// Restart a ledger is not journalled: of a trade that goes on it begins anew, and says since when. The journal has the fills, but not
///         the marks and volatilities between them, which the identity is of.
/// Errors  books that are only shown are no reason to halt trading: where they fail there are none from then on, which is logged.
class LiveLedgers : private trading::LoopObserver
{
public:
    static constexpr trading::HedgeRecording recording{std::chrono::minutes(1), 1000, closedLedgersKept};
    static constexpr base::Nanos shownEvery = std::chrono::seconds(1);

    /// The loop has started, and outlives end().
    void begin(trading::Loop& loop);
    void end();

    /// As trading::HedgeRecorder::mark(), while there are quotes of now.
    void mark(base::Instant now);
    /// In the order the trades were opened, after those that wait to be taken over.
    std::vector<LiveLedger> views();

private:
    struct Shown {
        std::size_t written = 0; ///< rows of the ledger that it was made of
        std::shared_ptr<const HedgeLedgerView> view;
    };
    void show(const portfolio::HedgeLedger& ledger, std::size_t written);
    void onProposal(std::string_view strategy, const strategies::Proposal& proposal) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    template<class Work>
    void guarded(Work work);
    void markNow(base::Instant now);

    trading::Loop* m_loop = nullptr;
    std::unique_ptr<trading::HedgeRecorder> m_recorder;
    base::Instant m_shownAt{};
    std::map<std::string, Shown> m_shown; ///< by group
    bool m_isBroken = false;
};

} // namespace vegadesk::desk
