#pragma once

#include "calibrate_fit.h"

#include <string>

namespace vegadesk::cli
{

/// The fit beside its quotes as a picture: a panel an expiry, volatility over strike. Bid to ask as whiskers where the file has
/// them, mids as dots, the fit as a line: a surface's slice itself, a model's volatilities joined from quote to quote.
std::string toSvg(const CalibrationReport& report);

} // namespace vegadesk::cli
