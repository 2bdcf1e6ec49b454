#include "backtest/shared_chains.h"

#include "backtest/data_hash.h"
#include "market/calendar.h"

#include <algorithm>
#include <set>

namespace vegadesk::backtest
{

namespace
{

constexpr auto closesBefore = std::chrono::days(500); ///< more than a run asks for before its first day

} // namespace

class SharedChains::View final : public history::ChainSource, public AnalyticsKeeper
{
public:
    View(std::shared_ptr<const SharedChains> data, Range range)
        : m_data(std::move(data)), m_range(range), m_next(range.first)
    {
    }

    const std::string& underlying() const override { return m_data->m_underlying; }
    std::string description() const override { return m_data->m_description; }
    std::string origin() const override { return m_data->m_origin; }
    bool isSimulated() const override { return m_data->m_isSimulated; }
    std::size_t snapshotCount() const override { return m_range.second - m_range.first; }
    base::Result<bool> next(market::OptionChain& chain) override
    {
        if (m_next == m_range.second)
            return false;
        chain = m_data->m_chains[m_next++];
        return true;
    }
    void rewind() override { m_next = m_range.first; }
    Analytics analytics(const std::function<Analytics()>& analyse) override
    {
        const std::size_t place = m_next - 1;
        if (place >= m_data->m_keptCount)
            return analyse();
        std::atomic<Analytics>& kept = m_data->m_kept[place];
        if (Analytics known = kept.load())
            return known;
        Analytics fresh = analyse(); // another run may do so at the same time, and finds the same
        kept.store(fresh);
        return fresh;
    }
    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        std::vector<history::DailyClose> closes;
        std::ranges::copy_if(m_data->m_closes, std::back_inserter(closes),
                             [&](const history::DailyClose& close) { return close.date >= from && close.date <= to; });
        return closes;
    }
    std::optional<double> settlementPrice(base::Date expiry, market::Settlement settlement) override
    {
        const auto known = m_data->m_settlements.find({expiry, settlement});
        return known == m_data->m_settlements.end() ? std::nullopt : std::optional(known->second);
    }
    std::optional<double> riskFreeRate(base::Date date) const override
    {
        const auto known = m_data->m_rates.find(date);
        return known == m_data->m_rates.end() ? std::nullopt : std::optional(known->second);
    }
    std::optional<double> dividendYield() const override { return m_data->m_dividendYield; }
    std::span<const history::CashPayment> payments() const override { return m_data->m_payments; }
    std::span<const history::ExpectedReport> reports() const override { return m_data->m_reports; }
    std::span<const history::CorporateAction> corporateActions() const override { return m_data->m_corporateActions; }

private:
    const std::shared_ptr<const SharedChains> m_data;
    const Range m_range;
    std::size_t m_next = 0;
};

base::Result<std::shared_ptr<const SharedChains>>
SharedChains::read(history::ChainSource& source, std::stop_token stop,
                   const std::function<void(double fraction)>& progress)
{
    auto data = std::make_shared<SharedChains>();
    data->m_underlying = source.underlying();
    data->m_description = source.description();
    data->m_origin = source.origin();
    data->m_isSimulated = source.isSimulated();
    data->m_dividendYield = source.dividendYield();
    data->m_payments.assign(source.payments().begin(), source.payments().end());
    data->m_reports.assign(source.reports().begin(), source.reports().end());
    data->m_corporateActions.assign(source.corporateActions().begin(), source.corporateActions().end());
    data->m_chains.reserve(source.snapshotCount());
    source.rewind();
    market::OptionChain chain;
    std::set<std::pair<base::Date, market::Settlement>> expiries;
    std::size_t rows = 0;
    while (true) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "data", data->m_description, "reading was cancelled");
        const auto next = source.next(chain);
        if (!next)
            return tl::make_unexpected(next.error());
        if (!*next)
            break;
        for (const market::Expiration& expiration : chain.expirations)
            expiries.emplace(expiration.date, expiration.settlement);
        const base::Date date = market::newYorkDate(chain.at);
        if (const auto rate = source.riskFreeRate(date))
            data->m_rates.emplace(date, *rate);
        for (const market::Expiration& expiration : chain.expirations)
            rows += 2 * expiration.strikes.size();
        data->m_keptCount += rows <= keptRowsMost ? 1 : 0;
        data->m_chains.push_back(chain);
        if (progress)
            progress(static_cast<double>(data->m_chains.size()) / static_cast<double>(source.snapshotCount()));
    }
    if (data->m_chains.empty())
        return base::fail(base::ErrorKind::NotFound, "data", data->m_description, "no snapshots");
    data->m_kept = std::make_unique<std::atomic<AnalyticsKeeper::Analytics>[]>(data->m_keptCount);
    const base::Date first = market::newYorkDate(data->m_chains.front().at);
    const base::Date last = market::newYorkDate(data->m_chains.back().at);
    data->m_closes = source.closes(first - closesBefore, last);
    for (const auto& [expiry, settlement] : expiries) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "data", data->m_description, "reading was cancelled");
        if (expiry > last)
            continue; // later than any run goes
        if (const auto price = source.settlementPrice(expiry, settlement))
            data->m_settlements.emplace(std::pair(expiry, settlement), *price);
    }
    return data;
}

SharedChains::Range SharedChains::rangeOf(std::optional<base::Date> from, std::optional<base::Date> to) const
{
    const auto dateOf = [](const market::OptionChain& chain) { return market::newYorkDate(chain.at); };
    const auto first = from ? std::ranges::lower_bound(m_chains, *from, {}, dateOf) : m_chains.begin();
    const auto last = to ? std::ranges::upper_bound(m_chains, *to, {}, dateOf) : m_chains.end();
    const auto begin = static_cast<std::size_t>(first - m_chains.begin());
    return {begin, std::max(begin, static_cast<std::size_t>(last - m_chains.begin()))};
}

std::unique_ptr<history::ChainSource> SharedChains::source(std::optional<base::Date> from,
                                                           std::optional<base::Date> to) const
{
    return std::make_unique<View>(shared_from_this(), rangeOf(from, to));
}

std::string SharedChains::dataHash(std::optional<base::Date> from, std::optional<base::Date> to) const
{
    DataHash hash;
    const auto [first, last] = rangeOf(from, to);
    for (std::size_t i = first; i < last; ++i)
        hash.add(m_chains[i]);
    View view(shared_from_this(), {first, last});
    std::vector<history::DailyClose> closes;
    if (first < last)
        closes = view.closes(closesFrom(market::newYorkDate(m_chains[first].at)),
                             market::newYorkDate(m_chains[last - 1].at) - std::chrono::days(1));
    hash.add(view, closes);
    return hash.text();
}

std::vector<base::Date> SharedChains::dates() const
{
    std::vector<base::Date> dates;
    for (const market::OptionChain& chain : m_chains) {
        const base::Date date = market::newYorkDate(chain.at);
        if (dates.empty() || dates.back() != date)
            dates.push_back(date);
    }
    return dates;
}

} // namespace vegadesk::backtest
