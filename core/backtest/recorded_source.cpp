#include "backtest/recorded_source.h"

#include "history/importers.h"
#include "strategies/strategy.h"

namespace vegadesk::backtest
{

base::Result<std::unique_ptr<history::ChainSource>> recordedSource(std::string_view strategy, const std::string& path,
                                                                   std::string_view underlying,
                                                                   const std::stop_token& stop)
{
    const auto info = strategies::find(strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    if (const std::size_t names = (*info)->basketNames; names > 0)
        return history::openSoundBasket(path, underlying, names, stop);
    return history::openSoundChains(path, underlying, stop);
}

} // namespace vegadesk::backtest
