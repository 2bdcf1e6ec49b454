#include "trading/session_records.h"

#include "base/escaped_text.h"
#include "base/log.h"
#include "execution/journal_codec.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <simdjson.h>

namespace vegadesk::trading
{

namespace
{

constexpr std::string_view dayStartKind = "session.start", stateKind = "trading.state", limitsKind = "limits",
                           dividendKind = "dividend";
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

/// Every figure of the limits by its name in the journal.
template<class Limits, class Visit>
void visitFigures(Limits& limits, Visit visit)
{
    visit("position", limits.largestPosition);
    visit("daily-loss-no-new-risk", limits.dailyLossNoNewRisk);
    visit("daily-loss-stop", limits.dailyLossStop);
    visit("leverage", limits.leverage);
    visit("strategy-positions", limits.strategyPositions);
    visit("trade-loss", limits.tradeLoss);
    visit("buying-power-used", limits.buyingPowerUsed);
    visit("stress", limits.stress);
    visit("value-at-risk", limits.valueAtRisk);
    visit("credit-stop-loss", limits.creditStopLoss);
    visit("size-calm", limits.size.calm);
    visit("size-normal", limits.size.normal);
    visit("size-stressed", limits.size.stressed);
    visit("contracts-per-leg", limits.orders.contractsPerLeg);
    visit("quoted-size", limits.orders.quotedSize);
    visit("order-notional", limits.orders.orderNotional);
    visit("day-notional", limits.orders.dayNotional);
    visit("orders-per-day", limits.orders.ordersPerDay);
    visit("working-orders", limits.orders.workingOrders);
    visit("replacements", limits.orders.replacementsPerOrder);
}

std::string toJson(const risk::Limits& limits)
{
    std::string json;
    visitFigures(limits, [&](const char* name, auto value) { json += fmt::format(R"("{}":{},)", name, value); });
    return fmt::format(R"({{{}"refuses-leg-states":{}}})", json, limits.refusesLegStates);
}

/// Of records from before the others were limits, the first four; the others are as they are without a profile.
std::optional<risk::Limits> limitsFrom(simdjson::dom::element element)
{
    risk::Limits limits;
    int found = 0;
    visitFigures(limits, [&]<class Number>(const char* name, Number& value) {
        double number = 0;
        if (element[name].get(number) != simdjson::SUCCESS)
            return;
        value = static_cast<Number>(number);
        ++found;
    });
    bool refuses = false;
    if (element["refuses-leg-states"].get(refuses) == simdjson::SUCCESS)
        limits.refusesLegStates = refuses;
    return found >= 4 ? std::optional(limits) : std::nullopt;
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

/// All of them, or none where one cannot be read.
std::vector<portfolio::AttributedCash> readParts(simdjson::dom::element element, std::string_view symbol)
{
    std::vector<portfolio::AttributedCash> parts;
    simdjson::dom::array array;
    if (element["parts"].get(array) != simdjson::SUCCESS)
        return parts;
    for (const simdjson::dom::element each : array) {
        std::string_view group, amount;
        const bool isThere =
            each["group"].get(group) == simdjson::SUCCESS && each["amount"].get(amount) == simdjson::SUCCESS;
        const auto cash = base::Decimal::parse(amount);
        if (!isThere || !cash)
            return {};
        parts.push_back({std::string(symbol), std::string(group), std::string(symbol), *cash});
    }
    return parts;
}

void readDividend(base::Instant toldAt, simdjson::dom::element element, SessionMemory& memory)
{
    std::string_view id, symbol, amount;
    std::int64_t at = 0;
    const bool isThere =
        element["id"].get(id) == simdjson::SUCCESS && element["symbol"].get(symbol) == simdjson::SUCCESS &&
        element["amount"].get(amount) == simdjson::SUCCESS && element["at"].get(at) == simdjson::SUCCESS;
    const auto cash = base::Decimal::parse(amount);
    const bool isKnown =
        std::ranges::any_of(memory.dividends, [&](const BookedDividend& each) { return each.dividend.id == id; });
    if (!isThere || !cash || isKnown)
        return;
    memory.dividends.push_back({{std::string(id), std::string(symbol), *cash, base::Instant(base::Nanos(at))},
                                readParts(element, symbol),
                                toldAt});
}

} // namespace

SessionMemory rememberedSession(std::span<const base::JournalRecord> records, const std::string& prefix)
{
    SessionMemory memory;
    simdjson::dom::parser parser;
    for (const base::JournalRecord& record : records) {
        const bool isOurs = record.kind == dayStartKind || record.kind == stateKind || record.kind == limitsKind ||
                            record.kind == dividendKind;
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
        } else if (record.kind == dividendKind) {
            readDividend(record.at, element, memory);
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
                        dailyStopOn ? base::formatDate(*dailyStopOn) : "", base::jsonText(reason))};
}

base::JournalRecord limitsRecord(base::Instant at, const std::string& prefix, const std::optional<risk::Limits>& before,
                                 const risk::Limits& limits, std::string_view reason)
{
    return {at, std::string(limitsKind), prefix + "-limits",
            fmt::format(R"({{"before":{},"now":{},"reason":{}}})", before ? toJson(*before) : "null", toJson(limits),
                        base::jsonText(reason))};
}

base::JournalRecord armingRecord(base::Instant at, const std::string& prefix, bool isArmed, std::string_view reason)
{
    return {at, isArmed ? "live.armed" : "live.disarmed", prefix,
            fmt::format(R"({{"reason":{}}})", base::jsonText(reason))};
}

base::JournalRecord brokerCheckRecord(base::Instant at, const std::string& prefix, std::string_view origin,
                                      const portfolio::DryRunResult& broker, double ourFees, double ourBuyingPower)
{
    const auto ours = [](double cash) { return std::isfinite(cash) ? fmt::format("\"{:.2f}\"", cash) : "null"; };
    std::string warnings;
    for (const std::string& warning : broker.warnings)
        warnings += (warnings.empty() ? "" : ",") + base::jsonText(warning);
    return {
        at, "broker.check", prefix + "-check",
        fmt::format(
            R"({{"origin":{},"fees":"{}","our-fees":{},"buying-power":"{}","our-buying-power":{},"warnings":[{}]}})",
            base::jsonText(origin), broker.totalFees.toString(), ours(ourFees), broker.changeInBuyingPower.toString(),
            ours(ourBuyingPower), warnings)};
}

base::JournalRecord dividendRecord(base::Instant at, const std::string& prefix, const execution::CashDividend& dividend,
                                   std::span<const portfolio::AttributedCash> parts)
{
    std::string divided;
    for (const portfolio::AttributedCash& part : parts)
        divided += fmt::format(R"({}{{"group":{},"amount":"{}"}})", divided.empty() ? "" : ",",
                               base::jsonText(part.group), part.amount.toString());
    return {at, std::string(dividendKind), prefix + "-dividend",
            fmt::format(R"({{"id":{},"symbol":{},"amount":"{}","at":{},"parts":[{}]}})", base::jsonText(dividend.id),
                        base::jsonText(dividend.symbol), dividend.amount.toString(),
                        dividend.at.time_since_epoch().count(), divided)};
}

base::JournalRecord cashRecord(base::Instant at, const std::string& prefix, base::Decimal amount)
{
    return {at, "cash.moved", prefix + "-cash", fmt::format(R"({{"amount":"{}"}})", amount.toString())};
}

} // namespace vegadesk::trading
