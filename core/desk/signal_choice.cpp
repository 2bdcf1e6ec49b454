#include "desk/signal_choice.h"

#include "strategies/signal_filter.h"

#include <cmath>

namespace vegadesk::desk
{

SignalChoice signalChoiceOf(const StrategyWords& parameters)
{
    const auto filter = strategies::filterOf(parameters);
    if (!filter || !*filter)
        return {};
    const strategies::SignalRule& rule = **filter;
    return {rule.name, std::isfinite(rule.least) ? rule.least : unknown,
            std::isfinite(rule.most) ? rule.most : unknown};
}

StrategyWords wordsOf(const SignalChoice& choice)
{
    strategies::SignalRule rule{.name = choice.name};
    if (std::isfinite(choice.least))
        rule.least = choice.least;
    if (std::isfinite(choice.most))
        rule.most = choice.most;
    StrategyWords words = strategies::wordsOf(rule);
    if (choice.name.empty())
        std::erase_if(words, [](const auto& word) { return word.second.empty(); }); // bounds of nothing are refused
    return words;
}

base::Result<void> checkChoice(const SignalChoice& choice)
{
    if (const auto filter = strategies::filterOf(wordsOf(choice)); !filter)
        return tl::make_unexpected(filter.error());
    return {};
}

} // namespace vegadesk::desk
