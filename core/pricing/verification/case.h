#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <istream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::pricing::verification
{

/// One row of a file of exact values: what an engine is asked, and what it should answer.
struct Case {
    std::string id; ///< of its id column, or its line
    Right right = Right::Call;
    market::ExerciseStyle style = market::ExerciseStyle::European;
    std::vector<std::pair<double, double>> dividends;   ///< years from now, and amount
    std::map<std::string, double, std::less<>> numbers; ///< by column
    std::map<std::string, std::string, std::less<>> texts;

    /// Asking for a column that the kind does not require is a bug: throws std::out_of_range.
    double operator[](std::string_view column) const;
    double numberOr(std::string_view column, double fallback) const;
    const std::string& text(std::string_view column) const; ///< likewise
    /// Columns S, r and q; a file without q has none.
    MarketPoint market() const;
};

/// A number as such a file prints it: any number of digits; what is too small for a double is 0.
base::Result<double> parseNumber(std::string_view text, std::string_view field);

/// How the columns of a file are to be read.
struct Layout {
    std::vector<std::string_view> positive{}; ///< required, > 0: spot, strike, years
    std::vector<std::string_view> required{}; ///< any number
    std::vector<std::string_view> optional{}; ///< read where the file has them; "nan" or nothing there means not known
    std::vector<std::string_view> texts{};    ///< required, any text
    bool hasRight = true;                     ///< a column `type`: call or put
    bool hasStyle = false;                    ///< a column `exercise`: european or american
    bool hasDividends = false;                ///< columns `div_times` and `div_amounts`, separated by semicolons
};

/// The names in a header line.
std::vector<std::string_view> columnNames(std::string_view header);
/// The columns without which a file of that layout cannot be read.
std::vector<std::string_view> neededColumns(const Layout& layout);

struct Cases {
    std::vector<Case> rows;
    std::vector<std::string_view> present; ///< of the optional columns
    std::vector<base::Error> malformed;    ///< rows that were left out: field says line and column
};

/// Reads comma-separated rows under a header; columns are found by name, unknown ones are skipped.
/// Errors  BadInput when a required column is missing or there is no row. Malformed rows are listed, not fatal.
base::Result<Cases> readCases(std::istream& input, const Layout& layout);

} // namespace vegadesk::pricing::verification
