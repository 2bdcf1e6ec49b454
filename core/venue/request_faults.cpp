#include "venue/request_faults.h"

#include "venue/rest_answers.h"
#include "venue/schema_drift.h"

namespace vegadesk::venue
{

namespace
{

bool isOrder(const HttpRequest& request)
{
    return (request.method == "PUT" && request.path.contains(QLatin1String("/orders/"))) ||
           (request.method == "POST" && (request.path.endsWith(QLatin1String("/orders")) ||
                                         request.path.endsWith(QLatin1String("/complex-orders"))));
}

/// Whether there was one left.
bool use(int& count)
{
    if (count == 0)
        return false;
    --count;
    return true;
}

HttpAnswer failure(const Faults& faults)
{
    switch (faults.failingStatus) {
    case 401:
        return faults.isFailingPage ? webPage(401, "Authorization Required")
                                    : error(401, "unauthorized", "Unauthorized. Unique customer support identifier: 0");
    case 429:
        return faults.isFailingPage ? webPage(429, "Too Many Requests")
                                    : error(429, "too_many_requests", "Too many requests");
    default:
        return webPage(faults.failingStatus, "Bad Gateway");
    }
}

} // namespace

RequestFate serveWithFaults(const HttpRequest& request, Faults& faults,
                            const std::function<HttpAnswer(const HttpRequest&)>& serve)
{
    using Kind = RequestFate::Kind;
    if (faults.isHalfOpen)
        return {Kind::Silence};
    if (use(faults.droppedRequests))
        return {Kind::Cut};
    if (faults.failingStatus != 0 && use(faults.failingCount))
        return {Kind::Answered, failure(faults)};
    if (isOrder(request) && use(faults.lostOrderRequests))
        return {Kind::Cut};
    HttpAnswer answer = serve(request);
    const bool isAccepted = answer.status == 200 || answer.status == 201;
    if (isOrder(request) && isAccepted && use(faults.lostOrderAnswers))
        return {Kind::Cut};
    if (faults.hasSchemaDrift)
        answer.body = drifted(answer.body);
    return {Kind::Answered, std::move(answer)};
}

} // namespace vegadesk::venue
