#include "desk/chain_figures.h"

#include "desk/american_figures.h"
#include "market/calendar.h"
#include "pricing/surface/distribution.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace vegadesk::desk
{

namespace
{

struct ChainFigures {
    Q_DECLARE_TR_FUNCTIONS(ChainFigures)
};

constexpr double daysPerYear = 365;
constexpr double theoSlack = 0.005; ///< dollars: prices are whole cents

const std::string& nameOf(ChainModel model)
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const QString& each : setting::chainModel.choices)
            all.push_back(each.toStdString());
        return all;
    }();
    return names.at(static_cast<std::size_t>(model));
}

/// Reckoned by us from something fitted: there once the fit is.
bool isFittedModel(ChainModel model)
{
    return model == ChainModel::Surface || model == ChainModel::Merton || model == ChainModel::Heston ||
           model == ChainModel::AmericanHeston || model == ChainModel::Neural;
}

/// Of options that may not be exercised early Heston, which is the same law; finite differences where they are there and the networks are
/// not.
ChainModel inPlaceOf(ChainModel model, const ChainFits& fits, const market::OptionChain& chain)
{
    const bool isEarly = model == ChainModel::AmericanHeston || model == ChainModel::Neural;
    if (isEarly && !chain.expirations.empty() && chain.expirations.front().style == market::ExerciseStyle::European)
        return ChainModel::Heston;
    return model == ChainModel::Neural && !fits.has(model) && fits.has(ChainModel::AmericanHeston)
               ? ChainModel::AmericanHeston
               : model;
}

/// What figures are by, and why they are not by the model that was chosen.
struct ShownModel {
    ChainModel model = ChainModel::BlackScholes;
    QString note;
};

ShownModel shownAmerican(const FigureSources& sources, bool isFitted, const market::Expiration& expiration,
                         const pricing::ExpirationAnalytics& analytics)
{
    const ChainFits& fits = sources.fits;
    const ChainModel european =
        isFitted && fits.has(ChainModel::Heston) ? ChainModel::Heston : ChainModel::BlackScholes;
    if (analytics.style == market::ExerciseStyle::European)
        return {european, ChainFigures::tr("for options that may be exercised early, which these may not")};
    const bool isSolved = isFitted && fits.solved && fits.solved->isOf(expiration);
    if (sources.model == ChainModel::AmericanHeston)
        return isSolved ? ShownModel{sources.model, {}}
                        : ShownModel{european, ChainFigures::tr("not solved for this expiration yet")};
    if (isFitted && fits.has(sources.model))
        return {sources.model, {}};
    const ChainModel classical = isSolved ? ChainModel::AmericanHeston : european;
    if (!fits.networksFault.empty())
        return {classical,
                ChainFigures::tr("without its networks (%1)").arg(QString::fromStdString(fits.networksFault))};
    if (isFitted && !fits.americanNote.empty())
        return {classical,
                ChainFigures::tr("not fitted to this chain (%1)").arg(QString::fromStdString(fits.americanNote))};
    return {classical, ChainFigures::tr("not fitted to this chain yet")};
}

ShownModel shownModel(const std::string& underlying, const FigureSources& sources, const market::Expiration& expiration,
                      const pricing::ExpirationAnalytics& analytics)
{
    const bool isFitted = sources.fits.underlying == underlying;
    switch (sources.model) {
    case ChainModel::AmericanHeston:
    case ChainModel::Neural:
        return shownAmerican(sources, isFitted, expiration, analytics);
    case ChainModel::Reference:
        if (!sources.reference.isOf(underlying, expiration))
            return {ChainModel::BlackScholes, ChainFigures::tr("not reckoned for this chain yet")};
        break;
    default:
        if (isFittedModel(sources.model) && !(isFitted && sources.fits.has(sources.model)))
            return {ChainModel::BlackScholes, ChainFigures::tr("not fitted to this chain yet")};
        break;
    }
    return {sources.model, {}};
}

/// The columns of the whole expiration with what QuantLib said of some strikes.
pricing::GreeksColumns spread(const ReferenceFigures& reference, const market::Expiration& expiration,
                              market::Right right)
{
    const pricing::GreeksColumns& said = right == market::Right::Call ? reference.calls : reference.puts;
    pricing::GreeksColumns out;
    out.resize(expiration.strikes.size());
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const std::size_t at = reference.rowOf(expiration.strikes[row]);
        const pricing::Greeks greeks = at < reference.strikes.size() ? said.at(at) : pricing::Greeks{};
        out.price[row] = greeks.price;
        out.delta[row] = greeks.delta;
        out.gamma[row] = greeks.gamma;
        out.vega[row] = greeks.vega;
        out.theta[row] = greeks.theta;
        out.rho[row] = greeks.rho;
    }
    return out;
}

/// The strikes' volatilities of a model that has one a strike; empty for the others.
std::vector<double> volatilitiesOf(ChainModel model, const ChainFits& fits, const market::Expiration& expiration,
                                   const pricing::ExpirationAnalytics& analytics)
{
    if (model == ChainModel::BlackScholes || model == ChainModel::Reference)
        return analytics.volatility;
    std::vector<double> out;
    if (model == ChainModel::Surface) {
        for (const double strike : expiration.strikes)
            out.push_back(fits.surface->volatility(strike, analytics.years));
    }
    return out;
}

/// Dollars over the next calendar day. `volatilities` as volatilitiesOf(); of a model without any the variance passes as it does
/// at the strike's own.
double thetaOf(const pricing::Greeks& greeks, const std::vector<double>& volatilities, std::size_t row,
               const pricing::ExpirationAnalytics& analytics, market::Right right, const VarianceClock& clock)
{
    const bool hasOwn = !volatilities.empty();
    const double vega = hasOwn ? greeks.vega : analytics.side(right).vega[row];
    const double volatility = hasOwn ? volatilities[row] : analytics.volatility[row];
    return clock.theta(greeks.theta, vega, volatility, analytics.years) / daysPerYear;
}

/// The same of what the feed sent, which counts every day alike: theta per day, vega per point.
double brokersTheta(const market::FeedGreeks& broker, const VarianceClock& clock, double years)
{
    return clock.theta(broker.theta * daysPerYear, broker.vega * 100, broker.volatility, years) / daysPerYear;
}

/// Puts the row's figures in the cell, but for theta. `hasClock`: the vega is to a volatility that is quoted in the clock's time.
void put(ChainCell& cell, const pricing::Greeks& greeks, bool hasClock, const VarianceClock& clock)
{
    cell.theo = greeks.price;
    cell.delta = greeks.delta;
    cell.gamma = greeks.gamma;
    cell.vega = (hasClock ? clock.vega(greeks.vega) : greeks.vega) / 100;
}

/// What is known of the error of a price by networks.
void putNetworks(ChainCell& cell, NetworkFigures& sum, const NeuralSide& side, const SolvedExpiration* solved,
                 market::Right right, std::size_t row)
{
    if (!std::isfinite(cell.theo))
        return;
    ++sum.options;
    cell.isTheoSolved = side.isSolved[row] != 0;
    sum.solved += cell.isTheoSolved ? 1 : 0;
    cell.theoBound = side.bounds[row];
    sum.largestBound = std::fmax(sum.largestBound, cell.theoBound);
    if (!solved || cell.isTheoSolved)
        return;
    cell.theoGap = solved->gaps(right)[row];
    sum.largestGap = std::fmax(sum.largestGap, std::abs(cell.theoGap));
    cell.isTheoDisputed = std::abs(cell.theoGap) > solved->bounds(right)[row];
    sum.disputed += cell.isTheoDisputed ? 1 : 0;
}

void putBrokers(ChainCell& cell)
{
    cell.theo = cell.broker.price;
    cell.delta = cell.broker.delta;
    cell.gamma = cell.broker.gamma;
    cell.vega = cell.broker.vega;
    cell.isSmileInterpolated = false;
}

GreekSums sumsOf(double delta, double gamma, double thetaPerDay, double vegaPerPoint, int multiplier, double spot)
{
    GreekSums sums;
    sums.delta = delta * multiplier;
    sums.dollarDelta = sums.delta * spot;
    sums.gamma = gamma * multiplier;
    sums.theta = thetaPerDay * multiplier;
    sums.vega = vegaPerPoint * multiplier;
    return sums;
}

} // namespace

const ContractGreeks* GreeksView::of(const std::string& symbol) const
{
    const auto found = std::ranges::lower_bound(contracts, symbol, {}, &ContractGreeks::symbol);
    return found != contracts.end() && found->symbol == symbol ? &*found : nullptr;
}

bool GreeksView::isWhole() const
{
    if (model == nameOf(ChainModel::BlackScholes))
        return true;
    return std::ranges::all_of(contracts, [this](const ContractGreeks& contract) {
        return std::isfinite((model == nameOf(ChainModel::Broker) ? contract.broker : contract.model).delta);
    });
}

ChainCell chainCell(const market::OptionColumns& quotes, const pricing::ExpirationAnalytics& expiration,
                    market::Right right, std::size_t row)
{
    const pricing::SideAnalytics& analytics = expiration.side(right);
    ChainCell out;
    out.symbol = quotes.symbols[row];
    if (out.symbol.empty())
        return out;
    out.bid = quotes.bid[row];
    out.ask = quotes.ask[row];
    out.bidSize = quotes.bidSize[row];
    out.askSize = quotes.askSize[row];
    out.mark = market::markOf(quotes.quoteAt(row), quotes.flags[row]);
    out.last = quotes.last[row];
    out.volume = quotes.volume[row];
    out.openInterest = quotes.openInterest[row];
    out.flags = quotes.flags[row];
    out.time = quotes.time[row];
    out.iv = analytics.iv[row];
    out.delta = analytics.delta[row];
    out.gamma = analytics.gamma[row];
    out.theta = analytics.theta[row] / daysPerYear;
    out.vega = analytics.vega[row] / 100;
    out.isSmileInterpolated = expiration.origin[row] != pricing::VolatilityOrigin::Quote;
    return out;
}

void applyModel(ChainView& view, const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                pricing::AmericanBoundaries& boundaries, const FigureSources& sources)
{
    const ShownModel choice = shownModel(view.underlying, sources, expiration, analytics);
    const ChainModel model = choice.model;
    view.model = nameOf(model);
    view.modelNote = choice.note.toStdString();
    const SolvedExpiration* const solved =
        sources.fits.solved && sources.fits.solved->isOf(expiration) ? sources.fits.solved.get() : nullptr;
    if (model == ChainModel::Neural)
        view.networks.emplace();
    if (model == ChainModel::Reference) {
        view.modelAt = sources.reference.at;
        view.modelGap = sources.reference.largestGap;
        view.modelStrikes = sources.reference.pricedCount();
        view.modelStrikesAsked = static_cast<int>(sources.reference.strikes.size());
    }
    const VarianceClock clock = VarianceClock::at(sources.time.basis, analytics.at, expiration.expiresAt);
    view.isTradingTime = sources.time.basis == TimeBasis::Trading;
    if (analytics.isOld)
        view.oldSince = analytics.at;
    view.varianceYears = clock.years;
    view.atmVolatility *= clock.volatility;
    const std::vector<double> volatilities = volatilitiesOf(model, sources.fits, expiration, analytics);
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        pricing::GreeksColumns figures;
        NeuralSide neural;
        if (model == ChainModel::Reference) {
            figures = spread(sources.reference, expiration, right);
        } else if (model == ChainModel::Neural) {
            neural = priceByNetworks(sources.fits, expiration, analytics, right);
            figures = neural.figures;
        } else if (model != ChainModel::Broker) {
            figures = priceSide(model, sources.fits, expiration, analytics, right, boundaries);
        }
        for (std::size_t row = 0; row < view.rows.size(); ++row) {
            ChainCell& cell = right == market::Right::Call ? view.rows[row].call : view.rows[row].put;
            if (cell.symbol.empty())
                continue;
            cell.iv *= clock.volatility;
            if (model == ChainModel::Broker) {
                putBrokers(cell);
                cell.theta = brokersTheta(cell.broker, clock, analytics.years);
            } else {
                put(cell, figures.at(row), !volatilities.empty(), clock);
                cell.theta = thetaOf(figures.at(row), volatilities, row, analytics, right, clock);
            }
            if (model == ChainModel::Neural)
                putNetworks(cell, *view.networks, neural, solved, right, row);
            // QuantLib's prices are of a moment ago, and of these very quotes: modelGap says what is to be said.
            if (model != ChainModel::Reference && market::isTradable(cell.flags) && cell.bid > 0)
                cell.isTheoOutside = cell.theo < cell.bid - theoSlack || cell.theo > cell.ask + theoSlack;
            view.theosOutside += cell.isTheoOutside ? 1 : 0;
        }
    }
}

void applyProbabilities(ChainView& view, const market::OptionChain& chain,
                        const pricing::ExpirationAnalytics& analytics, const FigureSources& sources)
{
    if (sources.fits.underlying != view.underlying)
        return;
    for (std::size_t tab = 0; tab < view.tabs.size(); ++tab) {
        const auto* const slice =
            sources.fits.sliceAt(market::yearsUntil(sources.time.now, chain.expirations[tab].expiresAt));
        if (slice)
            view.tabs[tab].expectedMove = pricing::expectedMove(slice->svi, slice->forward).standardDeviation;
    }
    const auto* const slice = sources.fits.sliceAt(analytics.years);
    if (!slice || !(analytics.forward > 0))
        return;
    for (ChainRow& row : view.rows) {
        const double touch = pricing::probabilityOfTouch(slice->svi, analytics.market.spot, analytics.forward,
                                                         analytics.years, row.strike);
        for (const market::Right right : {market::Right::Call, market::Right::Put}) {
            ChainCell& cell = right == market::Right::Call ? row.call : row.put;
            if (cell.symbol.empty())
                continue;
            cell.inTheMoney = pricing::probabilityInTheMoney(right, slice->svi, analytics.forward, row.strike);
            cell.touch = touch;
        }
    }
}

GreeksView ContractFigures::update(const std::set<std::string>& symbols, const market::Book& book,
                                   const market::OptionChain& chain, double spot, const FigureSources& sources,
                                   base::Instant wall)
{
    GreeksView view;
    const ChainModel model = inPlaceOf(sources.model, sources.fits, chain);
    view.model = nameOf(model);
    view.isTradingTime = sources.time.basis == TimeBasis::Trading;
    const bool isFitted =
        isFittedModel(model) && sources.fits.underlying == chain.underlying && sources.fits.has(model);
    std::map<std::size_t, Sides> priced;
    for (const std::string& symbol : symbols) {
        const auto index = book.find(symbol);
        if (!index)
            continue;
        const market::Instrument instrument = book.instrument(*index);
        if (!instrument.isOption())
            continue;
        ContractGreeks contract;
        contract.symbol = symbol;
        const market::FeedGreeks broker = book.latest(*index).greeks;
        const auto underlying = book.find(instrument.underlying);
        const market::MarketData data = underlying ? book.latest(*underlying) : market::MarketData{};
        const double price = std::isfinite(data.quote.mid()) ? data.quote.mid() : data.trade.price;
        const double years = market::yearsUntil(sources.time.now, instrument.expiresAt);
        const VarianceClock clock = VarianceClock::at(sources.time, years);
        contract.broker = sumsOf(broker.delta, broker.gamma, brokersTheta(broker, clock, years), broker.vega,
                                 instrument.multiplier, price);
        if (broker.time != base::Instant{})
            contract.brokerAge = base::seconds(sources.now - broker.time);

        const auto place = instrument.underlying == chain.underlying ? market::find(chain, symbol) : std::nullopt;
        const bool isReference = place && sources.model == ChainModel::Reference &&
                                 sources.reference.isOf(chain.underlying, chain.expirations[place->expiration]);
        if (place && (isFitted || isReference)) {
            auto found = priced.find(place->expiration);
            if (found == priced.end()) {
                const market::Expiration& expiration = chain.expirations[place->expiration];
                found = priced
                            .emplace(place->expiration,
                                     priceSides(model, expiration, place->expiration, spot, sources, wall))
                            .first;
            }
            const Sides& sides = found->second;
            const pricing::Greeks greeks =
                (place->right == market::Right::Call ? sides.calls : sides.puts).at(place->row);
            const double theta = thetaOf(greeks, sides.volatilities, place->row, *sides.analytics, place->right, clock);
            contract.model = sumsOf(greeks.delta, greeks.gamma, theta, greeks.vega / 100, instrument.multiplier, spot);
        }
        view.contracts.push_back(std::move(contract));
    }
    std::erase_if(m_live, [&priced](const auto& kept) { return !priced.contains(kept.first); });
    return view;
}

ContractFigures::Sides ContractFigures::priceSides(ChainModel model, const market::Expiration& expiration,
                                                   std::size_t place, double spot, const FigureSources& sources,
                                                   base::Instant wall)
{
    LiveExpiration& live = m_live[place];
    Sides sides;
    sides.analytics = &live.update(expiration, wall, sources.time.now, spot);
    sides.volatilities = volatilitiesOf(model, sources.fits, expiration, *sides.analytics);
    for (const market::Right right : {market::Right::Call, market::Right::Put})
        (right == market::Right::Call ? sides.calls : sides.puts) =
            model == ChainModel::Reference
                ? spread(sources.reference, expiration, right)
                : priceSide(model, sources.fits, expiration, *sides.analytics, right, live.boundaries());
    return sides;
}

} // namespace vegadesk::desk
