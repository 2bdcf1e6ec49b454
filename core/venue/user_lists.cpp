#include "venue/user_lists.h"

#include "base/log.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <tuple>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

constexpr int version = 1; ///< of the file

struct Contents {
    std::vector<wire::Watchlist> watchlists;
    std::vector<wire::QuoteAlert> alerts;
    std::int64_t nextId = 1;
};

base::Result<Contents> parseContents(const QByteArray& bytes)
{
    const auto object = wire::parseObject(bytes, "lists");
    if (!object)
        return tl::make_unexpected(object.error());
    wire::Fields in(*object, "lists");
    if (in.integer("vegadesk-lists", 0) != version)
        in.refuse("vegadesk-lists", {}, "version 1");
    Contents contents;
    for (const QJsonValue& entry : in.list("watchlists"))
        contents.watchlists.push_back(in.take(wire::parseWatchlist(entry.toObject())));
    for (const QJsonValue& entry : in.list("quote-alerts"))
        contents.alerts.push_back(in.take(wire::read<wire::QuoteAlert>(entry.toObject())));
    contents.nextId = in.integer("next-id");
    if (in.failed())
        return in.error();
    return contents;
}

void sort(std::vector<wire::Watchlist>& watchlists)
{
    std::ranges::stable_sort(watchlists, {},
                             [](const wire::Watchlist& list) { return std::tie(list.orderIndex, list.name); });
}

auto named(std::string_view name)
{
    return [name](const wire::Watchlist& list) { return list.name == name; };
}

} // namespace

UserLists UserLists::open(const QString& path)
{
    UserLists lists;
    lists.m_file = path;
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return lists;
    auto contents = parseContents(file.readAll());
    file.close();
    if (!contents) {
        const QString aside = path + QStringLiteral(".old");
        QFile::remove(aside);
        const bool isAside = QFile::rename(path, aside);
        base::log::warning("the watchlists in {} are not used{}: {}", path.toStdString(),
                           isAside ? " and put aside" : "", contents.error().message());
        return lists;
    }
    lists.m_watchlists = std::move(contents->watchlists);
    lists.m_alerts = std::move(contents->alerts);
    lists.m_nextId = contents->nextId;
    return lists;
}

base::Result<void> UserLists::save(const std::vector<wire::Watchlist>& watchlists,
                                   const std::vector<wire::QuoteAlert>& alerts, std::int64_t nextId)
{
    if (m_file.isEmpty())
        return {};
    QJsonArray lists, alertList;
    for (const wire::Watchlist& list : watchlists)
        lists.append(wire::toJson(list));
    for (const wire::QuoteAlert& alert : alerts)
        alertList.append(wire::toJson(alert));
    const QByteArray bytes = wire::toBytes({{QStringLiteral("vegadesk-lists"), version},
                                            {QStringLiteral("watchlists"), lists},
                                            {QStringLiteral("quote-alerts"), alertList},
                                            {QStringLiteral("next-id"), qint64{nextId}}});
    QSaveFile file(m_file);
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
                           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                           file.write(bytes) == bytes.size();
    if (!isWritten || !file.commit())
        return base::fail(base::ErrorKind::Storage, "lists", m_file.toStdString(),
                          "cannot be written: " + file.errorString().toStdString());
    return {};
}

const wire::Watchlist* UserLists::watchlist(std::string_view name) const
{
    const auto found = std::ranges::find_if(m_watchlists, named(name));
    return found == m_watchlists.end() ? nullptr : &*found;
}

base::Result<wire::Watchlist> UserLists::add(wire::Watchlist watchlist)
{
    if (watchlist.name.empty() || this->watchlist(watchlist.name) != nullptr)
        return base::badInput("name", watchlist.name, "a name that no other watchlist has");
    if (m_watchlists.size() >= most)
        return base::fail(base::ErrorKind::Refused, "watchlists", std::to_string(most), "there are too many");
    watchlist.id.reset();
    watchlist.entryCount.reset();
    std::vector<wire::Watchlist> changed = m_watchlists;
    changed.push_back(watchlist);
    sort(changed);
    if (const auto saved = save(changed, m_alerts, m_nextId); !saved)
        return tl::make_unexpected(saved.error());
    m_watchlists = std::move(changed);
    return watchlist;
}

base::Result<wire::Watchlist> UserLists::change(std::string_view name, wire::Watchlist watchlist)
{
    std::vector<wire::Watchlist> changed = m_watchlists;
    const auto found = std::ranges::find_if(changed, named(name));
    if (found == changed.end())
        return base::fail(base::ErrorKind::NotFound, "watchlist", name, "was not found");
    if (watchlist.name.empty() || (watchlist.name != name && this->watchlist(watchlist.name) != nullptr))
        return base::badInput("name", watchlist.name, "a name that no other watchlist has");
    watchlist.id.reset();
    watchlist.entryCount.reset();
    *found = watchlist;
    sort(changed);
    if (const auto saved = save(changed, m_alerts, m_nextId); !saved)
        return tl::make_unexpected(saved.error());
    m_watchlists = std::move(changed);
    return watchlist;
}

base::Result<wire::Watchlist> UserLists::remove(std::string_view name)
{
    std::vector<wire::Watchlist> changed = m_watchlists;
    const auto found = std::ranges::find_if(changed, named(name));
    if (found == changed.end())
        return base::fail(base::ErrorKind::NotFound, "watchlist", name, "was not found");
    wire::Watchlist gone = *found;
    changed.erase(found);
    if (const auto saved = save(changed, m_alerts, m_nextId); !saved)
        return tl::make_unexpected(saved.error());
    m_watchlists = std::move(changed);
    return gone;
}

base::Result<wire::QuoteAlert> UserLists::add(wire::QuoteAlert alert)
{
    if (m_alerts.size() >= most)
        return base::fail(base::ErrorKind::Refused, "quote alerts", std::to_string(most), "there are too many");
    alert.id = "QA" + std::to_string(100'000 + m_nextId);
    std::vector<wire::QuoteAlert> changed = m_alerts;
    changed.push_back(alert);
    if (const auto saved = save(m_watchlists, changed, m_nextId + 1); !saved)
        return tl::make_unexpected(saved.error());
    m_alerts = std::move(changed);
    ++m_nextId;
    return alert;
}

base::Result<void> UserLists::removeAlert(std::string_view id)
{
    std::vector<wire::QuoteAlert> changed = m_alerts;
    if (std::erase_if(changed, [id](const wire::QuoteAlert& alert) { return alert.id == id; }) == 0)
        return base::fail(base::ErrorKind::NotFound, "quote alert", id, "was not found");
    if (const auto saved = save(m_watchlists, changed, m_nextId); !saved)
        return saved;
    m_alerts = std::move(changed);
    return {};
}

} // namespace vegadesk::venue
