#include "tastytrade/wire/order_answer.h"

namespace vegadesk::tastytrade::wire
{

namespace
{

BuyingPowerEffect parseEffect(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "buying-power-effect");
    BuyingPowerEffect effect;
    effect.changeInMargin = in.amount("change-in-margin-requirement");
    effect.changeInBuyingPower = in.amount("change-in-buying-power");
    effect.currentBuyingPower = in.amount("current-buying-power");
    effect.newBuyingPower = in.amount("new-buying-power");
    effect.isolatedMargin = in.optionalAmount("isolated-order-margin-requirement").value_or(base::Decimal{});
    effect.isSpread = in.flag("is-spread", false);
    if (in.failed())
        owner.fail(in.error().value());
    return effect;
}

QJsonObject effectJson(const BuyingPowerEffect& effect)
{
    QJsonObject object;
    putAmount(object, "change-in-margin-requirement", effect.changeInMargin);
    putAmount(object, "change-in-buying-power", effect.changeInBuyingPower);
    putAmount(object, "current-buying-power", effect.currentBuyingPower);
    putAmount(object, "new-buying-power", effect.newBuyingPower);
    putAmount(object, "isolated-order-margin-requirement", effect.isolatedMargin);
    object.insert(QLatin1String("is-spread"), effect.isSpread);
    putAmount(object, "impact", effect.changeInBuyingPower);
    object.insert(QLatin1String("effect"), object.take(QLatin1String("impact-effect")));
    return object;
}

FeeCalculation parseFees(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "fee-calculation");
    FeeCalculation fees;
    const auto cost = [&](const char* key) { return -in.optionalAmount(key).value_or(base::Decimal{}); };
    fees.regulatory = cost("regulatory-fees");
    fees.clearing = cost("clearing-fees");
    fees.commission = cost("commission");
    fees.proprietaryIndexOption = cost("proprietary-index-option-fees");
    fees.total = -in.amount("total-fees");
    for (const QJsonValue& entry : in.list("regulatory-fees-breakdown")) {
        Fields item(entry.toObject(), "fee");
        base::Decimal value = item.decimal("value");
        if (item.text("effect", {}) == "Credit")
            value = -value;
        fees.regulatoryItems.push_back({item.text("name"), value});
        if (item.failed())
            in.fail(item.error().value());
    }
    if (in.failed())
        owner.fail(in.error().value());
    return fees;
}

QJsonObject itemJson(std::string_view name, base::Decimal cost)
{
    QJsonObject object;
    put(object, "name", name);
    put(object, "value", cost.abs());
    put(object, "effect", std::string_view(cost.isZero() ? "None" : cost.isNegative() ? "Credit" : "Debit"));
    return object;
}

QJsonObject feesJson(const FeeCalculation& fees)
{
    QJsonObject object;
    putAmount(object, "regulatory-fees", -fees.regulatory);
    putAmount(object, "clearing-fees", -fees.clearing);
    putAmount(object, "commission", -fees.commission);
    putAmount(object, "proprietary-index-option-fees", -fees.proprietaryIndexOption);
    putAmount(object, "total-fees", -fees.total);
    putAmount(object, "rebates", {});
    object.insert(QLatin1String("per-quantity"), false);
    QJsonArray regulatory;
    for (const FeeItem& item : fees.regulatoryItems)
        regulatory.append(itemJson(item.name, item.cost));
    object.insert(QLatin1String("regulatory-fees-breakdown"), regulatory);
    object.insert(QLatin1String("clearing-fees-breakdown"), QJsonArray{itemJson("clearing", fees.clearing)});
    object.insert(QLatin1String("commission-breakdown"), QJsonArray{itemJson("brokerage", fees.commission)});
    object.insert(QLatin1String("proprietary-fees-breakdown"),
                  QJsonArray{itemJson("proprietary", fees.proprietaryIndexOption)});
    return object;
}

QJsonArray reasonsJson(const std::vector<Reason>& reasons)
{
    QJsonArray array;
    for (const Reason& reason : reasons)
        array.append(toJson(reason));
    return array;
}

std::vector<std::string> texts(const std::vector<Reason>& reasons)
{
    std::vector<std::string> list;
    for (const Reason& reason : reasons)
        list.push_back(reason.message.empty() ? reason.code : reason.message);
    return list;
}

} // namespace

base::Result<OrderAnswer> parseOrderAnswer(const QJsonObject& data)
{
    Fields in(data, "order answer");
    OrderAnswer answer;
    answer.order = in.take(parseOrder(in.child("order")));
    parseFigures(in, answer.buyingPower, answer.fees);
    parseReasons(in, answer.warnings, answer.errors);
    if (in.failed())
        return in.error();
    return answer;
}

QJsonObject toJson(const OrderAnswer& answer)
{
    QJsonObject object;
    object.insert(QLatin1String("order"), toJson(answer.order));
    putFigures(object, answer.buyingPower, answer.fees);
    putReasons(object, answer.warnings, answer.errors);
    return object;
}

void parseFigures(Fields& in, std::optional<BuyingPowerEffect>& buyingPower, std::optional<FeeCalculation>& fees)
{
    if (in.has("buying-power-effect"))
        buyingPower = parseEffect(in.child("buying-power-effect"), in);
    if (in.has("fee-calculation"))
        fees = parseFees(in.child("fee-calculation"), in);
}

void putFigures(QJsonObject& object, const std::optional<BuyingPowerEffect>& buyingPower,
                const std::optional<FeeCalculation>& fees)
{
    if (buyingPower)
        object.insert(QLatin1String("buying-power-effect"), effectJson(*buyingPower));
    if (fees)
        object.insert(QLatin1String("fee-calculation"), feesJson(*fees));
}

void parseReasons(const Fields& in, std::vector<Reason>& warnings, std::vector<Reason>& errors)
{
    for (const QJsonValue& entry : in.list("warnings"))
        warnings.push_back(parseReason(entry.toObject()));
    for (const QJsonValue& entry : in.list("errors"))
        errors.push_back(parseReason(entry.toObject()));
}

void putReasons(QJsonObject& object, const std::vector<Reason>& warnings, const std::vector<Reason>& errors)
{
    object.insert(QLatin1String("warnings"), reasonsJson(warnings));
    if (!errors.empty())
        object.insert(QLatin1String("errors"), reasonsJson(errors));
}

base::Result<portfolio::DryRunResult> toDryRunResult(const OrderAnswer& answer)
{
    if (!answer.buyingPower || !answer.fees)
        return base::fail(base::ErrorKind::Network, "dry run", {}, "the answer lacks buying power or fees");
    portfolio::DryRunResult result;
    result.changeInBuyingPower = -answer.buyingPower->changeInBuyingPower;
    result.changeInMargin = -answer.buyingPower->changeInMargin;
    result.newBuyingPower = answer.buyingPower->newBuyingPower;
    result.commission = answer.fees->commission;
    result.clearingFees = answer.fees->clearing;
    result.regulatoryFees = answer.fees->regulatory;
    result.indexOptionFees = answer.fees->proprietaryIndexOption;
    result.totalFees = answer.fees->total;
    result.warnings = texts(answer.warnings);
    result.errors = texts(answer.errors);
    return result;
}

} // namespace vegadesk::tastytrade::wire
