#include "desk/trade_picture.h"

#include "desk/backtest_runner.h"
#include "desk/chain_figures.h"
#include "desk/ticket_payoff.h"
#include "market/calendar.h"
#include "portfolio/cover.h"
#include "pricing/chain_analytics.h"
#include "pricing/simd_path.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <span>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t rowsAround = 6; ///< strikes beyond the trade's, either way
constexpr auto oldestQuotes =
    std::chrono::days(7); ///< a trade that ended on a day without quotes shows the last ones before

struct Market {
    std::shared_ptr<const market::OptionChain> chain;
    pricing::ChainAnalytics analytics;
};

/// The last chain of a source no later than `at`.
base::Result<Market> lastOf(history::ChainSource& source, base::Instant at, double interestRate)
{
    const base::Date day = market::newYorkDate(at);
    auto chain = std::make_shared<market::OptionChain>();
    const auto found = source.seek(at).and_then([&] { return source.next(*chain); });
    if (!found)
        return tl::make_unexpected(found.error());
    if (!*found || chain->at > at || at - chain->at > oldestQuotes)
        return base::fail(base::ErrorKind::NotFound, "data", source.description(),
                          fmt::format("there are no quotes of {} any more", base::formatDate(day)));
    const base::Date date = market::newYorkDate(chain->at);
    const pricing::Rates rates{source.riskFreeRate(date).value_or(interestRate), source.dividendYield().value_or(0)};
    const base::Instant now = chain->at;
    return Market{chain, pricing::analyseOnDemand(chain, now, rates)};
}

/// A trade's own underlying first, then the constituents that it holds something of. Of the generated market only the days around it
/// are made.
base::Result<std::vector<Market>> marketsAt(BacktestRequest request, const BacktestBook& book,
                                            const std::stop_token& stop)
{
    const base::Date day = market::newYorkDate(book.at);
    request.start = day - oldestQuotes;
    request.end = day;
    const auto source = openSource(request, stop);
    if (!source)
        return tl::make_unexpected(source.error());
    std::vector<history::ChainSource*> sources{source->get()};
    for (const history::ConstituentChains& name : (*source)->constituents()) {
        const auto isOfIt = [&](const BacktestLeg& leg) {
            return (leg.option ? leg.option->root : leg.symbol) == name.chains->underlying();
        };
        if (std::ranges::any_of(book.legs, isOfIt))
            sources.push_back(name.chains.get());
    }
    std::vector<Market> markets;
    for (history::ChainSource* const each : sources) {
        auto market = lastOf(*each, book.at, request.interestRate);
        if (!market)
            return tl::make_unexpected(market.error());
        markets.push_back(*std::move(market));
    }
    return markets;
}

/// Strikes from some below the lowest of `legs` to some above the highest, those of one expiration.
TradePicture::Expiry expiryOf(const Market& market, std::size_t index, const std::vector<BacktestLeg>& legs)
{
    const market::Expiration& listed = market.chain->expirations[index];
    const pricing::ExpirationAnalytics& figures = market.analytics.expirations[index];
    std::map<std::string, base::Quantity> held;
    std::size_t low = listed.strikes.size(), high = 0;
    for (const BacktestLeg& leg : legs) {
        const auto place = market::find(*market.chain, leg.symbol);
        if (!place || place->expiration != index)
            continue;
        held[leg.symbol] = leg.quantity;
        low = std::min(low, place->row);
        high = std::max(high, place->row);
    }
    TradePicture::Expiry out;
    out.tab.date = listed.date;
    out.tab.root = listed.root;
    out.tab.daysLeft = static_cast<int>((listed.date - market::newYorkDate(market.chain->at)).count());
    out.tab.type = listed.type;
    out.tab.settlement = listed.settlement;
    low -= std::min(low, rowsAround);
    high = std::min(high + rowsAround + 1, listed.strikes.size());
    for (std::size_t row = low; row < high; ++row) {
        ChainRow& shown = out.rows.emplace_back();
        shown.strike = listed.strikes[row];
        shown.call = chainCell(listed.calls, figures, market::Right::Call, row);
        shown.put = chainCell(listed.puts, figures, market::Right::Put, row);
        for (ChainCell* const cell : {&shown.call, &shown.put}) {
            if (const auto position = held.find(cell->symbol); position != held.end())
                cell->position = position->second.whole();
        }
    }
    return out;
}

/// The book as the ticket prices one; not complete where a leg is not in the chain or has no volatility.
PricedBook priced(const BacktestBook& book, const Market& market)
{
    PricedBook out;
    out.cost = book.cost;
    out.time.now = market.chain->at;
    out.market.spot = market.analytics.spot;
    out.isComplete = std::isfinite(out.market.spot);
    out.years = std::numeric_limits<double>::infinity();
    std::vector<portfolio::MarginLeg> covers;
    int options = 0;
    for (const BacktestLeg& leg : book.legs) {
        pricing::ValuationLeg valued;
        valued.quantity = leg.quantity.toDouble();
        valued.multiplier = leg.multiplier;
        portfolio::MarginLeg cover;
        cover.isOption = leg.option.has_value();
        cover.quantity = leg.quantity;
        cover.multiplier = leg.multiplier;
        if (leg.option) {
            const auto place = market::find(*market.chain, leg.symbol);
            if (!place) {
                out.isComplete = false;
                continue;
            }
            const pricing::ExpirationAnalytics& figures = market.analytics.expirations[place->expiration];
            valued.right = leg.option->right;
            valued.strike = leg.option->strike.toDouble();
            valued.years = figures.years;
            valued.vol = figures.volatility[place->row];
            cover.right = leg.option->right;
            cover.strike = valued.strike;
            cover.expiry = leg.option->expiry;
            cover.settlement = market.chain->expirations[place->expiration].settlement;
            out.volatility += valued.vol;
            if (valued.years < out.years) {
                out.years = valued.years;
                out.market.rate = figures.market.rate;
                out.market.dividendYield = figures.market.dividendYield;
            }
            ++options;
        }
        out.legs.push_back(valued);
        covers.push_back(cover);
    }
    out.volatility = options > 0 ? out.volatility / options : 0;
    out.years = options > 0 ? out.years : 0;
    out.isUncovered = portfolio::uncoveredOf(covers).calls > 0;
    out.isComplete = out.isComplete && std::isfinite(out.volatility) && std::isfinite(out.years);
    return out;
}

TradePicture::Leg legOf(const BacktestLeg& leg, std::span<const Market> markets)
{
    TradePicture::Leg out;
    out.held = leg;
    for (const Market& market : markets) {
        if (!leg.option && market.chain->underlying == leg.symbol) {
            out.bid = market.chain->underlyingQuote.bid;
            out.ask = market.chain->underlyingQuote.ask;
            out.delta = 1;
            return out;
        }
        const auto place = leg.option ? market::find(*market.chain, leg.symbol) : std::nullopt;
        if (!place)
            continue;
        const ChainCell cell =
            chainCell(market.chain->expirations[place->expiration].side(leg.option->right),
                      market.analytics.expirations[place->expiration], leg.option->right, place->row);
        out.bid = cell.bid;
        out.ask = cell.ask;
        out.iv = cell.iv;
        out.delta = cell.delta;
        return out;
    }
    return out;
}

} // namespace

TradePicture tradePicture(const BacktestRequest& request, const BacktestTrade& trade, TradeMoment moment,
                          const std::stop_token& stop)
{
    const pricing::SimdPathPin samePath(pricing::SimdPath::Baseline); // the figures that the run had
    const BacktestBook& book = moment == TradeMoment::Entry ? trade.entry : trade.exit;
    TradePicture out;
    out.underlying = request.underlying;
    if (stop.stop_requested()) {
        out.failure = "cancelled";
        return out;
    }
    const auto markets = marketsAt(request, book, stop);
    if (!markets) {
        out.failure = markets.error().message();
        return out;
    }
    const Market& market = markets->front();
    out.at = market.chain->at;
    std::vector<std::size_t> shown; // expirations, in the chain's order
    for (const BacktestLeg& leg : book.legs) {
        out.legs.push_back(legOf(leg, *markets));
        if (const auto place = market::find(*market.chain, leg.symbol))
            shown.push_back(place->expiration);
    }
    std::ranges::sort(shown);
    shown.erase(std::ranges::unique(shown).begin(), shown.end());
    for (const std::size_t index : shown)
        out.expiries.push_back(expiryOf(market, index, book.legs));
    out.payoff.spot = market.analytics.spot;
    out.isSeveral = markets->size() > 1;
    if (out.isSeveral)
        return out;
    const PricedBook valued = priced(book, market);
    drawBook(out.payoff, valued, valued, {});
    return out;
}

} // namespace vegadesk::desk
