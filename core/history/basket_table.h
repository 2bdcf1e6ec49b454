#pragma once

#include "base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// The members of an index, as whoever recorded their chains names them.
struct BasketTable {
    struct Member {
        std::string symbol;
        double weight = 0; ///< in the index: 0.07 is 7 %

        friend bool operator==(const Member&, const Member&) = default;
    };
    std::string underlying;
    std::vector<Member> members; ///< heaviest first; of equal weights as they stand
};

/// Where such a table lies in a folder of chains, or beside a table of quotes: "basket.csv".
std::string basketTableOf(const std::string& data);

/// Reads a CSV file with the columns underlying, symbol and weight, one member a line; lines of other underlyings are passed over.
/// Without an underlying, of the only one there.
/// Errors  name file, line and field: no such file or column, a weight that is not above 0 and 1 at most, a member that stands twice or
///         is the underlying itself, weights of more than 1 in all, fewer than two members, an underlying of which it has none.
base::Result<BasketTable> readBasketTable(const std::string& path, std::string_view underlying);

} // namespace vegadesk::history
