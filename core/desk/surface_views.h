#pragma once

#include "desk/views.h"

/// The volatility surface as it is drawn. As in views.h, what is not known is NaN, money is in dollars and fractions are of 1.
namespace vegadesk::desk
{

/// A strike's quotes in volatility, out-of-the-money side.
struct SmilePoint {
    double strike = 0, logMoneyness = 0; ///< ln(K / F)
    double bidIv = unknown, askIv = unknown, midIv = unknown;
};
struct MoneynessRange {
    double from = unknown, to = unknown; ///< of ln(K / F)
};
/// One expiration of the surface: its quotes and the curve through them.
struct SurfaceSlice {
    base::Date date{};
    std::string root;
    double years = 0, forward = unknown, atmVolatility = unknown;
    double varianceYears = 0; ///< in the time that volatilities are quoted in
    std::vector<SmilePoint> points;
    bool isFitted = false;
    std::string note;                        ///< why there is no curve, or how little it rests on; empty for a good one
    double fitError = unknown;               ///< root mean square against the mids, in volatility
    double insideShare = unknown;            ///< of the quotes whose curve lies between bid and ask
    std::vector<double> fit;                 ///< volatility at SurfaceView::moneyness; empty without a curve
    std::vector<double> density;             ///< of ln(S / F) at expiry, at the same places
    double expectedMove = unknown;           ///< one standard deviation to expiry, dollars, from the curve
    double straddle = unknown;               ///< the mean move either way to expiry, dollars, from the curve
    std::vector<MoneynessRange> butterflies; ///< where the curve gives a negative density
};
/// Where a later expiration has less total variance than an earlier one.
struct CalendarCrossing {
    std::size_t earlier = 0, later = 0; ///< into SurfaceView::slices
    MoneynessRange where;
};
/// One calibration of the Heston model to the whole chain.
struct HestonFit {
    base::Instant at{}; ///< by the market's clock
    double v0 = unknown, kappa = unknown, theta = unknown, sigma = unknown, rho = unknown;
    double error = unknown;            ///< root mean square in volatility
    bool isNeural = false;             ///< by the networks, to American prices as they are traded; else to volatilities
    double seconds = unknown;          ///< what it took
    std::size_t quotes = 0;            ///< that counted
    std::size_t outside = 0;           ///< that the networks were not trained for
    std::vector<std::string> atEdge{}; ///< of the parameters, "sigma", at an end of their range
};
/// The volatility surface of the shown underlying.
struct SurfaceView {
    std::uint64_t version = 0;
    std::string underlying;
    double spot = unknown;
    base::Instant oldSince{};         ///< as ChainView's
    bool isTradingTime = false;       ///< volatilities are in trading time
    std::vector<double> moneyness;    ///< ln(K / F), ascending, shared by the slices' curves
    std::vector<SurfaceSlice> slices; ///< ascending by years
    std::size_t selected = 0; ///< the slice of the chain's chosen expiration; slices.size() when it is not among them
    std::vector<CalendarCrossing> crossings;
    double fitError = unknown;     ///< over all slices, as those below
    int quotes = 0;                ///< that the surface was fitted to
    int outside = 0;               ///< of these, whose bid and ask do not hold the curve
    double fitSeconds = unknown;   ///< what the last fit took
    std::vector<HestonFit> heston; ///< the underlying's calibrations of this session, newest last
    std::string hestonNote;        ///< why there is none; empty when the last one is good

    std::size_t violations() const;
};

} // namespace vegadesk::desk
