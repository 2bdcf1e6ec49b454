#pragma once

#include "base/time.h"
#include "desk/published.h"
#include "market/option_chain.h"
#include "pricing/chain_analytics.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// An expiration as it stood at one moment, for QuantLib to price the strikes that are looked at.
struct ReferenceRequest {
    std::string underlying;
    market::Expiration expiration;
    base::Instant at{}; ///< by the market's clock
    double spot = std::numeric_limits<double>::quiet_NaN();
    std::size_t first = 0, count = 0; ///< rows of the expiration
};

/// What QuantLib said of them: Black-Scholes, or early exercise where the options have it, at each strike's own volatility.
struct ReferenceFigures {
    std::string underlying, root;
    base::Date date{};
    base::Instant at{};          ///< of the oldest of them
    std::vector<double> strikes; ///< ascending; the columns are as long, NaN where it has not been asked yet
    pricing::GreeksColumns calls, puts;
    double largestGap =
        std::numeric_limits<double>::quiet_NaN(); ///< between its prices and ours by the same inputs, dollars

    /// The row of that strike; the number of strikes where it is not among them.
    std::size_t rowOf(double strike) const;
    /// Strikes that it has said something of.
    int pricedCount() const;
    bool isOf(const std::string& symbol, const market::Expiration& expiration) const;
};

/// Lives on a thread of its own, because QuantLib takes milliseconds an option and is behind one lock: prices the newest request,
/// one strike a turn of its event loop, so that it ends when it is told to, from the money outwards, and says each at once. A
/// request for another expiration ends the one that is being worked on, a newer one for the same waits until that is done
/// and replaces its figures one by one.
class ReferencePricer : public QObject
{
    Q_OBJECT

public:
    explicit ReferencePricer(std::shared_ptr<Published<ReferenceFigures>> figures);

    /// From any thread; answers at once.
    void submit(std::shared_ptr<const ReferenceRequest> request);

private:
    void work();
    void begin(std::shared_ptr<const ReferenceRequest> request);
    void priceRow(std::size_t row);
    /// Of one expiration.
    static bool isSame(const ReferenceRequest& a, const ReferenceRequest& b);

    std::shared_ptr<Published<ReferenceFigures>> m_figures;
    std::atomic<std::shared_ptr<const ReferenceRequest>> m_next;
    std::shared_ptr<const ReferenceRequest> m_request; ///< being worked on, or the last one
    pricing::ExpirationAnalytics m_analytics;
    ReferenceFigures m_out;
    std::size_t m_done = 0;
    double m_gap = std::numeric_limits<double>::quiet_NaN(); ///< largestGap of this request so far
    bool m_isWorking = false;                                ///< a turn of work() is on its way
};

} // namespace vegadesk::desk
