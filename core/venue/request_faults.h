#pragma once

#include "venue/faults.h"
#include "venue/rest_api.h"

#include <functional>

namespace vegadesk::venue
{

/// What becomes of one REST request.
struct RequestFate {
    enum class Kind : std::uint8_t {
        Answered,
        Cut,    ///< the connection breaks
        Silence ///< the connection stays, and nothing comes back
    };
    Kind kind = Kind::Answered;
    HttpAnswer answer{}; ///< of Answered
};

/// `serve` is what would answer without faults; it is called at most once. Counts down the faults that are meant for a number
/// of requests.
RequestFate serveWithFaults(const HttpRequest& request, Faults& faults,
                            const std::function<HttpAnswer(const HttpRequest&)>& serve);

} // namespace vegadesk::venue
