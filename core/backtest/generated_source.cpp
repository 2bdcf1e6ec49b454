#include "backtest/generated_source.h"

#include "history/generated_basket.h"

namespace vegadesk::backtest
{

namespace
{

template<class Source>
base::Result<std::unique_ptr<history::ChainSource>> asSource(base::Result<std::unique_ptr<Source>> made)
{
    if (!made)
        return tl::make_unexpected(std::move(made.error()));
    return std::move(*made);
}

} // namespace

base::Result<std::unique_ptr<history::ChainSource>>
generatedSource(std::string_view strategy, std::string_view underlying, base::Date from, base::Date to,
                std::uint64_t seed, int snapshotsPerDay, history::CorporateEvents events)
{
    const auto info = strategies::find(strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    if (const std::size_t names = (*info)->basketNames; names > 0)
        return asSource(history::generatedBasket(underlying, from, to, seed, names, snapshotsPerDay, events));
    return asSource(history::GeneratedChainSource::make(underlying, from, to, seed, snapshotsPerDay, events));
}

} // namespace vegadesk::backtest
