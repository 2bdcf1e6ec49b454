#include "backtest/realism.h"

#include "base/random.h"

#include <fmt/format.h>

namespace vegadesk::backtest
{

std::string_view toText(MarginCall rule)
{
    switch (rule) {
    case MarginCall::Ignored:
        return "ignored";
    case MarginCall::NextDay:
        return "next-day";
    case MarginCall::AtOnce:
        return "at-once";
    }
    return {};
}

base::Result<void> check(const Realism& realism)
{
    struct Range {
        std::string_view field;
        double value, low, high;
        std::string_view unit;
    };
    const Range ranges[]{{"assignment chance", realism.assignmentChance, 0, 1, "a day"},
                         {"assignment time value", realism.assignmentTimeValue, 0, 100, "dollars a share"},
                         {"exercise threshold", realism.exerciseThreshold, 0.0001, 10, "dollars a share"},
                         {"pin width", realism.pinWidth, 0, 0.05, "of the strike"},
                         {"pin deviation", realism.pinDeviation, 0, 0.05, "of the strike"},
                         {"cash interest", realism.cashShare, 0, 1, "of the risk-free rate"},
                         {"debit spread", realism.debitSpread, 0, 0.5, "per year"},
                         {"borrow rate", realism.borrowRate, 0, 5, "per year"}};
    for (const Range& range : ranges) {
        if (!(range.value >= range.low && range.value <= range.high))
            return base::badInput(range.field, fmt::format("{}", range.value),
                                  fmt::format("{} to {} {}", range.low, range.high, range.unit));
    }
    return {};
}

double drawOf(std::uint64_t seed, std::string_view subject, std::int64_t number)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed; // FNV-1a
    const auto add = [&hash](std::uint64_t byte) { hash = (hash ^ byte) * 0x100000001b3ULL; };
    for (const char letter : subject)
        add(static_cast<unsigned char>(letter));
    for (int byte = 0; byte < 8; ++byte)
        add(static_cast<std::uint64_t>(number) >> (8 * byte) & 0xff);
    return base::Generator(hash).uniform();
}

} // namespace vegadesk::backtest
