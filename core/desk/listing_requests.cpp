#include "desk/listing_requests.h"

#include <algorithm>

namespace vegadesk::desk
{

bool ListingRequests::isPending(const std::string& underlying, base::Instant now) const
{
    const auto asked = m_pending.find(underlying);
    return asked != m_pending.end() && now - asked->second < lostAfter;
}

bool ListingRequests::begin(const std::string& underlying, base::Instant now)
{
    if (isPending(underlying, now))
        return false;
    m_pending[underlying] = now;
    return true;
}

void ListingRequests::arrived(const std::string& underlying)
{
    m_pending.erase(underlying);
    m_again.erase(underlying);
}

void ListingRequests::failed(const std::string& underlying, base::ErrorKind why, base::Instant now)
{
    m_pending.erase(underlying);
    m_again[underlying] = now + (why == base::ErrorKind::NotFound ? retryUnknownAfter : retryAfter);
}

std::vector<std::string> ListingRequests::due(const std::set<std::string>& wanted,
                                              const std::function<bool(const std::string&)>& isThere,
                                              base::Instant now) const
{
    std::vector<std::string> out;
    const auto pending = static_cast<std::size_t>(
        std::ranges::count_if(m_pending, [&](const auto& each) { return isPending(each.first, now); }));
    for (const std::string& underlying : wanted) {
        if (pending + out.size() >= atOnce)
            break;
        const auto again = m_again.find(underlying);
        const bool isDue = again == m_again.end() || now >= again->second;
        if (isDue && !isPending(underlying, now) && !isThere(underlying))
            out.push_back(underlying);
    }
    return out;
}

} // namespace vegadesk::desk
