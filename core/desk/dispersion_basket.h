#pragma once

#include "base/error.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::desk
{

class Settings;

/// An index and those of its members whose correlation is looked at, as the user names them.
struct DispersionBasket {
    struct Member {
        std::string symbol;
        double weight = 0; ///< in the index, 0.07 is 7 %

        friend bool operator==(const Member&, const Member&) = default;
    };
    std::string index;
    std::vector<Member> members;

    static constexpr std::size_t fewest = 2, most = 30;

    /// The index first.
    std::vector<std::string> symbols() const;
    friend bool operator==(const DispersionBasket&, const DispersionBasket&) = default;
};

/// "SPY = AAPL 0.07, MSFT 0.06". Symbols may be in small letters; blanks count for nothing.
/// Errors name the part, what was read and what is allowed: index, members (2 to 30, each once, none the index), weights (more
/// than 0, and 1 at most in all).
base::Result<DispersionBasket> parseBasket(std::string_view text);
/// What parseBasket() reads again.
std::string toText(const DispersionBasket& basket);

/// The ten largest members of the index that SPY follows, by the weights of when this was written: the simulated exchange lists
/// them all.
const DispersionBasket& shippedBasket();

inline const QString basketKey = QStringLiteral("dispersion/basket");
/// The shipped one until the user changes it, and where what is stored cannot be read.
DispersionBasket basketOf(const Settings& settings);
bool isBasketUnreadable(const Settings& settings);
/// Settings::changed() says so with basketKey. Errors as parseBasket().
base::Result<void> setBasket(Settings& settings, std::string_view text);

} // namespace vegadesk::desk
