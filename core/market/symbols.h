#pragma once

#include "market/instrument.h"

#include <string>
#include <string_view>

namespace vegadesk::market
{

/// OCC form, 21 characters: root padded to 6, yymmdd, C or P, strike in thousandths in 8 digits.
/// Errors: a root of other than 1 to 6 letters or digits, a year outside 2000 to 2099, a strike that is not
/// positive, not a whole thousandth, or 100,000 and more.
base::Result<std::string> toOccSymbol(const OptionTerms& terms);
/// Also reads the form whose padding a web page collapsed ("SPY 261218C00600000").
base::Result<OptionTerms> parseOccSymbol(std::string_view text);

/// For sentences: "SPY 2026-12-18 600 C" of an OCC symbol, anything else as it is.
std::string contractName(std::string_view symbol);

/// dxLink form: ".SPY261218C600.5", strike without trailing zeros.
base::Result<std::string> toStreamerSymbol(const OptionTerms& terms);
base::Result<OptionTerms> parseStreamerSymbol(std::string_view text);

} // namespace vegadesk::market
