#include "desk/chain_recording.h"

#include <algorithm>

namespace vegadesk::desk
{

namespace
{

bool hasQuotes(const market::OptionChain& chain)
{
    return std::ranges::any_of(chain.expirations, [](const market::Expiration& each) {
        const auto isTradable = [](market::QuoteFlags flags) { return market::isTradable(flags); };
        return std::ranges::any_of(each.calls.flags, isTradable) || std::ranges::any_of(each.puts.flags, isTradable);
    });
}

} // namespace

void ChainRecording::take(const std::shared_ptr<const ChainSnapshot>& snapshot)
{
    if (snapshot->isOld || snapshot->at - m_last < m_period || !hasQuotes(*snapshot->chain))
        return;
    m_last = snapshot->at;
    market::OptionChain chain = *snapshot->chain;
    chain.at = snapshot->at; // feeds stamp by the wall's clock, a replay goes by the market's
    if (const auto taken = m_recorder.take(chain); !taken) {
        Q_EMIT failed(QString::fromStdString(taken.error().message()));
        return;
    }
    Q_EMIT recorded();
}

} // namespace vegadesk::desk
