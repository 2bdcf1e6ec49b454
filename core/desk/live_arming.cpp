#include "desk/live_arming.h"

#include <utility>

namespace vegadesk::desk
{

base::Sentence LiveArming::refusal() const
{
    if (!m_isNeeded || m_isArmed)
        return {};
    return {base::translatable("Core", "Orders with real money are not armed. Arm them in the toolbar first.")};
}

base::Sentence LiveArming::obstacle(const ArmingConditions& conditions)
{
    if (!conditions.isConnected)
        return {base::translatable("Core", "the connection to the account is down")};
    if (!conditions.isFeedUp)
        return {base::translatable("Core", "quotes have stopped")};
    if (!conditions.isMarketOpen)
        return {base::translatable("Core", "the session is over")};
    return {};
}

base::Sentence LiveArming::arm(const ArmingConditions& conditions)
{
    if (!m_isNeeded || m_isArmed)
        return {};
    if (base::Sentence why = obstacle(conditions); !why.isEmpty())
        return why;
    m_isArmed = true;
    m_activeAt = conditions.now;
    m_stateSeen = conditions.state;
    m_reason = {};
    return {};
}

void LiveArming::disarm(base::Sentence reason)
{
    m_isArmed = false;
    m_reason = std::move(reason);
}

std::optional<base::Sentence> LiveArming::check(const ArmingConditions& conditions)
{
    if (!m_isArmed)
        return {};
    base::Sentence why = obstacle(conditions);
    const bool isWorse = conditions.state > m_stateSeen;
    m_stateSeen = conditions.state;
    if (why.isEmpty() && isWorse)
        why = {conditions.state == risk::TradingState::Halted
                   ? base::translatable("Core", "trading was halted")
                   : base::translatable("Core", "the daily loss limit was reached")};
    if (conditions.areStrategiesAtWork)
        m_activeAt = conditions.now;
    if (why.isEmpty() && conditions.now - m_activeAt >= idleMost)
        why = {base::translatable("Core", "nothing was sent for an hour")};
    if (why.isEmpty())
        return {};
    disarm(why);
    return why;
}

} // namespace vegadesk::desk
