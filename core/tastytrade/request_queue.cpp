#include "tastytrade/request_queue.h"

#include "base/log.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

constexpr int attemptsMax = 4;
/// The market moves on; an order that could not leave by then is given back.
constexpr base::Nanos placeMustLeaveWithin = 5s;

base::Error tooLate()
{
    return {base::ErrorKind::Timeout, "order", {}, "the broker was too busy to take it in time", {}};
}

} // namespace

RequestQueue::RequestQueue(Transport& transport, Scheduler& scheduler, TokenSource& tokens, base::Generator& chance,
                           Counters& counters, ServerClock& serverClock, RateLimit limit)
    : m_transport(transport), m_scheduler(scheduler), m_tokens(tokens), m_chance(chance), m_counters(counters),
      m_serverClock(serverClock), m_limit(limit), m_allowance(limit.burst), m_refilledAt(scheduler.elapsed()),
      m_pause(1s, 30s)
{
}

RequestQueue::~RequestQueue()
{
    m_alive.reset();
    const base::Error closing{base::ErrorKind::Network, "broker", {}, "the connection was closed", {}};
    for (auto& jobs : m_waiting) {
        for (const JobPointer& job : std::exchange(jobs, {}))
            refuseUnsent(job, closing);
    }
    for (const JobPointer& job : std::exchange(m_running, {})) {
        job->wait.cancel();
        job->done(tl::make_unexpected(closing));
    }
}

void RequestQueue::submit(Kind kind, HttpRequest request, Done done)
{
    auto job = std::make_shared<Job>();
    job->kind = kind;
    job->request = std::move(request);
    job->request.isSentOnce = kind == Kind::Place || kind == Kind::Write;
    job->done = std::move(done);
    job->leaveBefore = m_scheduler.elapsed() + placeMustLeaveWithin;
    if (kind == Kind::Place)
        job->wait = m_scheduler.after(placeMustLeaveWithin, [this, late = std::weak_ptr(job)] {
            if (const JobPointer held = late.lock())
                giveBack(held);
        });
    enqueue(std::move(job), false);
    pump();
}

void RequestQueue::giveBack(const JobPointer& job)
{
    if (std::erase(m_waiting.at(static_cast<std::size_t>(job->kind)), job) > 0)
        refuseUnsent(job, tooLate());
}

void RequestQueue::enqueue(JobPointer job, bool first)
{
    auto& jobs = m_waiting.at(static_cast<std::size_t>(job->kind));
    if (first)
        jobs.push_front(std::move(job));
    else
        jobs.push_back(std::move(job));
}

void RequestQueue::refill()
{
    const base::Nanos now = m_scheduler.elapsed();
    m_allowance = std::min(m_limit.burst, m_allowance + base::seconds(now - m_refilledAt) * m_limit.perSecond);
    m_refilledAt = now;
}

base::Nanos RequestQueue::waitOf(Kind kind) const
{
    if (kind == Kind::Cancel)
        return 0ns;
    const double needed = kind == Kind::Read ? 1 + m_limit.readReserve : 1;
    base::Nanos wait = m_pausedUntil - m_scheduler.elapsed();
    if (m_allowance < needed)
        wait = std::max(wait,
                        base::Nanos(static_cast<std::int64_t>((needed - m_allowance) / m_limit.perSecond * 1e9)) + 1ms);
    return wait;
}

void RequestQueue::pump()
{
    for (;;) {
        const auto jobs = std::ranges::find_if(m_waiting, [](const auto& list) { return !list.empty(); });
        if (jobs == m_waiting.end())
            return;
        refill();
        const base::Nanos wait = waitOf(jobs->front()->kind);
        if (wait > 0ns) {
            m_pumpTimer = m_scheduler.after(wait, [this] { pump(); });
            return;
        }
        m_allowance -= 1;
        const JobPointer job = jobs->front();
        jobs->pop_front();
        start(job);
    }
}

void RequestQueue::start(const JobPointer& job)
{
    job->wait.cancel(); // it holds the job
    m_running.insert(job);
    m_tokens.get([this, job, alive = std::weak_ptr(m_alive)](const base::Result<std::string>& token) {
        if (alive.expired())
            return;
        if (token)
            send(job, *token);
        else if (job->kind == Kind::Place)
            refuseUnsent(job, token.error());
        else
            finish(job, tl::make_unexpected(token.error()));
    });
}

void RequestQueue::send(const JobPointer& job, const std::string& token)
{
    if (job->kind == Kind::Place && m_scheduler.elapsed() > job->leaveBefore)
        return refuseUnsent(job, tooLate());
    ++job->attempts;
    job->token = token;
    job->request.authorization = "Bearer " + token;
    m_counters.change([](CounterValues& values) { ++values.requests; });
    const base::Nanos sentAt = m_scheduler.elapsed();
    m_transport.send(job->request,
                     [this, job, sentAt, alive = std::weak_ptr(m_alive)](const base::Result<HttpAnswer>& answer) {
                         if (alive.expired())
                             return;
                         const base::Nanos answeredAt = m_scheduler.elapsed();
                         const double took = base::seconds(answeredAt - sentAt);
                         if (answer && answer->date != base::Instant{})
                             m_serverClock.note(answer->date, sentAt, answeredAt);
                         m_counters.change([isAnswered = answer.has_value(), took](CounterValues& values) {
                             values.unanswered = isAnswered ? 0 : values.unanswered + 1;
                             values.answerSeconds = isAnswered ? took : values.answerSeconds;
                         });
                         onAnswer(job, answer);
                     });
}

void RequestQueue::onAnswer(const JobPointer& job, const base::Result<HttpAnswer>& answer)
{
    const int status = answer ? answer->status : 0;
    if (status == 401)
        m_tokens.invalidate(job->token);
    if (status == 429) {
        m_pausedUntil = m_scheduler.elapsed() + m_pause.next(m_chance);
        base::log::warning("the broker asks for fewer requests; waiting {:.1f} s",
                           base::seconds(m_pausedUntil - m_scheduler.elapsed()));
    } else if (answer) {
        m_pause.reset();
    }

    const bool mayRepeat = job->kind != Kind::Place;
    if (mayRepeat && status == 401 && !job->isTokenRenewed) {
        job->isTokenRenewed = true;
        return start(job);
    }
    if (job->kind == Kind::Cancel && status == 429)
        return retryLater(job); // as often as it takes: a cancel is never dropped
    if (mayRepeat && status == 429 && job->attempts < attemptsMax) {
        m_running.erase(job);
        enqueue(job, true);
        return pump();
    }
    if (mayRepeat && job->kind != Kind::Write && (!answer || status >= 500) && job->attempts < attemptsMax)
        return retryLater(job);
    finish(job, answer);
}

void RequestQueue::retryLater(const JobPointer& job)
{
    Backoff backoff(500ms, 8s);
    base::Nanos wait{};
    for (int i = 0; i < job->attempts; ++i)
        wait = backoff.next(m_chance);
    job->wait = m_scheduler.after(wait, [this, job] { start(job); });
}

void RequestQueue::finish(const JobPointer& job, const base::Result<HttpAnswer>& answer)
{
    m_running.erase(job);
    job->done(answer);
}

void RequestQueue::refuseUnsent(const JobPointer& job, const base::Error& why)
{
    m_running.erase(job);
    base::Error error = why;
    if (job->kind == Kind::Place) {
        error.kind = base::ErrorKind::Refused;
        error.allowed += " (the order was not sent)";
    }
    job->done(tl::make_unexpected(std::move(error)));
}

} // namespace vegadesk::tastytrade
