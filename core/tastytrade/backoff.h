#pragma once

#include "base/random.h"
#include "base/time.h"

#include <algorithm>

namespace vegadesk::tastytrade
{

/// Waiting times that double up to a bound, each shortened by chance to between half and all of it, so that many clients
/// do not come back at the same moment.
class Backoff
{
public:
    Backoff(base::Nanos first, base::Nanos longest) : m_first(first), m_longest(longest), m_next(first) {}

    base::Nanos next(base::Generator& chance)
    {
        const base::Nanos wait = m_next;
        m_next = std::min(m_next * 2, m_longest);
        return base::Nanos(static_cast<std::int64_t>(static_cast<double>(wait.count()) * chance.uniform(0.5, 1.0)));
    }
    void reset() { m_next = m_first; }

private:
    base::Nanos m_first, m_longest, m_next;
};

} // namespace vegadesk::tastytrade
