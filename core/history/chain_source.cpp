#include "history/chain_source.h"

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

} // namespace vegadesk::history
