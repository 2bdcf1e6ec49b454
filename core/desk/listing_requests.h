#pragma once

#include "base/clock.h"
#include "base/error.h"

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Which chains' listings are on their way, and when those that did not come are asked for again.
class ListingRequests
{
public:
    static constexpr std::size_t atOnce = 2; ///< they are long answers, and the shown chain's comes by the same way
    static constexpr base::Nanos retryAfter = std::chrono::seconds(30);

    static constexpr base::Nanos retryUnknownAfter =
        std::chrono::minutes(15); ///< it may be listed later, or was refused in error
    static constexpr base::Nanos lostAfter = std::chrono::minutes(2); ///< one whose answer nobody has seen

    /// False: it is on its way.
    bool begin(const std::string& underlying, base::Instant now);
    void arrived(const std::string& underlying);
    void failed(const std::string& underlying, base::ErrorKind why, base::Instant now);
    /// Of those wanted that are not there, what to ask for now so that no more than `atOnce` are on their way.
    std::vector<std::string> due(const std::set<std::string>& wanted,
                                 const std::function<bool(const std::string&)>& isThere, base::Instant now) const;

private:
    bool isPending(const std::string& underlying, base::Instant now) const;

    std::map<std::string, base::Instant> m_pending; ///< asked for at
    std::map<std::string, base::Instant> m_again;   ///< those that did not come
};

} // namespace vegadesk::desk
