#include "venue/exchange.h"

#include "market/calendar.h"

#include <cmath>
#include <optional>

namespace vegadesk::venue
{

namespace
{

using base::Decimal;
using base::Instant;
using market::Instrument;
using market::Right;
using portfolio::Position;

class Examples
{
public:
    Examples(const std::string& account, MarketModel& market, Instant at)
        : m_account(account), m_market(market), m_at(at)
    {
        const base::Date yesterday = market::previousTradingDay(market::newYorkDate(at));
        base::Date opening = yesterday;
        for (int i = 0; i < 5; ++i)
            opening = market::previousTradingDay(opening);
        m_openedAt = market::fromNewYork(opening, std::chrono::hours(11));
        m_previousClose = market::sessionOn(yesterday)->close;
    }

    void add(const Instrument& instrument, base::Quantity quantity)
    {
        Position position;
        position.account = m_account;
        position.symbol = instrument.symbol;
        position.underlying = instrument.underlying;
        position.type = instrument.type;
        position.quantity = quantity;
        position.multiplier = instrument.multiplier;
        position.averageOpenPrice = priceAt(instrument, m_openedAt);
        position.averageDailyMarketClosePrice = priceAt(instrument, m_previousClose);
        position.updatedAt = m_openedAt;
        m_positions.push_back(std::move(position));
    }

    /// The monthly contract about 45 days out whose delta is nearest to `delta`.
    void addOption(const std::string& underlying, Right right, double delta, base::Quantity quantity)
    {
        const base::Date today = market::newYorkDate(m_at);
        const market::ChainDefinition* chain = m_market.definition(underlying, today);
        if (chain == nullptr)
            return;
        std::optional<std::size_t> best;
        double bestScore = 0;
        for (std::size_t i = 0; i < chain->options.size(); ++i) {
            const Instrument& option = chain->options[i];
            const auto days = (option.option->expiry - today).count();
            if (option.expirationType != market::ExpirationType::Regular || option.option->right != right ||
                days < 21 || days > 70)
                continue;
            const double found = m_market.data(option, m_at).greeks.delta;
            const double score = std::abs(found - delta) + 0.002 * std::abs(static_cast<double>(days) - 45);
            if (std::isfinite(score) && (!best || score < bestScore)) {
                best = i;
                bestScore = score;
            }
        }
        if (best)
            add(chain->options[*best], quantity);
    }

    std::vector<Position> take() { return std::move(m_positions); }

private:
    Decimal priceAt(const Instrument& instrument, Instant at) { return toCents(m_market.mark(instrument, at)); }

    const std::string& m_account;
    MarketModel& m_market;
    Instant m_at, m_openedAt, m_previousClose;
    std::vector<Position> m_positions;
};

} // namespace

std::vector<Position> examplePositions(const std::string& account, MarketModel& market, Instant at)
{
    Examples examples(account, market, at);
    const Instrument* stock = market.find("AAPL", market::newYorkDate(at));
    if (stock == nullptr)
        return {};
    examples.add(*stock, 100);
    examples.addOption("AAPL", Right::Call, 0.30, -1);
    examples.addOption("MSFT", Right::Call, 0.50, 2);
    examples.addOption("SPY", Right::Put, -0.10, 1);
    examples.addOption("SPY", Right::Put, -0.18, -1);
    examples.addOption("SPY", Right::Call, 0.18, -1);
    examples.addOption("SPY", Right::Call, 0.10, 1);
    return examples.take();
}

} // namespace vegadesk::venue
