#include "portfolio/margin.h"
#include "tastytrade/wire/margin.h"
#include "venue/rest_answers.h"

#include <algorithm>
#include <cmath>

/// The routes about margin.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Decimal;
using UnderlyingMargin = AccountBook::UnderlyingMargin;

constexpr const char* marginType = "Reg T";

Decimal fraction(std::int64_t hundredths)
{
    return Decimal::fromUnits(hundredths * (Decimal::unitsPerOne / 100));
}

wire::MarginEntry entryOf(const UnderlyingMargin::Holding& holding)
{
    wire::MarginEntry entry;
    entry.symbol = holding.instrument.symbol;
    entry.instrumentType = market::toWire(holding.instrument.type);
    entry.quantity = Decimal::fromUnits(holding.quantity.units());
    if (const auto price = Decimal::fromDouble(holding.mark))
        entry.closePrice = price->roundedTo(fraction(1));
    return entry;
}

/// All that is held in an underlying is margined together, so there is one strategy in it.
wire::MarginGroup groupOf(const UnderlyingMargin& one)
{
    const Decimal requirement = -toCents(one.margin.requirement());
    wire::MarginGroup strategy;
    const bool hasOptions =
        std::ranges::any_of(one.holdings, [](const auto& holding) { return holding.instrument.isOption(); });
    strategy.description = hasOptions ? "COMBINATION" : one.stockValue < 0 ? "SHORT_UNDERLYING" : "LONG_UNDERLYING";
    strategy.marginType = marginType;
    strategy.requirement = strategy.maintenance = strategy.initial = requirement;
    strategy.includesWorkingOrder = false;
    for (const UnderlyingMargin::Holding& holding : one.holdings)
        strategy.entries.push_back(entryOf(holding));

    wire::MarginGroup group;
    group.description = group.code = group.underlying = one.underlying;
    group.underlyingType = "Equity";
    group.marginType = marginType;
    group.requirement = group.maintenance = requirement;
    group.buyingPower = toCents(one.stockValue - one.margin.held);
    if (!one.holdings.empty())
        group.groups.push_back(std::move(strategy));
    return group;
}

wire::MarginGroup groupOf(const std::vector<UnderlyingMargin>& margins, const std::string& underlying)
{
    const auto found = std::ranges::find(margins, underlying, &UnderlyingMargin::underlying);
    if (found != margins.end())
        return groupOf(*found);
    UnderlyingMargin nothing;
    nothing.underlying = underlying;
    return groupOf(nothing);
}

} // namespace

HttpAnswer RestApi::margin(const Call& call)
{
    const QString first = call.part(0);
    if (first == QLatin1String("margin-requirements-public-configuration")) {
        const auto rate = Decimal::fromDouble(m_market.riskFreeRate(m_exchange.today()));
        if (!call.isGet() || call.segments.size() != 1)
            return notFound("route");
        return data(wire::MarginConfiguration{rate.value_or(Decimal{}).roundedTo(Decimal::fromUnits(10'000))},
                    call.context);
    }
    if (first == QLatin1String("span")) {
        if (!call.isGet() || call.segments != QStringList{first, QStringLiteral("rows")})
            return notFound("route");
        return page(std::vector<wire::MarginEntry>(), call.request.query, call.context, {1000, 50'000});
    }
    if (call.segments.size() != 4 || call.part(1) != QLatin1String("accounts"))
        return notFound("route");
    if (call.part(2).toStdString() != m_exchange.accountNumber())
        return error(403, "not_permitted", "User not permitted access");
    if (call.isGet() && call.part(3) == QLatin1String("requirements"))
        return marginRequirements(call);
    if (call.request.method == "POST" && call.part(3) == QLatin1String("dry-run"))
        return marginDryRun(call);
    return notFound("route");
}

HttpAnswer RestApi::marginRequirements(const Call& call)
{
    const base::Instant now = m_exchange.now();
    const AccountBook& book = m_exchange.book();
    wire::MarginReport report;
    report.account = m_exchange.accountNumber();
    double requirement = 0;
    for (const UnderlyingMargin& one : book.margins(now)) {
        if (one.holdings.empty())
            continue;
        requirement += one.margin.requirement();
        report.groups.push_back(groupOf(one));
    }
    report.requirement = report.maintenance = report.regTRequirement = -toCents(requirement);
    report.equity = book.netLiquidation(now);
    report.optionBuyingPower = report.regTOptionBuyingPower = toCents(book.buyingPower(now));
    report.maintenanceExcess = report.equity + report.maintenance;
    report.stateAt = base::toUnixMillis(now);
    return data(report, call.context);
}

HttpAnswer RestApi::marginDryRun(const Call& call)
{
    const base::Result<wire::OrderRequest> request = wire::parseOrderRequest(call.body);
    if (!request)
        return validationError(request.error());
    const Answer<wire::OrderAnswer> answer = m_exchange.dryRun(*request);
    if (!answer)
        return refusal(answer.error());
    std::vector<HoldingChange> changes;
    for (const wire::Leg& leg : answer->order.legs) {
        if (const auto* instrument = m_market.find(leg.terms.symbol, m_exchange.today()))
            changes.push_back({*instrument, portfolio::signedQuantity(leg.terms.action, leg.terms.quantity)});
    }
    const base::Instant now = m_exchange.now();
    const AccountBook& book = m_exchange.book();
    const std::string& underlying = answer->order.underlying;
    wire::MarginDryRun result;
    if (answer->buyingPower) {
        result.changeInMargin = answer->buyingPower->changeInMargin;
        result.changeInBuyingPower = answer->buyingPower->changeInBuyingPower;
        result.currentBuyingPower = answer->buyingPower->currentBuyingPower;
        result.newBuyingPower = answer->buyingPower->newBuyingPower;
        result.isolatedMargin = answer->buyingPower->isolatedMargin;
        result.isSpread = answer->buyingPower->isSpread;
    }
    result.baseResults = groupOf(book.margins(now), underlying);
    result.lastResults = groupOf(book.margins(now, changes), underlying);
    result.newOrderResults = groupOf(book.margins(now, changes, false), underlying);
    QJsonObject body = wire::toJson(result);
    body.insert(QLatin1String("orders"), QJsonArray{wire::toJson(answer->order)});
    return json(wire::envelope(body, call.context), 201);
}

HttpAnswer RestApi::effectiveMargin(const Call& call)
{
    if (call.segments.size() < 5 || call.segments.back() != QLatin1String("effective"))
        return notFound("route");
    const std::string symbol = call.symbol(3, call.segments.size() - 1);
    const market::Instrument* const found = m_market.find(symbol, m_exchange.today());
    if (found == nullptr || found->isOption())
        return notFound("instrument " + symbol);
    // What portfolio::marginOf() asks for; what is held asks for as much as what is opened.
    wire::EffectiveMargin margin;
    margin.underlying = symbol;
    margin.longInitial = margin.shortInitial = margin.longMaintenance = margin.shortMaintenance = fraction(50);
    margin.nakedStandard = fraction(portfolio::isBroadIndex(symbol) ? 15 : 20);
    margin.nakedMinimum = fraction(10);
    margin.nakedFloor = Decimal{};
    return data(margin, call.context);
}

} // namespace vegadesk::venue
