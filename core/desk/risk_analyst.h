#pragma once

#include "base/clock.h"
#include "desk/book_risk.h"
#include "desk/published.h"
#include "desk/risk_figures.h"
#include "market/reference_data.h"
#include "monitoring/position_alarms.h"
#include "risk/limits.h"
#include "risk/value_at_risk/factor_history.h"
#include "trading/loop.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Lives on a thread of its own that gives way to others: works out the risk of what is held, again and again. Every picture is
/// accounted for in the attribution; the rest is made of the newest one.
class RiskAnalyst : public QObject
{
    Q_OBJECT

public:
    /// What betas, regimes and the beta-weighted figures go by.
    static constexpr const char* index = "SPY";
    static constexpr base::Nanos valueAtRiskEvery = std::chrono::seconds(5); ///< by our own clock, as those below
    static constexpr base::Nanos backtestEvery = std::chrono::minutes(10);   ///< of a book that stays the same
    static constexpr base::Nanos saveEvery = std::chrono::seconds(60);

    explicit RiskAnalyst(std::shared_ptr<Published<RiskView>> view,
                         std::shared_ptr<const base::Clock> wall = std::make_shared<base::SystemClock>());
    ~RiskAnalyst() override;

    /// The account whose pictures come from now on; where its profit came from is kept in that file.
    void begin(const QString& attributionFile);
    void setLimits(const risk::Limits& limits, risk::Tolerance tolerance);
    /// Completed days, ascending.
    void setCandles(const std::string& symbol, const std::vector<market::Candle>& candles);
    void setMetrics(const std::vector<market::UnderlyingMetrics>& metrics);
    void take(const RiskPicture& picture);

Q_SIGNALS:
    void noticed(const vegadesk::desk::Notice& notice);
    /// For the gate, sizes and gauges; the shortfall in dollars, positive, NaN where not known.
    void measured(const vegadesk::trading::RiskMeasures& measures, double expectedShortfall);

private:
    void account(const RiskPicture& picture);
    void save();
    void work();
    void useHistory(RiskView& view);
    void measure(RiskView& view, const RiskPicture& picture);
    void backtest(RiskView& view, const RiskPicture& picture);
    void tell(const RiskView& view);
    double sizeMultiplier() const;
    std::optional<monitoring::Dividend> nextDividend(const std::string& underlying, base::Date today) const;
    std::vector<PositionAlarm> alarms(const RiskPicture& picture) const;

    const std::shared_ptr<Published<RiskView>> m_published;
    const std::shared_ptr<const base::Clock> m_wall;
    risk::Limits m_limits;
    risk::Tolerance m_tolerance = risk::Tolerance::Moderate;
    ClosesBySymbol m_closes;
    std::map<std::string, market::UnderlyingMetrics> m_metrics;
    bool m_hasNewHistory = false, m_isIndexNew = true; ///< since the last work()
    risk::FactorHistory m_history;
    std::optional<risk::RegimeFilter> m_regimes;

    QString m_file;
    std::optional<portfolio::Attribution> m_attribution;
    base::Date m_day{};
    base::Instant m_savedAt{};
    bool m_isUnsaved = false;

    std::optional<RiskPicture> m_next;
    bool m_isDue = false;
    RiskView m_view; ///< the last one
    std::uint64_t m_version = 0;
    base::Instant m_measuredAt{}, m_backtestedAt{};
    std::map<std::string, double, std::less<>> m_volatilities; ///< of the underlyings' returns, per year
    std::string m_backtested;                                  ///< what the book was then
};

} // namespace vegadesk::desk
