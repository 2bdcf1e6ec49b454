#pragma once

#include "desk/settings.h"
#include "learning/pricer/neural_american_heston.h"
#include "pricing/chain_analytics.h"
#include "pricing/heston/heston.h"
#include "pricing/jump/merton.h"
#include "pricing/surface/volatility_surface.h"

#include <memory>
#include <optional>
#include <string>

namespace vegadesk::desk
{

/// What a chain's figures can be reckoned with.
enum class ChainModel : std::uint8_t {
    BlackScholes,   ///< each strike's own volatility, or its neighbours'
    Broker,         ///< as the broker's feed says them
    Surface,        ///< Black-Scholes at the fitted surface's volatility
    Merton,         ///< one jump diffusion for the whole chain
    Heston,         ///< one stochastic volatility for the whole chain
    AmericanHeston, ///< the same with the right to exercise in it, by finite differences, of the shown expiration
    Neural,         ///< the same by networks that finite differences taught
    Reference       ///< QuantLib at each strike's own volatility, for the strikes that are shown
};
/// "black_scholes", "broker", "surface", "merton", "heston", "american_heston", "neural", "quantlib"; anything else is Black-Scholes.
ChainModel chainModelFromText(const QString& text);

struct SolvedExpiration;

/// What was fitted to an underlying's chain last. Parts that could not be fitted are missing.
struct ChainFits {
    std::string underlying;
    std::optional<pricing::VolatilitySurface> surface;
    std::optional<pricing::MertonParameters> merton;
    std::optional<pricing::HestonParameters> heston;
    std::optional<pricing::HestonParameters> american; ///< fitted by the networks to American prices themselves
    std::string americanNote;                          ///< why they are not; empty when they are
    std::shared_ptr<const learning::NeuralAmericanHeston>
        networks;                                   ///< null until they are asked for, and without files
    std::string networksFault;                      ///< why there are none, naming the file
    std::shared_ptr<const SolvedExpiration> solved; ///< by `american`, else by `heston`; null until it is asked for

    /// What is not fitted is there always.
    bool has(ChainModel model) const;
    /// The surface's slice of the expiry that is `years` away now; null when it has none.
    const pricing::SurfaceSlice* sliceAt(double years) const;
};

/// Prices and Greeks of one side of an expiration by `model`, in pricing's units; Heston's vega is to the square root of its
/// v0. Columns are as long as the strikes. Where the analytics are American, so are the figures: early exercise is worth what
/// it is by Black-Scholes at the volatilities that the model's own European prices imply. AmericanHeston and Neural have it in them:
/// they say nothing of European ones, and AmericanHeston only of the expiration that was solved.
///   boundaries  of this expiration alone
/// Needs  a model of ours that fits.has(): neither Broker nor Reference.
pricing::GreeksColumns priceSide(ChainModel model, const ChainFits& fits, const market::Expiration& expiration,
                                 const pricing::ExpirationAnalytics& analytics, market::Right right,
                                 pricing::AmericanBoundaries& boundaries);

} // namespace vegadesk::desk
