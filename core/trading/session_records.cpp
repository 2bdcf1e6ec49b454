#include "trading/session_records.h"

#include "base/log.h"
#include "execution/journal_codec.h"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <simdjson.h>

namespace vegadesk::trading
{

namespace
{

constexpr std::string_view dayStartKind = "session.start", stateKind = "trading.state", limitsKind = "limits";
constexpr std::array<std::pair<risk::TradingState, std::string_view>, 3> stateWords{{
    {risk::TradingState::Active, "active"},
    {risk::TradingState::Reducing, "reducing"},
    {risk::TradingState::Halted, "halted"},
}};

std::string_view wordOf(risk::TradingState state)
{
    for (const auto& [known, word] : stateWords) {
        if (known == state)
            return word;
    }
    return {};
}

std::string toJson(const risk::Limits& limits)
{
    return fmt::format(R"({{"position":{},"daily-loss-no-new-risk":{},"daily-loss-stop":{},"leverage":{}}})",
                       limits.largestPosition, limits.dailyLossNoNewRisk, limits.dailyLossStop, limits.leverage);
}

std::optional<risk::Limits> limitsFrom(simdjson::dom::element element)
{
    risk::Limits limits;
    const bool isRead = element["position"].get(limits.largestPosition) == simdjson::SUCCESS &&
                        element["daily-loss-no-new-risk"].get(limits.dailyLossNoNewRisk) == simdjson::SUCCESS &&
                        element["daily-loss-stop"].get(limits.dailyLossStop) == simdjson::SUCCESS &&
                        element["leverage"].get(limits.leverage) == simdjson::SUCCESS;
    return isRead ? std::optional(limits) : std::nullopt;
}

void readState(simdjson::dom::element element, SessionMemory& memory)
{
    std::string_view state, reason, stop;
    memory.state = risk::TradingState::Halted; // where it cannot be read: a person resumes
    if (element["state"].get(state) == simdjson::SUCCESS) {
        for (const auto& [known, word] : stateWords)
            memory.state = word == state ? known : memory.state;
    }
    if (element["reason"].get(reason) == simdjson::SUCCESS)
        memory.stateReason = reason;
    memory.dailyStopOn.reset();
    if (element["daily-stop"].get(stop) == simdjson::SUCCESS) {
        if (const auto date = base::parseDate(stop))
            memory.dailyStopOn = *date;
    }
}

} // namespace

SessionMemory rememberedSession(std::span<const base::JournalRecord> records, const std::string& prefix)
{
    SessionMemory memory;
    simdjson::dom::parser parser;
    for (const base::JournalRecord& record : records) {
        const bool isOurs = record.kind == dayStartKind || record.kind == stateKind || record.kind == limitsKind;
        if (!isOurs || !record.key.starts_with(prefix + "-"))
            continue;
        simdjson::dom::element element;
        if (parser.parse(record.payload).get(element) != simdjson::SUCCESS) {
            base::log::warning("the journal's record {} of {} could not be read", record.kind, record.key);
            if (record.kind == stateKind)
                memory.state = risk::TradingState::Halted;
            continue;
        }
        if (record.kind == stateKind) {
            readState(element, memory);
        } else if (record.kind == limitsKind) {
            simdjson::dom::element now;
            if (element["now"].get(now) == simdjson::SUCCESS)
                memory.limits = limitsFrom(now);
        } else {
            const auto date = base::parseDate(std::string_view(record.key).substr(prefix.size() + 1));
            double value = 0;
            if (!date || element["netLiquidation"].get(value) != simdjson::SUCCESS)
                continue;
            memory.dayStart = std::pair{*date, value};
            std::int64_t since = 0;
            memory.dayStartSince.reset();
            if (element["since"].get(since) == simdjson::SUCCESS)
                memory.dayStartSince = base::Instant(base::Nanos(since));
        }
    }
    return memory;
}

base::JournalRecord dayStartRecord(base::Instant at, const std::string& prefix, base::Date day, double netLiquidation,
                                   std::optional<base::Instant> since)
{
    const std::string seen = since ? fmt::format(R"(,"since":{})", since->time_since_epoch().count()) : "";
    return {at, std::string(dayStartKind), prefix + "-" + base::formatDate(day),
            fmt::format(R"({{"netLiquidation":{:.2f}{}}})", netLiquidation, seen)};
}

base::JournalRecord stateRecord(base::Instant at, const std::string& prefix, risk::TradingState state,
                                std::optional<base::Date> dailyStopOn, std::string_view reason)
{
    return {at, std::string(stateKind), prefix + "-state",
            fmt::format(R"({{"state":"{}","daily-stop":"{}","reason":{}}})", wordOf(state),
                        dailyStopOn ? base::formatDate(*dailyStopOn) : "", execution::quotedJson(reason))};
}

base::JournalRecord limitsRecord(base::Instant at, const std::string& prefix, const std::optional<risk::Limits>& before,
                                 const risk::Limits& limits, std::string_view reason)
{
    return {at, std::string(limitsKind), prefix + "-limits",
            fmt::format(R"({{"before":{},"now":{},"reason":{}}})", before ? toJson(*before) : "null", toJson(limits),
                        execution::quotedJson(reason))};
}

base::JournalRecord armingRecord(base::Instant at, const std::string& prefix, bool isArmed, std::string_view reason)
{
    return {at, isArmed ? "live.armed" : "live.disarmed", prefix,
            fmt::format(R"({{"reason":{}}})", execution::quotedJson(reason))};
}

base::JournalRecord brokerCheckRecord(base::Instant at, const std::string& prefix, std::string_view origin,
                                      const portfolio::DryRunResult& broker, double ourFees, double ourBuyingPower)
{
    const auto ours = [](double cash) { return std::isfinite(cash) ? fmt::format("\"{:.2f}\"", cash) : "null"; };
    std::string warnings;
    for (const std::string& warning : broker.warnings)
        warnings += (warnings.empty() ? "" : ",") + execution::quotedJson(warning);
    return {
        at, "broker.check", prefix + "-check",
        fmt::format(
            R"({{"origin":{},"fees":"{}","our-fees":{},"buying-power":"{}","our-buying-power":{},"warnings":[{}]}})",
            execution::quotedJson(origin), broker.totalFees.toString(), ours(ourFees),
            broker.changeInBuyingPower.toString(), ours(ourBuyingPower), warnings)};
}

base::JournalRecord cashRecord(base::Instant at, const std::string& prefix, base::Decimal amount)
{
    return {at, "cash.moved", prefix + "-cash", fmt::format(R"({{"amount":"{}"}})", amount.toString())};
}

bool isSame(const risk::Limits& a, const risk::Limits& b)
{
    return a.largestPosition == b.largestPosition && a.dailyLossNoNewRisk == b.dailyLossNoNewRisk &&
           a.dailyLossStop == b.dailyLossStop && a.leverage == b.leverage;
}

} // namespace vegadesk::trading
