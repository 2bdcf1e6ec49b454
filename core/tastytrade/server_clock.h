#pragma once

#include "base/time.h"
#include "market/quote.h"

#include <optional>

namespace vegadesk::tastytrade
{

/// How the broker's clock and this computer's differ, from the times in the broker's answers.
///
/// An answer that says the second `date` was written within that second, and between the sending of its request and its
/// arrival. So each leaves a span in which the broker's clock less our monotonic one lies, and all of them together a
/// narrow one; a span that does not meet it (somebody set the broker's clock) takes its place. Because the computer's own
/// clock has no part in that, what sets it is noticed at once, without another answer.
class ServerClock
{
public:
    /// `sent` and `received` by the monotonic clock.
    void note(base::Instant date, base::Nanos sent, base::Nanos received);
    /// The computer slept, and its monotonic clock stood still.
    void forget() { m_span.reset(); }
    /// Seconds by which the broker's clock is ahead of ours, which reads `now` when the monotonic one reads `elapsed`: what
    /// comes nearest to 0 of all that the answers allow, so that a slow answer raises no alarm. NaN while there is none.
    double ahead(base::Instant now, base::Nanos elapsed) const;

private:
    struct Span {
        base::Nanos from{}, to{}; ///< the broker's clock since 1970, less our monotonic one
        base::Nanos at{};         ///< when it was last made narrower
    };
    std::optional<Span> m_span;
};

} // namespace vegadesk::tastytrade
