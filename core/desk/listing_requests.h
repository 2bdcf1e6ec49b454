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

    /// False: it is on its way.
    bool begin(const std::string& underlying) { return m_pending.insert(underlying).second; }
    void arrived(const std::string& underlying);
    /// What the broker does not know it will not know in this session.
    void failed(const std::string& underlying, base::ErrorKind why, base::Instant now);
    /// Of those wanted that are not there, what to ask for now so that no more than `atOnce` are on their way.
    std::vector<std::string> due(const std::set<std::string>& wanted,
                                 const std::function<bool(const std::string&)>& isThere, base::Instant now) const;

private:
    std::set<std::string> m_pending;
    std::map<std::string, base::Instant> m_again; ///< those that did not come
};

} // namespace vegadesk::desk
