#include "tastytrade/wire/lists.h"

namespace vegadesk::tastytrade::wire
{

namespace
{

/// `key`, or the same in snake case.
const char* present(const Fields& in, const char* key, const char* snakeKey)
{
    return in.has(key) ? key : snakeKey;
}

} // namespace

base::Result<WatchlistEntry> parseWatchlistEntry(const QJsonObject& object)
{
    Fields in(object, "watchlist entry");
    WatchlistEntry entry{in.text("symbol"), in.text(present(in, "instrument-type", "instrument_type"), {})};
    if (in.failed())
        return in.error();
    return entry;
}

QJsonObject toJson(const WatchlistEntry& entry)
{
    QJsonObject object;
    put(object, "symbol", entry.symbol);
    if (!entry.instrumentType.empty())
        put(object, "instrument-type", entry.instrumentType);
    return object;
}

base::Result<Watchlist> parseWatchlist(const QJsonObject& object)
{
    Fields in(object, "watchlist");
    Watchlist watchlist;
    watchlist.name = in.text("name");
    watchlist.group = in.text(present(in, "group-name", "group_name"), {});
    watchlist.orderIndex = in.integer(present(in, "order-index", "order_index"), watchlist.orderIndex);
    for (const QJsonValue& entry : in.list(present(in, "watchlist-entries", "watchlist_entries")))
        watchlist.entries.push_back(in.take(parseWatchlistEntry(entry.toObject())));
    if (in.has("id"))
        watchlist.id = in.id("id");
    if (in.has("watchlist-entry-count"))
        watchlist.entryCount = in.integer("watchlist-entry-count");
    if (in.failed())
        return in.error();
    return watchlist;
}

QJsonObject toJson(const Watchlist& watchlist)
{
    QJsonObject object;
    put(object, "name", watchlist.name);
    if (watchlist.id) {
        PrintFields id;
        id.id("id", *watchlist.id);
        object.insert(QLatin1String("id"), id.object().value(QLatin1String("id")));
    }
    if (watchlist.entryCount) {
        object.insert(QLatin1String("watchlist-entry-count"), qint64{*watchlist.entryCount});
        return object;
    }
    put(object, "group-name", watchlist.group);
    object.insert(QLatin1String("order-index"), qint64{watchlist.orderIndex});
    QJsonArray entries;
    for (const WatchlistEntry& entry : watchlist.entries)
        entries.append(toJson(entry));
    object.insert(QLatin1String("watchlist-entries"), entries);
    return object;
}

QJsonObject toSnakeJson(const Watchlist& watchlist)
{
    QJsonArray entries;
    for (const WatchlistEntry& entry : watchlist.entries) {
        QJsonObject object;
        put(object, "symbol", entry.symbol);
        put(object, "instrument_type", entry.instrumentType);
        entries.append(object);
    }
    QJsonObject object;
    put(object, "name", watchlist.name);
    put(object, "group_name", watchlist.group);
    object.insert(QLatin1String("order_index"), qint64{watchlist.orderIndex});
    object.insert(QLatin1String("watchlist_entries"), entries);
    if (watchlist.id)
        put(object, "id", *watchlist.id);
    return object;
}

} // namespace vegadesk::tastytrade::wire
