#include "desk/surface_analyst.h"

#include "desk/american_figures.h"
#include "pricing/calibration/calibration.h"
#include "pricing/chain_analytics.h"
#include "pricing/surface/distribution.h"
#include "pricing/surface/surface_fit.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

/// An expiration with what its quotes say.
struct SurfaceAnalyst::Source {
    const market::Expiration* expiration = nullptr;
    pricing::ExpirationAnalytics analytics;
    pricing::SmileQuotes quotes;
    bool isSelected = false;
    VarianceClock clock{}; ///< for what is drawn; everything is fitted in calendar time
};

namespace
{
/// What is drawn: further out quotes are pennies wide and say little.
constexpr double leftmost = -0.40, rightmost = 0.30, leastReach = 0.05;
constexpr std::size_t gridPoints = 81;
constexpr base::Nanos modelsPeriod = std::chrono::seconds(5);
constexpr std::size_t hestonKept = 720; ///< an hour of them
constexpr std::size_t fewestForModels = 10;
constexpr double shortestForModels = 7.0 / 365;
constexpr double strikesPerDollar = 1000; ///< strikes are whole thousandths

SurfaceSlice drawn(const market::Expiration& expiration, const pricing::ExpirationAnalytics& analytics,
                   const pricing::SmileQuotes& quotes, const VarianceClock& clock)
{
    SurfaceSlice slice;
    slice.date = expiration.date;
    slice.root = expiration.root;
    slice.years = analytics.years;
    slice.forward = analytics.forward;
    slice.varianceYears = clock.years;
    slice.atmVolatility = analytics.atmVolatility * clock.volatility;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        if (quotes.k[i] < leftmost || quotes.k[i] > rightmost)
            continue;
        const double strike = slice.forward * std::exp(quotes.k[i]);
        slice.points.push_back({std::round(strike * strikesPerDollar) / strikesPerDollar, quotes.k[i],
                                quotes.bid[i] * clock.volatility, quotes.ask[i] * clock.volatility,
                                quotes.mid[i] * clock.volatility});
    }
    if (quotes.size() == 0)
        slice.note = "no two-sided quote with a bid";
    return slice;
}

/// The part of the axis that quotes reach.
std::vector<double> gridOver(const std::vector<SurfaceSlice>& slices)
{
    double low = -leastReach, high = leastReach;
    for (const SurfaceSlice& slice : slices)
        for (const SmilePoint& point : slice.points) {
            low = std::min(low, point.logMoneyness);
            high = std::max(high, point.logMoneyness);
        }
    std::vector<double> grid(gridPoints);
    for (std::size_t i = 0; i < gridPoints; ++i)
        grid[i] = low + (high - low) * static_cast<double>(i) / (gridPoints - 1);
    return grid;
}

std::string noteOn(const pricing::SurfaceSlice& slice)
{
    switch (slice.origin) {
    case pricing::SliceOrigin::Level:
        return "too few quotes for a shape: a neighbour's";
    case pricing::SliceOrigin::Flat:
        return "too few quotes for a shape: flat";
    case pricing::SliceOrigin::HeldBack:
        return "held back to stay free of arbitrage";
    default:
        return {};
    }
}

void drawFit(SurfaceSlice& slice, const pricing::SurfaceSlice& fit, const std::vector<double>& grid)
{
    slice.isFitted = true;
    slice.note = noteOn(fit);
    slice.fitError = fit.rootMeanSquare;
    slice.insideShare = fit.insideShare;
    slice.atmVolatility = std::sqrt(fit.svi.totalVariance(0) / slice.varianceYears);
    const pricing::ExpectedMove move = pricing::expectedMove(fit.svi, fit.forward);
    slice.expectedMove = move.standardDeviation;
    slice.straddle = move.straddle;
    for (const double k : grid) {
        slice.fit.push_back(std::sqrt(fit.svi.totalVariance(k) / slice.varianceYears));
        slice.density.push_back(pricing::logDensity(fit.svi, k));
    }
}

QString tooFewQuotes()
{
    return SurfaceAnalyst::tr("Too few quotes for the model: it needs two expirations of at least a week.");
}

bool isAmericanModel(ChainModel model)
{
    return model == ChainModel::AmericanHeston || model == ChainModel::Neural;
}

void keep(std::vector<HestonFit>& fits, HestonFit fit)
{
    fits.push_back(fit);
    if (fits.size() > hestonKept)
        fits.erase(fits.begin());
}

/// Of pricing::calibration::Fit and learning::AmericanHestonFit.
HestonFit fitOf(base::Instant at, const auto& fitted, double error, double seconds)
{
    const pricing::HestonParameters& found = fitted.parameters;
    HestonFit fit{at, found.v0, found.kappa, found.theta, found.sigma, found.rho, error};
    fit.seconds = seconds;
    for (const pricing::calibration::EdgeParameter& each : fitted.atEdge)
        fit.atEdge.emplace_back(each.name);
    return fit;
}

} // namespace

std::size_t SurfaceView::violations() const
{
    std::size_t count = crossings.size();
    for (const SurfaceSlice& slice : slices)
        count += slice.butterflies.size();
    return count;
}

std::vector<SurfaceAnalyst::Source> SurfaceAnalyst::sourcesOf(const ChainSnapshot& snapshot)
{
    std::vector<Source> sources;
    const auto& expirations = snapshot.chain->expirations;
    std::erase_if(m_live, [&expirations](const auto& kept) {
        return std::ranges::none_of(expirations, [&kept](const market::Expiration& one) {
            return one.date == kept.first.first && one.root == kept.first.second;
        });
    });
    const base::Instant wall = m_wall->now();
    for (std::size_t i = 0; i < expirations.size(); ++i) {
        Source source{&expirations[i], {}, {}, i == snapshot.selected};
        source.clock = VarianceClock::at(snapshot.basis, snapshot.at, expirations[i].expiresAt);
        LiveExpiration& live = m_live[{expirations[i].date, expirations[i].root}];
        const std::size_t solvedBefore = live.boundaries().solvedCount();
        source.analytics = live.update(expirations[i], wall, snapshot.at, snapshot.spot);
        // An old one is of another moment than the others' quotes.
        const bool isUsable =
            std::isfinite(source.analytics.forward) && source.analytics.years > 0 && !source.analytics.isOld;
        pricing::WithoutEarlyExercise withoutEarlyExercise;
        if (expirations[i].style == market::ExerciseStyle::American)
            withoutEarlyExercise = [&live](auto&&... prices) { live.boundaries().withoutEarlyExercise(prices...); };
        if (isUsable)
            source.quotes = pricing::quotesForFit(expirations[i], source.analytics, withoutEarlyExercise);
        m_solvedCount += live.boundaries().solvedCount() - solvedBefore;
        if (!isUsable)
            continue;
        // Two roots that expire in the same moment are one slice; the one with more to say stands for it.
        if (!sources.empty() && !(source.analytics.years > sources.back().analytics.years)) {
            const bool isBetter = source.isSelected ||
                                  (!sources.back().isSelected && source.quotes.size() > sources.back().quotes.size());
            if (isBetter)
                sources.back() = std::move(source);
            continue;
        }
        sources.push_back(std::move(source));
    }
    return sources;
}

SurfaceAnalyst::SurfaceAnalyst(std::shared_ptr<Published<SurfaceView>> view, std::shared_ptr<Published<ChainFits>> fits,
                               std::shared_ptr<const base::Clock> wall, std::string networks)
    : m_view(std::move(view)), m_fits(std::move(fits)), m_wall(std::move(wall)), m_networks(std::move(networks))
{
}

void SurfaceAnalyst::submit(std::shared_ptr<const ChainSnapshot> snapshot)
{
    // Somebody waits already: work() will find the newer one in its place.
    if (!m_next.exchange(std::move(snapshot)))
        QMetaObject::invokeMethod(this, [this] { work(); }, Qt::QueuedConnection);
}

void SurfaceAnalyst::work()
{
    if (const auto snapshot = m_next.exchange(nullptr))
        fit(*snapshot);
}

void SurfaceAnalyst::fit(const ChainSnapshot& snapshot)
{
    auto view = std::make_shared<SurfaceView>();
    view->version = ++m_version;
    view->underlying = snapshot.chain->underlying;
    view->spot = snapshot.spot;
    if (snapshot.isOld)
        view->oldSince = snapshot.at;
    view->isTradingTime = snapshot.basis == TimeBasis::Trading;
    const std::vector<Source> sources = sourcesOf(snapshot);
    std::vector<pricing::SmileQuotes> quotes;
    std::vector<std::size_t> sliceOf; // the fit's slices among the drawn ones
    view->selected = sources.size();
    for (std::size_t i = 0; i < sources.size(); ++i) {
        view->slices.push_back(
            drawn(*sources[i].expiration, sources[i].analytics, sources[i].quotes, sources[i].clock));
        if (sources[i].isSelected)
            view->selected = i;
        if (sources[i].quotes.size() > 0) {
            quotes.push_back(sources[i].quotes);
            sliceOf.push_back(i);
        }
    }
    view->moneyness = gridOver(view->slices);

    const base::SystemClock clock; // what is measured is the machine
    const base::Instant began = clock.now();
    const auto surface = pricing::fitSurface(quotes, {.spot = snapshot.spot});
    view->fitSeconds = base::seconds(clock.now() - began);
    if (surface) {
        double squares = 0, inside = 0, count = 0;
        for (std::size_t i = 0; i < surface->slices().size(); ++i) {
            const pricing::SurfaceSlice& fit = surface->slices()[i];
            drawFit(view->slices[sliceOf[i]], fit, view->moneyness);
            const auto weight = static_cast<double>(fit.quotes);
            squares += weight * fit.rootMeanSquare * fit.rootMeanSquare;
            inside += weight * fit.insideShare;
            count += weight;
        }
        view->fitError = std::sqrt(squares / count);
        view->quotes = static_cast<int>(count);
        view->outside = static_cast<int>(std::lround(count - inside));
        for (const pricing::ArbitrageViolation& violation : pricing::findArbitrage(*surface)) {
            const MoneynessRange where{violation.interval.low, violation.interval.high};
            if (violation.kind == pricing::ArbitrageKind::Butterfly)
                view->slices[sliceOf[violation.slice]].butterflies.push_back(where);
            else
                view->crossings.push_back({sliceOf[violation.slice - 1], sliceOf[violation.slice], where});
        }
    }
    if (m_last.underlying != view->underlying) {
        ChainFits none;
        none.underlying = view->underlying;
        none.networks = m_last.networks;
        none.networksFault = m_last.networksFault;
        m_last = std::move(none);
        m_heston.clear();
        m_american.clear();
        m_modelsAt = {};
    }
    noticeModel(snapshot.model);
    m_last.surface = surface ? std::optional(*surface) : std::nullopt;
    const bool isRefitted = fitModels(sources, snapshot);
    solveShown(sources, isRefitted);
    m_fits->store(std::make_shared<const ChainFits>(m_last));
    const bool isByNetworks = isAmericanModel(m_model) && !m_american.empty();
    view->heston = isByNetworks ? m_american : m_heston;
    view->hestonNote = isAmericanModel(m_model) && !m_last.americanNote.empty() ? m_last.americanNote : m_hestonNote;
    m_view->store(std::move(view));
}

void SurfaceAnalyst::noticeModel(ChainModel model)
{
    if (std::exchange(m_model, model) == model || !isAmericanModel(model))
        return;
    m_modelsAt = {}; // what was chosen is made at once
    if (m_last.networks)
        return;
    auto opened = learning::NeuralAmericanHeston::open(m_networks);
    m_last.networksFault = opened ? std::string() : opened.error().message();
    if (opened)
        m_last.networks = std::move(*opened);
}

bool SurfaceAnalyst::fitModels(const std::vector<Source>& sources, const ChainSnapshot& snapshot)
{
    const base::Instant now = m_wall->now();
    if (m_modelsAt != base::Instant{} && now - m_modelsAt < modelsPeriod)
        return false;
    m_modelsAt = now;
    std::vector<pricing::calibration::Slice> slices;
    std::size_t count = 0;
    for (const Source& source : sources) {
        // The last days are jumps' and microstructure's; a diffusion bent to them says nothing of the rest.
        if (source.analytics.years < shortestForModels || source.quotes.size() == 0)
            continue;
        pricing::calibration::Slice slice{source.analytics.market, source.analytics.years, {}, {}, {}};
        for (std::size_t i = 0; i < source.quotes.size(); ++i) {
            slice.strikes.push_back(source.analytics.forward * std::exp(source.quotes.k[i]));
            slice.vols.push_back(source.quotes.mid[i]);
            slice.weights.push_back(pricing::leastQuoteError / source.quotes.error[i]);
        }
        count += slice.strikes.size();
        slices.push_back(std::move(slice));
    }
    if (slices.size() < 2 || count < fewestForModels) {
        m_hestonNote = tooFewQuotes().toStdString();
        return true;
    }
    if (const auto merton = pricing::calibration::fitMerton(slices, {}, m_last.merton))
        m_last.merton = merton->parameters;
    const base::SystemClock clock; // what is measured is the machine
    const base::Instant began = clock.now();
    const auto fitted = pricing::calibration::fitHeston(slices, {}, m_last.heston);
    if (!fitted) {
        m_hestonNote = tr("The Heston model could not be fitted: %1")
                           .arg(QString::fromStdString(fitted.error().message()))
                           .toStdString();
    } else {
        m_last.heston = fitted->parameters;
        m_hestonNote.clear();
        HestonFit fit = fitOf(snapshot.at, *fitted, fitted->rootMeanSquare, base::seconds(clock.now() - began));
        fit.quotes = count;
        keep(m_heston, fit);
    }
    if (isAmericanModel(m_model) && m_last.networks)
        fitAmerican(sources, snapshot.at);
    return true;
}

void SurfaceAnalyst::fitAmerican(const std::vector<Source>& sources, base::Instant at)
{
    std::vector<learning::PricedSlice> slices;
    std::vector<double> vegas;
    bool hasAny = false;
    for (const Source& source : sources) {
        const bool isAmerican = source.analytics.style == market::ExerciseStyle::American;
        hasAny = hasAny || isAmerican;
        if (!isAmerican || source.analytics.years < shortestForModels || source.quotes.size() == 0)
            continue;
        learning::PricedSlice slice = asTraded(*source.expiration, source.analytics, source.quotes, vegas);
        if (!slice.strikes.empty())
            slices.push_back(std::move(slice));
    }
    m_last.americanNote.clear();
    if (!hasAny) // of European options there is nothing to say
        return;
    if (slices.size() < 2 || vegas.size() < fewestForModels) {
        m_last.americanNote = tooFewQuotes().toStdString();
        m_last.american.reset(); // an earlier market's law is not shown as this one's
        return;
    }
    const base::SystemClock clock;
    const base::Instant began = clock.now();
    const auto fitted =
        learning::fitAmericanHeston(*m_last.networks, slices, {}, m_last.american ? m_last.american : m_last.heston);
    const double seconds = base::seconds(clock.now() - began);
    if (!fitted) {
        m_last.americanNote = tr("The Heston model could not be fitted to American prices: %1")
                                  .arg(QString::fromStdString(fitted.error().message()))
                                  .toStdString();
        m_last.american.reset();
        return;
    }
    m_last.american = fitted->parameters;
    HestonFit fit = fitOf(at, *fitted, volatilityError(fitted->residuals, vegas), seconds);
    fit.isNeural = true;
    fit.quotes = fitted->quotes;
    fit.outside = fitted->outside;
    keep(m_american, fit);
}

void SurfaceAnalyst::solveShown(const std::vector<Source>& sources, bool isRefitted)
{
    const auto shown = std::ranges::find_if(sources, &Source::isSelected);
    const auto& parameters = m_last.american ? m_last.american : m_last.heston;
    const bool isWanted = isAmericanModel(m_model) && parameters && shown != sources.end() &&
                          shown->analytics.style == market::ExerciseStyle::American;
    if (!isWanted) {
        m_last.solved.reset();
        return;
    }
    if (!isRefitted && m_last.solved && m_last.solved->isOf(*shown->expiration))
        return;
    const auto solved = solveExpiration(*shown->expiration, shown->analytics, *parameters, m_last.networks.get());
    m_last.solved = solved ? *solved : nullptr;
}

} // namespace vegadesk::desk
