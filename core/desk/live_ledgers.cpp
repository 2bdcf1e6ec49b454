#include "desk/live_ledgers.h"

#include "base/log.h"
#include "desk/hedge_view.h"

#include <algorithm>
#include <exception>

namespace vegadesk::desk
{

template<class Work>
void LiveLedgers::guarded(Work work)
{
    if (!m_recorder || m_isBroken)
        return;
    try {
        work();
    } catch (const std::exception& failure) {
        m_isBroken = true;
        m_shown.clear();
        base::log::error("Hedge ledgers are not kept any more: {}", failure.what());
    }
}

void LiveLedgers::begin(trading::Loop& loop)
{
    end();
    m_loop = &loop;
    m_recorder = std::make_unique<trading::HedgeRecorder>(loop, recording);
    m_loop->addObserver(this);
}

void LiveLedgers::onProposal(std::string_view strategy, const strategies::Proposal& proposal)
{
    guarded([&] { static_cast<LoopObserver&>(*m_recorder).onProposal(strategy, proposal); });
}

void LiveLedgers::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    guarded([&] { static_cast<LoopObserver&>(*m_recorder).onFill(order, fill); });
}

void LiveLedgers::end()
{
    if (m_recorder)
        m_loop->removeObserver(this);
    m_recorder.reset();
    m_isBroken = false;
    m_loop = nullptr;
    m_shownAt = {};
    m_shown.clear();
}

void LiveLedgers::show(const portfolio::HedgeLedger& ledger, std::size_t written)
{
    HedgeLedgerView view = ledgerViewOf(ledger);
    view.since = m_recorder->takenOverAt(ledger.group()).value_or(base::Instant{});
    m_shown[ledger.group()] = {written, std::make_shared<const HedgeLedgerView>(std::move(view))};
}

void LiveLedgers::mark(base::Instant now)
{
    guarded([&] { markNow(now); });
}

void LiveLedgers::markNow(base::Instant now)
{
    m_recorder->mark(now);
    if (now - m_shownAt < shownEvery)
        return;
    m_shownAt = now;
    for (const portfolio::HedgeLedger& ledger : m_recorder->ledgers()) {
        if (!ledger.isFlat())
            show(m_recorder->markedNow(ledger, now), ledger.written());
    }
}

std::vector<LiveLedger> LiveLedgers::views()
{
    std::vector<LiveLedger> views;
    guarded([&] {
        for (const std::string& group : m_recorder->toTakeOver())
            views.push_back({group, nullptr});
        for (const portfolio::HedgeLedger& ledger : m_recorder->ledgers()) {
            const auto shown = m_shown.find(ledger.group());
            if (shown == m_shown.end() || shown->second.written != ledger.written())
                show(ledger, ledger.written());
            views.push_back({ledger.group(), m_shown[ledger.group()].view});
        }
        std::erase_if(m_shown, [&](const auto& shown) {
            return std::ranges::find(views, shown.first, &LiveLedger::group) == views.end();
        });
    });
    return m_isBroken ? std::vector<LiveLedger>() : views;
}

} // namespace vegadesk::desk
