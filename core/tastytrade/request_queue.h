#pragma once

#include "tastytrade/backoff.h"
#include "tastytrade/counters.h"
#include "tastytrade/server_clock.h"
#include "tastytrade/token_source.h"
#include "tastytrade/transport.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace vegadesk::tastytrade
{

/// How fast REST requests may leave. The broker publishes no threshold; 30 at once and 6 a second were seen to pass.
struct RateLimit {
    double burst = 30;
    double perSecond = 6;
    double readReserve = 10; ///< below burst
};

/// REST requests with a token, in order of urgency and within the rate limit. What may be repeated is repeated after
/// refused tokens, 429, 5xx and lost connections; an order never is, and does not leave late.
///
/// Cancels  wait for nothing: not for the rate limit, nor for the pause after a 429, which others have brought about. One that
///          is answered with 429 itself is tried again until it is answered otherwise.
/// Orders   places and replacements. What could not leave within five seconds is given back then, unsent.
/// Reads    leave the last readReserve of the allowance to orders.
class RequestQueue
{
public:
    /// Most urgent first. A Write is no order; it is repeated only where it was not let in (401, 429).
    enum class Kind : std::uint8_t { Cancel, Place, Read, Write };
    /// Any answer that is not worth repeating, or the error. A Place that did not leave fails with Refused; Network and
    /// Timeout then mean that it may have arrived.
    using Done = std::function<void(const base::Result<HttpAnswer>&)>;

    RequestQueue(Transport& transport, Scheduler& scheduler, TokenSource& tokens, base::Generator& chance,
                 Counters& counters, ServerClock& serverClock, RateLimit limit);
    /// Answers everything that is still open.
    ~RequestQueue();
    RequestQueue(const RequestQueue&) = delete;
    RequestQueue& operator=(const RequestQueue&) = delete;

    /// `done` runs exactly once, and may run inside the call.
    void submit(Kind kind, HttpRequest request, Done done);

private:
    struct Job {
        Kind kind;
        HttpRequest request;
        Done done;
        std::string token;
        int attempts = 0;
        bool isTokenRenewed = false;
        base::Nanos leaveBefore{}; ///< of a Place
        Timer wait;
    };
    using JobPointer = std::shared_ptr<Job>;

    void enqueue(JobPointer job, bool first);
    void pump();
    base::Nanos waitOf(Kind kind) const;
    void giveBack(const JobPointer& job);
    void refill();
    void start(const JobPointer& job);
    void send(const JobPointer& job, const std::string& token);
    void onAnswer(const JobPointer& job, const base::Result<HttpAnswer>& answer);
    void retryLater(const JobPointer& job);
    void finish(const JobPointer& job, const base::Result<HttpAnswer>& answer);
    void refuseUnsent(const JobPointer& job, const base::Error& why);

    Transport& m_transport;
    Scheduler& m_scheduler;
    TokenSource& m_tokens;
    base::Generator& m_chance;
    Counters& m_counters;
    ServerClock& m_serverClock; ///< learns from every answer
    const RateLimit m_limit;
    double m_allowance;
    base::Nanos m_refilledAt{};
    base::Nanos m_pausedUntil{}; ///< after a 429
    Backoff m_pause;
    Timer m_pumpTimer;
    std::array<std::deque<JobPointer>, 4> m_waiting;
    std::set<JobPointer> m_running; ///< started, or waiting to be repeated
    std::shared_ptr<int> m_alive = std::make_shared<int>();
};

} // namespace vegadesk::tastytrade
