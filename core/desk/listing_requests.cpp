#include "desk/listing_requests.h"

namespace vegadesk::desk
{

void ListingRequests::arrived(const std::string& underlying)
{
    m_pending.erase(underlying);
    m_again.erase(underlying);
}

void ListingRequests::failed(const std::string& underlying, base::ErrorKind why, base::Instant now)
{
    m_pending.erase(underlying);
    m_again[underlying] = why == base::ErrorKind::NotFound ? base::Instant::max() : now + retryAfter;
}

std::vector<std::string> ListingRequests::due(const std::set<std::string>& wanted,
                                              const std::function<bool(const std::string&)>& isThere,
                                              base::Instant now) const
{
    std::vector<std::string> out;
    for (const std::string& underlying : wanted) {
        if (m_pending.size() + out.size() >= atOnce)
            break;
        const auto again = m_again.find(underlying);
        const bool isDue = again == m_again.end() || now >= again->second;
        if (isDue && !m_pending.contains(underlying) && !isThere(underlying))
            out.push_back(underlying);
    }
    return out;
}

} // namespace vegadesk::desk
