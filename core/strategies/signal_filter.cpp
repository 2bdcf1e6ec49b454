#include "strategies/signal_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

constexpr std::string_view nameWord = "signal", leastWord = "signal_least", mostWord = "signal_most";
constexpr std::array<std::string_view, 2> bookSignals{"beta", "book_beta_dollars"}; // trading/book_signals.h

base::Result<double> probabilityFrom(std::string_view field, const std::string& text)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc{} || read.ptr != end || !(value >= 0 && value <= 1))
        return base::badInput(field, text, "a probability, 0 to 1");
    return value;
}

} // namespace

std::optional<NoEntry> reasonBySignals(const StrategyState& state, std::span<const SignalRule> rules)
{
    for (const SignalRule& rule : rules) {
        const double value = state.signal(rule.name);
        if (std::isnan(value)) {
            const std::string gap = state.signalGap(rule.name);
            return NoEntry{fmt::format("the signal {} is not known{}{}", rule.name, gap.empty() ? "" : ": ", gap)};
        }
        if (value < rule.least)
            return NoEntry{fmt::format("the signal {} is below {:g}", rule.name, rule.least)};
        if (value > rule.most)
            return NoEntry{fmt::format("the signal {} is above {:g}", rule.name, rule.most)};
    }
    return std::nullopt;
}

EntryDecision entryWithin(const Strategy& strategy, const StrategyState& state, const std::optional<SignalRule>& filter)
{
    if (filter) {
        if (auto why = reasonBySignals(state, std::span(&*filter, 1)))
            return tl::make_unexpected(*std::move(why));
    }
    return strategy.entry(state);
}

bool isFilterWord(std::string_view name)
{
    return name == nameWord || name == leastWord || name == mostWord;
}

base::Result<std::optional<SignalRule>> filterOf(const Words& words)
{
    SignalRule rule;
    bool isBounded = false;
    for (const auto& [name, text] : words) {
        if (name == nameWord)
            rule.name = text;
        if (name != leastWord && name != mostWord)
            continue;
        const auto bound = probabilityFrom(name, text);
        if (!bound)
            return tl::make_unexpected(bound.error());
        (name == leastWord ? rule.least : rule.most) = *bound;
        isBounded = true;
    }
    if (rule.name.empty() && !isBounded)
        return std::nullopt;
    if (rule.name.empty())
        return base::badInput(nameWord, "",
                              "the name or file of a signal, whose bounds signal_least and signal_most are");
    if (!isBounded)
        return base::badInput(nameWord, rule.name, "with signal_least, signal_most or both");
    if (rule.least > rule.most)
        return base::badInput(mostWord, fmt::format("{:g}", rule.most), fmt::format("not below {}", leastWord));
    if (std::ranges::count(bookSignals, rule.name) > 0)
        return base::badInput(nameWord, rule.name, "the name of a model: this one is a figure of the account's own");
    return rule;
}

Words wordsOf(const std::optional<SignalRule>& filter)
{
    if (!filter)
        return {};
    Words words{{std::string(nameWord), filter->name}};
    if (std::isfinite(filter->least))
        words.emplace_back(leastWord, fmt::format("{}", filter->least));
    if (std::isfinite(filter->most))
        words.emplace_back(mostWord, fmt::format("{}", filter->most));
    return words;
}

std::string describe(const SignalRule& rule)
{
    std::string out = "the signal " + rule.name;
    if (std::isfinite(rule.least))
        out += fmt::format(" at least {:g}", rule.least);
    if (std::isfinite(rule.most))
        out += fmt::format("{} at most {:g}", std::isfinite(rule.least) ? " and" : "", rule.most);
    return out;
}

std::vector<std::string> signalNames(const StrategyInfo& info, const std::optional<SignalRule>& filter)
{
    std::vector<std::string> names = info.signals;
    if (filter)
        names.push_back(filter->name);
    std::ranges::sort(names);
    const auto [first, last] = std::ranges::unique(names);
    names.erase(first, last);
    std::erase_if(names, [](const std::string& name) { return std::ranges::count(bookSignals, name) > 0; });
    return names;
}

} // namespace vegadesk::strategies
