#pragma once

#include "strategies/directional/vertical.h"
#include "strategies/strategy.h"

#include <string>
#include <tl/expected.hpp>

namespace vegadesk::strategies
{

/// A strategy that takes a vertical, or another structure with a direction, as closes say and leaves it when they turn.
///
/// Closes   of completed days only: a signal is known at the close before.
/// Stop     the spot has come back from its best close since the entry, against the direction held, by stop_moves average moves of
///          move_days days. What is held says which way it looks, so it needs no memory.
class DirectionalStrategy : public Strategy
{
public:
    DirectionalStrategy(std::string name, base::Parameters parameters);

    std::string_view name() const override { return m_name; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState&) const override { return {}; }

    static void addStopSpecs(std::vector<base::ParameterSpec>& specs);

protected:
    struct View {
        Direction direction = Direction::Up;
        bool isCredit = false;
    };
    /// What to open now, or why nothing.
    virtual tl::expected<View, NoEntry> view(const StrategyState& state) const = 0;
    virtual Structure structure(View view) const = 0;
    /// Why what is held has lost its reason; empty where it has not.
    virtual std::string turned(const StrategyState& state, Direction held) const = 0;

private:
    std::string stopped(const StrategyState& state, Direction held) const;

    std::string m_name;
    base::Parameters m_parameters;
};

} // namespace vegadesk::strategies
