#include "history/chain_source.h"

#include <filesystem>

namespace vegadesk::history
{

base::Result<void> ChainSource::seek(base::Instant at)
{
    market::OptionChain chain;
    std::size_t until = 0; // snapshots no later than `at`
    rewind();
    for (auto more = next(chain);; more = next(chain)) {
        if (!more)
            return tl::make_unexpected(more.error());
        if (!*more || chain.at > at)
            break;
        ++until;
    }
    rewind();
    for (std::size_t passed = 1; passed < until; ++passed) {
        if (const auto more = next(chain); !more)
            return tl::make_unexpected(more.error());
    }
    return {};
}

std::string canonicalPath(const std::string& path)
{
    std::error_code failure;
    const std::filesystem::path canonical =
        std::filesystem::weakly_canonical(std::filesystem::absolute(path, failure), failure);
    return failure ? path : canonical.string();
}

} // namespace vegadesk::history
