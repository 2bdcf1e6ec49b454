#include "risk/gate/gate.h"

#include "base/log.h"
#include "risk/gate/limit_checks.h"
#include "risk/gate/order_checks.h"
#include "risk/gate/size_checks.h"
#include "risk/gate/state_checks.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::risk
{

using base::translatable;
using portfolio::OrderIntent;

std::string GateRefusals::sentence() const
{
    if (reasons.empty())
        return {};
    const std::string first = reasons.front().sentence.english();
    return reasons.size() == 1 ? first : fmt::format("{} (and {} more)", first, reasons.size() - 1);
}

Gate::Gate(const Limits& limits, double clockSpeed) : m_limits(limits), m_clockSpeed(std::max(1.0, clockSpeed))
{
    if (const base::Result<Limits> ok = checked(limits); !ok) {
        base::log::error("limits not taken, the lowest profile's are in force: {}", ok.error().message());
        m_limits = limitsFor(Tolerance::Low);
    }
}

base::Result<void> Gate::setLimits(const Limits& limits)
{
    const base::Result<Limits> ok = checked(limits);
    if (!ok)
        return tl::make_unexpected(ok.error());
    m_limits = *ok;
    return {};
}

base::Nanos Gate::ageOf(const Recent& recent, base::Instant now) const
{
    return base::Nanos(static_cast<std::int64_t>(static_cast<double>((now - recent.at).count()) / m_clockSpeed));
}

GateRefusals Gate::judge(const OrderIntent& asked, const GateState& state) const
{
    GateRefusals result;
    if (!state.sendRefusal.isEmpty())
        result.reasons.push_back({"not_armed", state.sendRefusal});
    BookCache own;
    BookCache& book = state.cache && state.marketVersion ? *state.cache : own;
    book.begin(state);
    const std::size_t shapely = result.reasons.size();
    checkShape(asked, state, book, result.reasons);
    if (result.reasons.size() > shapely)
        return result;

    const OrderIntent intent = sizedNow(asked, state);
    const std::vector<InstrumentState> instruments = instrumentsOf(intent, state, book);
    const Measures measures = measure(intent, state, book);
    GateFigures& figures = result.figures;
    figures = figuresOf(intent, state, measures, m_limits, instruments, book);

    checkState(intent, state, figures.isReducing, result.reasons);
    const bool isConfirmedClose = figures.isReducing && portfolio::isFromPerson(intent);
    const bool takesOldQuotes = isConfirmedClose && state.isFeedAlive && intent.type == portfolio::OrderType::Limit;
    checkPrice(intent, instruments, result.reasons, takesOldQuotes ? &figures.warnings : nullptr);
    for (const Recent& recent : m_recent) {
        if (state.replaced)
            break; // there is one order of it at any time
        const base::Nanos age = ageOf(recent, state.approvalTime());
        if (age >= base::Nanos{0} && age < duplicateWindow && isSameOrder(recent.intent, asked)) {
            result.reasons.push_back(
                {"duplicate",
                 {translatable("Core", "The same order was approved %1 s ago; again after %2 s."),
                  {base::SentenceNumber{base::seconds(age), 1}, base::SentenceNumber{base::seconds(duplicateWindow)}}},
                 base::seconds(age),
                 base::seconds(duplicateWindow)});
            break;
        }
    }
    if (!figures.isReducing) {
        checkSense(intent, instruments, figures, result.reasons);
        checkSize(intent, state, instruments, m_limits.orders, book, result.reasons);
        checkRate(state, m_limits.orders, result.reasons);
        checkClock(state, instruments, result.reasons);
        checkDailyLoss(state, figures.dailyLoss, m_limits, result.reasons);
        checkBook(intent, state, measures, m_limits, result.reasons);
        checkBuyingPower(intent, state, measures, figures, m_limits, instruments, result.reasons);
        checkTrade(intent, state, figures, m_limits, result.reasons);
        checkLegStates(intent, m_limits, figures, result.reasons);
    }
    return result;
}

tl::expected<ApprovedOrder, GateRefusals> Gate::approve(const OrderIntent& intent, const GateState& state)
{
    forgetOld(state.approvalTime());
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    m_recent.push_back({intent, state.approvalTime()});
    return ApprovedOrder(intent, result.figures, state.approvalTime(),
                         state.replaced ? state.replaced->id : std::string());
}

void Gate::forgetOld(base::Instant now)
{
    std::erase_if(m_recent, [&](const Recent& recent) { return ageOf(recent, now) >= duplicateWindow; });
}

void Gate::forget(const OrderIntent& intent)
{
    std::erase_if(m_recent, [&](const Recent& recent) { return isSameOrder(recent.intent, intent); });
}

tl::expected<GateFigures, GateRefusals> Gate::preview(const OrderIntent& intent, const GateState& state) const
{
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    return result.figures;
}

} // namespace vegadesk::risk
