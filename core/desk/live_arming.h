#pragma once

#include "base/sentence.h"
#include "base/time.h"
#include "risk/gate/gate.h"

#include <optional>

namespace vegadesk::desk
{

/// What arming looks at.
struct ArmingConditions {
    base::Instant now{};
    bool isConnected = false; ///< the account's stream stands
    bool isFeedUp = false;    ///< and so do quotes, whether or not any are due
    bool isMarketOpen = false;
    bool areStrategiesAtWork = false; ///< they trade by themselves, so nobody need be there
    risk::TradingState state = risk::TradingState::Active;
};

/// Whether orders with real money may leave. They may not until a person arms them, in every run anew, and no longer than
/// the conditions hold: a lost connection, a limit that is reached, the end of the session, or an hour in which nobody
/// sent anything and no strategy runs, disarm. Elsewhere than LIVE there is nothing to arm.
class LiveArming
{
public:
    static constexpr base::Nanos idleMost = std::chrono::hours(1);

    explicit LiveArming(bool isNeeded = false) : m_isNeeded(isNeeded) {}

    bool isNeeded() const { return m_isNeeded; }
    bool isArmed() const { return m_isArmed; }
    /// Why no order may be sent; empty when they may. For the gate.
    base::Sentence refusal() const;
    /// Why it is not armed: at first, because nobody has done it.
    const base::Sentence& reason() const { return m_reason; }

    /// Empty when it is armed then; else why it cannot be. A halt does not keep from it: closes need it too.
    base::Sentence arm(const ArmingConditions& conditions);
    void disarm(base::Sentence reason);
    /// An order was sent: somebody is there.
    void noteActivity(base::Instant at) { m_activeAt = at; }
    /// The reason, when the conditions have just disarmed it.
    std::optional<base::Sentence> check(const ArmingConditions& conditions);

private:
    static base::Sentence obstacle(const ArmingConditions& conditions);

    bool m_isNeeded = false, m_isArmed = false;
    base::Sentence m_reason{base::translatable("Core", "nobody has armed them in this session")};
    base::Instant m_activeAt{};
    risk::TradingState m_stateSeen = risk::TradingState::Active; ///< worse than this is news
};

} // namespace vegadesk::desk
