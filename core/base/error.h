#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace vegadesk::base
{

/// What went wrong, coarse enough to branch on.
enum class ErrorKind {
    BadInput,     ///< a value outside its allowed range; field, value and allowed say which
    NotFound,     ///< nothing of that name or id
    Refused,      ///< understood and declined (risk gate, broker preflight, market closed)
    Unauthorized, ///< credentials missing, wrong or expired
    Network,      ///< nothing came back, or nonsense did; the outcome of a write is then not known
    Timeout,      ///< as Network, after waiting
    Storage,      ///< disk or database
    Cancelled,    ///< the caller asked to stop
    Internal      ///< a bug of ours or a library's
};

/// An expected failure. Short text for the user in message(); `detail` is for the log.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string field;   ///< what it is about: "strike", "TW_SANDBOX", "order 42"
    std::string value;   ///< what was found; never a secret
    std::string allowed; ///< what would have been right, or what to do
    std::string detail;

    /// One sentence: `strike "-5" is not allowed: a positive number`.
    std::string message() const
    {
        std::string text = field;
        if (!value.empty())
            text += " \"" + value + "\"";
        if (!allowed.empty())
            text += (kind == ErrorKind::BadInput ? " is not allowed: " : ": ") + allowed;
        return text;
    }
};

template<class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string_view field, std::string_view value,
                                  std::string_view allowed, std::string_view detail = {})
{
    return tl::make_unexpected(
        Error{kind, std::string(field), std::string(value), std::string(allowed), std::string(detail)});
}

inline tl::unexpected<Error> badInput(std::string_view field, std::string_view value,
                                      std::string_view allowed)
{
    return fail(ErrorKind::BadInput, field, value, allowed);
}

} // namespace vegadesk::base
