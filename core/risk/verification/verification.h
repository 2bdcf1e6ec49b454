#pragma once

#include "pricing/verification/engine.h"
#include "pricing/verification/kind.h"

/// Files of exact values at risk and shortfalls, as one more kind beside those of pricing/verification.
namespace vegadesk::risk::verification
{

/// `risk`: columns distribution, level, params and var_loss, and es_loss where it is known. Bound of both: 1e-12 relative.
///
///   normal            mu=0;sd=1
///   student_t         nu=4                       as it is, not scaled to a deviation of 1
///   cornish_fisher    mu=0;sd=1;skew=-1;exkurt=3
///   gaussian_mixture  w=0.8|0.2;mu=0|0.1;sd=1|2
pricing::verification::Kind kind();

/// "fast": risk/value_at_risk/distributions.h. Declines a distribution or parameters that it does not know.
pricing::verification::Engine engine();

} // namespace vegadesk::risk::verification
