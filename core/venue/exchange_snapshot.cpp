#include "venue/exchange_snapshot.h"

#include "tastytrade/wire/json.h"

#include <QCryptographicHash>

#include <algorithm>
#include <limits>

/// Texts of a snapshot's parts. Nanoseconds are texts: a JSON number has not enough digits for them.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;
using market::Instrument;
using portfolio::LedgerState;
using portfolio::Position;
using wire::Fields;
using wire::put;

constexpr int snapshotVersion = 3; ///< raise it with the format of what follows

void putNanos(QJsonObject& object, const char* key, Instant at)
{
    put(object, key, std::to_string(at.time_since_epoch().count()));
}

Instant nanosIn(Fields& in, const char* key)
{
    return Instant(base::Nanos(in.integer(key)));
}

void putNumber(QJsonObject& object, const char* key, std::int64_t number)
{
    object.insert(QLatin1String(key), static_cast<qint64>(number));
}

/// Enums travel as their numbers; `last` is the largest.
template<class Enum>
Enum enumIn(Fields& in, const char* key, Enum last)
{
    const std::int64_t number = in.integer(key);
    if (number < 0 || number > static_cast<std::int64_t>(last)) {
        in.refuse(key, std::to_string(number), "0 to " + std::to_string(static_cast<int>(last)));
        return {};
    }
    return static_cast<Enum>(number);
}

int multiplierIn(Fields& in)
{
    const std::int64_t number = in.integer("multiplier");
    if (number < 1 || number > std::numeric_limits<int>::max()) {
        in.refuse("multiplier", std::to_string(number), "a number above 0");
        return 1;
    }
    return static_cast<int>(number);
}

QJsonObject toJson(const Instrument& instrument)
{
    QJsonObject object;
    put(object, "symbol", instrument.symbol);
    put(object, "streamer-symbol", instrument.streamerSymbol);
    putNumber(object, "type", static_cast<int>(instrument.type));
    put(object, "underlying", instrument.underlying);
    put(object, "description", instrument.description);
    putNumber(object, "multiplier", instrument.multiplier);
    QJsonArray ticks;
    for (const market::TickRung& rung : instrument.ticks) {
        QJsonObject tick;
        put(tick, "tick", rung.tick);
        wire::putIf(tick, "below", rung.below);
        ticks.append(tick);
    }
    object.insert(QLatin1String("ticks"), ticks);
    putNanos(object, "expires-at", instrument.expiresAt);
    if (!instrument.option)
        return object;
    QJsonObject option;
    put(option, "root", instrument.option->root);
    put(option, "expiry", instrument.option->expiry);
    putNumber(option, "right", static_cast<int>(instrument.option->right));
    put(option, "strike", instrument.option->strike);
    putNumber(option, "style", static_cast<int>(instrument.style));
    putNumber(option, "settlement", static_cast<int>(instrument.settlement));
    putNumber(option, "expiration-type", static_cast<int>(instrument.expirationType));
    object.insert(QLatin1String("option"), option);
    return object;
}

base::Result<Instrument> parseInstrument(const QJsonObject& object)
{
    Fields in(object, "instrument");
    Instrument instrument;
    instrument.symbol = in.text("symbol");
    instrument.streamerSymbol = in.text("streamer-symbol");
    instrument.type = enumIn(in, "type", market::InstrumentType::Cryptocurrency);
    instrument.underlying = in.text("underlying");
    instrument.description = in.text("description");
    instrument.multiplier = multiplierIn(in);
    for (const QJsonValue& entry : in.list("ticks")) {
        Fields tick(entry.toObject(), "tick");
        instrument.ticks.push_back({tick.optionalDecimal("below"), tick.decimal("tick")});
        if (tick.failed())
            return tick.error();
    }
    instrument.expiresAt = nanosIn(in, "expires-at");
    if (in.has("option")) {
        Fields option(in.child("option"), "option");
        instrument.option = market::OptionTerms{option.text("root"), option.date("expiry"),
                                                enumIn(option, "right", market::Right::Put), option.decimal("strike")};
        instrument.style = enumIn(option, "style", market::ExerciseStyle::European);
        instrument.settlement = enumIn(option, "settlement", market::Settlement::PM);
        instrument.expirationType = enumIn(option, "expiration-type", market::ExpirationType::EndOfMonth);
        if (option.failed())
            return option.error();
    }
    if (in.failed())
        return in.error();
    return instrument;
}

QJsonArray toJson(const std::vector<Instrument>& instruments)
{
    QJsonArray list;
    for (const Instrument& instrument : instruments)
        list.append(toJson(instrument));
    return list;
}

std::vector<Instrument> instrumentsIn(Fields& in)
{
    std::vector<Instrument> instruments;
    for (const QJsonValue& entry : in.list("instruments"))
        instruments.push_back(in.take(parseInstrument(entry.toObject())));
    return instruments;
}

QJsonObject toJson(const LedgerState::Holding& holding)
{
    const Position& position = holding.position;
    QJsonObject object;
    put(object, "account", position.account);
    put(object, "symbol", position.symbol);
    put(object, "underlying", position.underlying);
    putNumber(object, "type", static_cast<int>(position.type));
    put(object, "quantity", position.quantity);
    putNumber(object, "multiplier", position.multiplier);
    put(object, "average-open-price", position.averageOpenPrice);
    put(object, "day-basis", position.averageDailyMarketClosePrice);
    put(object, "realized-today", position.realizedToday);
    putNanos(object, "updated-at", position.updatedAt);
    put(object, "open-cost", holding.openCost);
    object.insert(QLatin1String("of-today"), holding.isOfToday);
    return object;
}

base::Result<LedgerState::Holding> parseHolding(const QJsonObject& object)
{
    Fields in(object, "holding");
    LedgerState::Holding holding;
    Position& position = holding.position;
    position.account = in.text("account");
    position.symbol = in.text("symbol");
    position.underlying = in.text("underlying");
    position.type = enumIn(in, "type", market::InstrumentType::Cryptocurrency);
    position.quantity = in.quantity("quantity");
    position.multiplier = multiplierIn(in);
    position.averageOpenPrice = in.decimal("average-open-price");
    position.averageDailyMarketClosePrice = in.decimal("day-basis");
    position.realizedToday = in.decimal("realized-today");
    position.updatedAt = nanosIn(in, "updated-at");
    holding.openCost = in.decimal("open-cost");
    holding.isOfToday = in.flag("of-today", false);
    if (in.failed())
        return in.error();
    return holding;
}

QJsonObject toJson(const AccountState& account)
{
    QJsonObject object;
    put(object, "cash", account.ledger.cash);
    put(object, "realized", account.ledger.realized);
    put(object, "fees", account.ledger.fees);
    QJsonArray holdings;
    for (const LedgerState::Holding& holding : account.ledger.holdings)
        holdings.append(toJson(holding));
    object.insert(QLatin1String("holdings"), holdings);
    object.insert(QLatin1String("instruments"), toJson(account.instruments));
    QJsonObject created;
    for (const auto& [symbol, at] : account.createdAt)
        putNanos(created, symbol.c_str(), at);
    object.insert(QLatin1String("created-at"), created);
    return object;
}

base::Result<AccountState> parseAccount(const QJsonObject& object)
{
    Fields in(object, "account");
    AccountState account;
    account.ledger.cash = in.decimal("cash");
    account.ledger.realized = in.decimal("realized");
    account.ledger.fees = in.decimal("fees");
    for (const QJsonValue& entry : in.list("holdings"))
        account.ledger.holdings.push_back(in.take(parseHolding(entry.toObject())));
    account.instruments = instrumentsIn(in);
    Fields created(in.child("created-at"), "created-at");
    const QStringList symbols = created.object().keys();
    for (const QString& symbol : symbols)
        account.createdAt.emplace(symbol.toStdString(), nanosIn(created, symbol.toStdString().c_str()));
    if (created.failed())
        return created.error();
    if (in.failed())
        return in.error();
    return account;
}

QJsonObject toJson(const ExchangeState::PlacedOrder& placed)
{
    QJsonObject object;
    object.insert(QLatin1String("order"), wire::toJson(placed.order));
    if (placed.instruments.empty())
        return object;
    object.insert(QLatin1String("instruments"), toJson(placed.instruments));
    putNanos(object, "next-step-at", placed.nextStepAt);
    object.insert(QLatin1String("rested"), placed.hasRested);
    object.insert(QLatin1String("triggered"), placed.isTriggered);
    putNumber(object, "fill-count", placed.fillCount);
    return object;
}

base::Result<ExchangeState::PlacedOrder> parsePlacedOrder(const QJsonObject& object)
{
    Fields in(object, "order");
    ExchangeState::PlacedOrder placed;
    placed.order = in.take(wire::parseOrder(in.child("order")));
    if (!isTerminal(placed.order.state)) {
        placed.instruments = instrumentsIn(in);
        placed.nextStepAt = nanosIn(in, "next-step-at");
        placed.hasRested = in.flag("rested", false);
        placed.isTriggered = in.flag("triggered", false);
        placed.fillCount = in.integer("fill-count");
        if (placed.instruments.size() != placed.order.legs.size() ||
            (placed.order.size <= 0 && placed.order.type != portfolio::OrderType::NotionalMarket))
            in.refuse("instruments", std::to_string(placed.instruments.size()), "one a leg");
    }
    if (in.failed())
        return in.error();
    return placed;
}

QJsonObject toJson(const ExchangeState::Complex& complex)
{
    QJsonObject object;
    put(object, "id", complex.id);
    put(object, "type", wire::toWire(complex.type));
    put(object, "trigger", complex.trigger);
    QJsonArray orders;
    for (const std::string& id : complex.orders)
        orders.append(wire::toQString(id));
    object.insert(QLatin1String("orders"), orders);
    put(object, "external-id", complex.externalId);
    put(object, "source", complex.source);
    return object;
}

/// Its parts must be among `orders`.
base::Result<ExchangeState::Complex> parseComplex(const QJsonObject& object,
                                                  const std::vector<ExchangeState::PlacedOrder>& orders)
{
    Fields in(object, "complex order");
    ExchangeState::Complex complex;
    complex.id = in.text("id");
    complex.type = in.take(wire::complexTypeFromWire(in.text("type")));
    complex.trigger = in.text("trigger");
    for (const QJsonValue& id : in.list("orders"))
        complex.orders.push_back(wire::toText(id.toString()));
    complex.externalId = in.text("external-id");
    complex.source = in.text("source");
    const auto isThere = [&](const std::string& id) {
        return std::ranges::any_of(orders, [&](const auto& placed) { return placed.order.id == id; });
    };
    if (!std::ranges::all_of(complex.orders, isThere) || (!complex.trigger.empty() && !isThere(complex.trigger)))
        in.refuse("orders", complex.id, "orders that are there");
    if (in.failed())
        return in.error();
    return complex;
}

QJsonObject toJson(const ExchangeState& state)
{
    QJsonObject object;
    putNanos(object, "now", state.now);
    putNumber(object, "next-order-id", state.nextOrderId);
    putNumber(object, "next-complex-id", state.nextComplexId);
    object.insert(QLatin1String("examples"), state.hasExamples);
    object.insert(QLatin1String("account"), toJson(state.account));
    QJsonArray orders;
    for (const ExchangeState::PlacedOrder& placed : state.orders)
        orders.append(toJson(placed));
    object.insert(QLatin1String("orders"), orders);
    QJsonArray complexOrders;
    for (const ExchangeState::Complex& complex : state.complexOrders)
        complexOrders.append(toJson(complex));
    object.insert(QLatin1String("complex-orders"), complexOrders);
    QJsonArray deliveries;
    for (const wire::Transaction& row : state.deliveries)
        deliveries.append(wire::toJson(row));
    object.insert(QLatin1String("deliveries"), deliveries);
    QJsonArray dividends;
    for (const ExchangeState::DividendDue& due : state.dividendsDue) {
        QJsonObject one;
        put(one, "symbol", due.symbol);
        put(one, "pay-date", due.payDate);
        put(one, "per-share", due.perShare);
        put(one, "amount", due.amount);
        dividends.append(one);
    }
    object.insert(QLatin1String("dividends-due"), dividends);
    object.insert(QLatin1String("history"), toJson(state.history));
    return object;
}

base::Result<ExchangeState> parseState(const QJsonObject& object)
{
    Fields in(object, "state");
    ExchangeState state;
    state.now = nanosIn(in, "now");
    state.nextOrderId = in.integer("next-order-id");
    state.nextComplexId = in.integer("next-complex-id");
    state.hasExamples = in.flag("examples", false);
    state.account = in.take(parseAccount(in.child("account")));
    for (const QJsonValue& entry : in.list("orders"))
        state.orders.push_back(in.take(parsePlacedOrder(entry.toObject())));
    for (const QJsonValue& entry : in.list("complex-orders"))
        state.complexOrders.push_back(in.take(parseComplex(entry.toObject(), state.orders)));
    for (const QJsonValue& entry : in.list("deliveries"))
        state.deliveries.push_back(in.take(wire::parseTransaction(entry.toObject())));
    for (const QJsonValue& entry : in.list("dividends-due")) {
        Fields due(entry.toObject(), "dividend");
        state.dividendsDue.push_back(
            {due.text("symbol"), due.date("pay-date"), due.decimal("per-share"), due.decimal("amount")});
        if (due.failed())
            return due.error();
    }
    state.history = in.take(parseAccountHistory(in.child("history")));
    if (in.failed())
        return in.error();
    return state;
}

QByteArray checksum(const QByteArray& body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
}

} // namespace

QByteArray toBytes(const ExchangeSnapshot& snapshot)
{
    QJsonObject object;
    putNumber(object, "tape-version", snapshot.tapeVersion);
    put(object, "market", snapshot.market);
    put(object, "account", snapshot.account);
    putNanos(object, "start", snapshot.start);
    putNumber(object, "tape-offset", snapshot.tapeOffset);
    put(object, "last-line", snapshot.lastLine);
    if (snapshot.lastStart) {
        QJsonObject start;
        putNanos(start, "at", snapshot.lastStart->at);
        putNanos(start, "wall", snapshot.lastStart->wall);
        start.insert(QLatin1String("speed"), snapshot.lastStart->speed);
        object.insert(QLatin1String("last-start"), start);
    }
    object.insert(QLatin1String("state"), toJson(snapshot.state));
    const QByteArray body = wire::toBytes(object);
    const QByteArray head = wire::toBytes({{QStringLiteral("vegadesk-exchange-snapshot"), snapshotVersion},
                                           {QStringLiteral("sha256"), QString::fromLatin1(checksum(body))}});
    return head + '\n' + body;
}

base::Result<ExchangeSnapshot> parseSnapshot(const QByteArray& bytes)
{
    const qsizetype headLength = bytes.indexOf('\n');
    const auto head = wire::parseObject(bytes.left(headLength), "snapshot");
    if (headLength < 0 || !head)
        return base::fail(base::ErrorKind::Storage, "snapshot", {}, "it does not begin with its version");
    if (head->value(QLatin1String("vegadesk-exchange-snapshot")).toInt() != snapshotVersion)
        return base::fail(base::ErrorKind::Storage, "snapshot", {}, "it is of another version");
    const QByteArray body = bytes.mid(headLength + 1);
    if (head->value(QLatin1String("sha256")).toString().toLatin1() != checksum(body))
        return base::fail(base::ErrorKind::Storage, "snapshot", {},
                          "its checksum does not fit: it was cut off or changed");
    const auto object = wire::parseObject(body, "snapshot");
    if (!object)
        return tl::make_unexpected(object.error());

    Fields in(*object, "snapshot");
    ExchangeSnapshot snapshot;
    snapshot.tapeVersion = static_cast<int>(in.integer("tape-version"));
    snapshot.market = in.text("market");
    snapshot.account = in.text("account");
    snapshot.start = nanosIn(in, "start");
    snapshot.tapeOffset = in.integer("tape-offset");
    snapshot.lastLine = in.text("last-line");
    if (in.has("last-start")) {
        Fields start(in.child("last-start"), "last-start");
        snapshot.lastStart = TapeStart{nanosIn(start, "at"), nanosIn(start, "wall"), start.value("speed").toDouble()};
        if (start.failed())
            return start.error();
    }
    snapshot.state = in.take(parseState(in.child("state")));
    if (in.failed())
        return in.error();
    return snapshot;
}

} // namespace vegadesk::venue
