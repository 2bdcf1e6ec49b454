#include "command.h"

#include <fmt/format.h>

namespace vegadesk::cli
{

int complain(const base::Error& error)
{
    // What was not given is nothing that could be allowed.
    if (error.kind == base::ErrorKind::BadInput && error.value.empty())
        fmt::print(stderr, "vegadesk-cli: {} is missing: {}\n", error.field, error.allowed);
    else
        fmt::print(stderr, "vegadesk-cli: {}\n", error.message());
    return error.kind == base::ErrorKind::BadInput ? badUsage : failed;
}

int complain(std::string_view field, std::string_view value, std::string_view allowed)
{
    return complain(
        base::Error{base::ErrorKind::BadInput, std::string(field), std::string(value), std::string(allowed), {}});
}

} // namespace vegadesk::cli
