#pragma once

#include "desk/book_risk.h"

#include <string>

namespace vegadesk::cli
{

/// Of a file of positions; docs/risk.md has its fields.
struct RiskInput {
    std::string source; ///< the file's name
    desk::RiskPicture picture;
    /// Betas that the file gives: they go before those of closes.
    std::map<std::string, double, std::less<>> betas;
    double dollars = 0; ///< of all positions, at spot or strike, whichever is more
};

/// An option without a volatility has the one of its mark, one without a mark the model's price.
/// Errors  name place, value and what is allowed: `positions[2].quantity "0" is not allowed: ...`; also an unknown field, which
///         otherwise would be a default that nobody chose.
base::Result<RiskInput> readPositions(const std::string& path);

/// Closes of a CSV (risk::readDailyCloses()), plain or .gz, or of every SYMBOL.csv or SYMBOL.csv.gz in a folder that the book or `index` needs. A file is of the
/// symbol that it is named after, and whatever its name of the only underlying of a book that has one. Days that are not over at
/// the book's time are left out.
base::Result<desk::ClosesBySymbol> readHistory(const std::string& path, const risk::RiskBook& book,
                                               const std::string& index);

} // namespace vegadesk::cli
