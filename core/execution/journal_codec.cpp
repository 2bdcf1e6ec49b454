#include "execution/journal_codec.h"

#include "base/escaped_text.h"
#include <array>
#include <fmt/format.h>
#include <optional>
#include <simdjson.h>
#include <utility>

namespace vegadesk::execution
{

namespace
{

using base::Decimal;
using base::Result;
using market::InstrumentType;
using portfolio::Fill;
using portfolio::OrderIntent;
using portfolio::OrderLeg;

/// Own words rather than the broker's: there an index and a share carry the same one.
constexpr std::array<std::pair<InstrumentType, std::string_view>, 6> typeWords{{
    {InstrumentType::Equity, "equity"},
    {InstrumentType::Index, "index"},
    {InstrumentType::EquityOption, "equity option"},
    {InstrumentType::Future, "future"},
    {InstrumentType::FutureOption, "future option"},
    {InstrumentType::Cryptocurrency, "cryptocurrency"},
}};

std::string_view wordOf(InstrumentType type)
{
    for (const auto& [known, word] : typeWords) {
        if (known == type)
            return word;
    }
    return {};
}

Result<InstrumentType> typeFromWord(std::string_view text)
{
    for (const auto& [known, word] : typeWords) {
        if (word == text)
            return known;
    }
    return base::badInput("instrument type", text.substr(0, 40), "a type such as equity or equity option");
}

/// Writes one object; fields come in the order of the calls.
class Writer
{
public:
    void text(std::string_view name, std::string_view value)
    {
        begin(name);
        quote(value);
    }
    void number(std::string_view name, std::int64_t value)
    {
        begin(name);
        m_json += std::to_string(value);
    }
    /// A number where it is whole, else a text: a number with a point would be read as a double.
    void quantity(std::string_view name, base::Quantity value)
    {
        if (value.isWhole())
            number(name, value.whole());
        else
            text(name, value.toString());
    }
    void raw(std::string_view name, std::string_view json)
    {
        begin(name);
        m_json += json;
    }
    std::string finish() { return m_json + "}"; }

private:
    void begin(std::string_view name)
    {
        m_json += m_json.size() > 1 ? "," : "";
        quote(name);
        m_json += ':';
    }
    void quote(std::string_view value) { m_json += base::jsonText(value); }
    std::string m_json = "{";
};

/// As Writer::quantity() writes it; all were numbers once.
Result<base::Quantity> quantityIn(simdjson::dom::element value, std::string_view name)
{
    constexpr std::int64_t wholeMost = 90'000'000'000;
    std::int64_t whole = 0;
    std::string_view exact;
    if (value.get(whole) == simdjson::SUCCESS && whole > -wholeMost && whole < wholeMost)
        return whole;
    if (value.get(exact) == simdjson::SUCCESS)
        return base::Quantity::parse(exact);
    return base::badInput(name, "", "a quantity");
}

/// Reads fields of one object and keeps the first thing that went wrong.
class Reader
{
public:
    explicit Reader(simdjson::dom::element element)
    {
        simdjson::dom::object object;
        if (element.get(object) == simdjson::SUCCESS)
            m_object = object;
        else
            fail("payload", "", "a JSON object");
    }

    std::string text(const char* name) { return std::string(get<std::string_view>(name, "a text").value_or("")); }
    std::int64_t number(const char* name) { return get<std::int64_t>(name, "a whole number").value_or(0); }
    /// Absent, or not a T: nothing, and an error is kept.
    template<class T>
    std::optional<T> get(const char* name, std::string_view what)
    {
        T value;
        if (m_object && (*m_object)[name].get(value) == simdjson::SUCCESS)
            return value;
        fail(name, "", what);
        return std::nullopt;
    }
    bool has(const char* name) { return m_object && (*m_object)[name].error() == simdjson::SUCCESS; }

    /// Keeps an error; otherwise hands out the value.
    template<class T>
    T take(Result<T> result, T fallback = {})
    {
        if (result)
            return *std::move(result);
        if (!m_error)
            m_error = result.error();
        return fallback;
    }
    Decimal decimal(const char* name) { return take(Decimal::parse(text(name))); }
    base::Quantity quantity(const char* name)
    {
        const auto value = get<simdjson::dom::element>(name, "a quantity");
        return value ? take(quantityIn(*value, name)) : base::Quantity{};
    }

    void fail(std::string_view field, std::string_view value, std::string_view allowed)
    {
        if (!m_error)
            m_error = base::badInput(field, value, allowed).value();
    }
    template<class T>
    Result<T> finish(T value)
    {
        if (m_error)
            return tl::make_unexpected(*m_error);
        return value;
    }
    const std::optional<simdjson::dom::object>& object() const { return m_object; }

private:
    std::optional<simdjson::dom::object> m_object;
    std::optional<base::Error> m_error;
};

template<class T>
Result<T> parsed(std::string_view json, Result<T> (*read)(simdjson::dom::element))
{
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    if (parser.parse(json.data(), json.size()).get(element) != simdjson::SUCCESS || !element.is_object())
        return base::badInput("journal payload", json.substr(0, 40), "a JSON object");
    return read(element);
}

std::string legToJson(const OrderLeg& leg)
{
    Writer writer;
    writer.text("symbol", leg.symbol);
    writer.text("type", wordOf(leg.type));
    writer.text("action", portfolio::toWire(leg.action));
    writer.quantity("quantity", leg.quantity);
    return writer.finish();
}

Result<OrderLeg> readLeg(simdjson::dom::element element)
{
    Reader reader(element);
    OrderLeg leg;
    leg.symbol = reader.text("symbol");
    leg.type = reader.take(typeFromWord(reader.text("type")));
    leg.action = reader.take(portfolio::actionFromWire(reader.text("action")));
    leg.quantity = reader.quantity("quantity");
    return reader.finish(leg);
}

Result<OrderIntent> readIntent(simdjson::dom::element element)
{
    Reader reader(element);
    OrderIntent intent;
    intent.underlying = reader.text("underlying");
    intent.type = reader.take(portfolio::orderTypeFromWire(reader.text("order-type")));
    intent.timeInForce = reader.take(portfolio::timeInForceFromWire(reader.text("time-in-force")));
    intent.effect = reader.take(portfolio::priceEffectFromWire(reader.text("price-effect")));
    if (reader.has("gtc-date"))
        intent.gtcDate = reader.take(base::parseDate(reader.text("gtc-date"), "gtc-date"));
    if (reader.has("price"))
        intent.price = reader.decimal("price");
    if (reader.has("stop-trigger"))
        intent.stopTrigger = reader.decimal("stop-trigger");
    if (reader.has("value"))
        intent.value = reader.decimal("value");
    intent.origin = reader.text("origin");
    intent.group = reader.text("group");
    if (const auto legs = reader.get<simdjson::dom::array>("legs", "a list")) {
        for (const simdjson::dom::element leg : *legs)
            intent.legs.push_back(reader.take(readLeg(leg)));
    }
    return reader.finish(intent);
}

Result<JournalledIntent> readJournalledIntent(simdjson::dom::element element)
{
    Reader reader(element);
    JournalledIntent journalled;
    journalled.intent = reader.take(readIntent(element));
    if (reader.has("replaces"))
        journalled.replaces = reader.text("replaces");
    return reader.finish(journalled);
}

Result<std::pair<std::string, OrderIntent>> readPart(simdjson::dom::element element)
{
    Reader reader(element);
    std::pair<std::string, OrderIntent> part;
    part.first = reader.text("id");
    if (const auto intent = reader.get<simdjson::dom::element>("intent", "an object"))
        part.second = reader.take(readIntent(*intent));
    return reader.finish(part);
}

Result<JournalledComplex> readComplex(simdjson::dom::element element)
{
    Reader reader(element);
    JournalledComplex complex;
    complex.kind = reader.take(portfolio::complexKindFromWire(reader.text("kind")));
    if (const auto parts = reader.get<simdjson::dom::array>("parts", "a list")) {
        for (const simdjson::dom::element part : *parts)
            complex.parts.push_back(reader.take(readPart(part)));
    }
    const std::size_t expected = complex.kind == portfolio::ComplexKind::Otoco ? 3 : 2;
    if (complex.parts.size() != expected)
        reader.fail("parts", std::to_string(complex.parts.size()), std::to_string(expected));
    return reader.finish(complex);
}

Result<Fill> readFill(simdjson::dom::element element)
{
    Reader reader(element);
    Fill fill;
    fill.fillId = reader.text("fill-id");
    fill.orderId = reader.text("order-id");
    fill.symbol = reader.text("symbol");
    fill.action = reader.take(portfolio::actionFromWire(reader.text("action")));
    fill.quantity = reader.quantity("quantity");
    fill.price = reader.decimal("price");
    fill.at = base::Instant(base::Nanos(reader.number("at")));
    return reader.finish(fill);
}

Result<OrderUpdate> readUpdate(simdjson::dom::element element)
{
    Reader reader(element);
    OrderUpdate update;
    update.status = reader.take(orderStatusFromText(reader.text("status")));
    update.brokerId = reader.text("broker-id");
    update.reason = reader.text("reason");
    if (reader.has("complex-id")) {
        update.complexId = reader.text("complex-id");
        update.complexTag = reader.text("complex-tag");
    }
    return reader.finish(update);
}

Result<ExternalOrder> readExternalOrder(simdjson::dom::element element)
{
    Reader reader(element);
    ExternalOrder order;
    order.brokerId = reader.text("broker-id");
    if (const auto intent = reader.get<simdjson::dom::element>("intent", "an object"))
        order.intent = reader.take(readIntent(*intent));
    return reader.finish(order);
}

Result<std::string> readSentence(simdjson::dom::element element)
{
    Reader reader(element);
    return reader.finish(reader.text("sentence"));
}

Result<Quantities> readQuantities(simdjson::dom::element element)
{
    Reader reader(element);
    Quantities quantities;
    if (!reader.object())
        return reader.finish(quantities);
    for (const auto [symbol, value] : *reader.object())
        quantities.emplace(std::string(symbol), reader.take(quantityIn(value, symbol)));
    return reader.finish(quantities);
}

void write(Writer& writer, const OrderIntent& intent)
{
    writer.text("underlying", intent.underlying);
    writer.text("order-type", portfolio::toWire(intent.type));
    writer.text("time-in-force", portfolio::toWire(intent.timeInForce));
    if (intent.gtcDate)
        writer.text("gtc-date", base::formatDate(*intent.gtcDate));
    if (intent.price)
        writer.text("price", intent.price->toString());
    writer.text("price-effect", portfolio::toWire(intent.effect));
    if (intent.stopTrigger)
        writer.text("stop-trigger", intent.stopTrigger->toString());
    if (intent.value)
        writer.text("value", intent.value->toString());
    writer.text("origin", intent.origin);
    writer.text("group", intent.group);
    std::string legs = "[";
    for (const OrderLeg& leg : intent.legs)
        legs += (legs.size() > 1 ? "," : "") + legToJson(leg);
    writer.raw("legs", legs + "]");
}

} // namespace

std::string toJson(const OrderIntent& intent)
{
    Writer writer;
    write(writer, intent);
    return writer.finish();
}

std::string toJson(const JournalledIntent& journalled)
{
    Writer writer;
    write(writer, journalled.intent);
    if (!journalled.replaces.empty())
        writer.text("replaces", journalled.replaces);
    return writer.finish();
}

std::string toJson(const JournalledComplex& complex)
{
    std::string parts = "[";
    for (const auto& [externalId, intent] : complex.parts) {
        Writer part;
        part.text("id", externalId);
        part.raw("intent", toJson(intent));
        parts += (parts.size() > 1 ? "," : "") + part.finish();
    }
    Writer writer;
    writer.text("kind", portfolio::toWire(complex.kind));
    writer.raw("parts", parts + "]");
    return writer.finish();
}

std::string toJson(const Fill& fill)
{
    Writer writer;
    writer.text("fill-id", fill.fillId);
    writer.text("order-id", fill.orderId);
    writer.text("symbol", fill.symbol);
    writer.text("action", portfolio::toWire(fill.action));
    writer.quantity("quantity", fill.quantity);
    writer.text("price", fill.price.toString());
    writer.number("at", fill.at.time_since_epoch().count());
    return writer.finish();
}

std::string toJson(const OrderUpdate& update)
{
    Writer writer;
    writer.text("status", toText(update.status));
    writer.text("broker-id", update.brokerId);
    writer.text("reason", update.reason);
    if (!update.complexId.empty()) {
        writer.text("complex-id", update.complexId);
        writer.text("complex-tag", update.complexTag);
    }
    return writer.finish();
}

std::string toJson(const ExternalOrder& order)
{
    Writer writer;
    writer.text("broker-id", order.brokerId);
    writer.raw("intent", toJson(order.intent));
    return writer.finish();
}

std::string toJson(const Quantities& quantities)
{
    Writer writer;
    for (const auto& [symbol, quantity] : quantities)
        writer.quantity(symbol, quantity);
    return writer.finish();
}

std::string sentenceToJson(std::string_view text)
{
    Writer writer;
    writer.text("sentence", text);
    return writer.finish();
}

Result<OrderIntent> intentFromJson(std::string_view json)
{
    return parsed(json, readIntent);
}
Result<JournalledIntent> journalledIntentFromJson(std::string_view json)
{
    return parsed(json, readJournalledIntent);
}
Result<JournalledComplex> complexFromJson(std::string_view json)
{
    return parsed(json, readComplex);
}
Result<Fill> fillFromJson(std::string_view json)
{
    return parsed(json, readFill);
}
Result<OrderUpdate> updateFromJson(std::string_view json)
{
    return parsed(json, readUpdate);
}
Result<ExternalOrder> externalOrderFromJson(std::string_view json)
{
    return parsed(json, readExternalOrder);
}
Result<Quantities> quantitiesFromJson(std::string_view json)
{
    return parsed(json, readQuantities);
}
Result<std::string> sentenceFromJson(std::string_view json)
{
    return parsed(json, readSentence);
}

} // namespace vegadesk::execution
