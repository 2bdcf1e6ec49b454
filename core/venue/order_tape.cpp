#include "venue/order_tape.h"

#include "base/log.h"
#include "market/calendar.h"

#include <QJsonDocument>

#include <algorithm>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr int tapeVersion = 1; ///< raise it when the simulated market or the exchange answers differently

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString nanos(Instant at)
{
    return QString::number(at.time_since_epoch().count());
}

std::optional<Instant> instantOf(const QJsonValue& value)
{
    bool isNumber = false;
    const qint64 count = value.toString().toLongLong(&isNumber);
    return isNumber ? std::optional(Instant(base::Nanos(count))) : std::nullopt;
}

std::optional<TapeHead> headOf(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto start = instantOf(object.value(QLatin1String("start")));
    if (object.value(QLatin1String("vegadesk-order-tape")).toInt() != tapeVersion || !start)
        return std::nullopt;
    return TapeHead{object.value(QLatin1String("market")).toString().toStdString(),
                    object.value(QLatin1String("account")).toString().toStdString(), *start};
}

} // namespace

base::Result<OrderTape> OrderTape::open(const std::string& file, const TapeHead& fresh)
{
    const QString path = text(file);
    OrderTape tape;
    tape.m_file = std::make_unique<QFile>(path);
    const auto storageError = [&](const char* doing) {
        return base::fail(base::ErrorKind::Storage, "state file", file,
                          std::string(doing) + ": " + tape.m_file->errorString().toStdString());
    };
    tape.m_lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    tape.m_lock->setStaleLockTime(0); // a dead process's lock is void, a slow one's never
    if (!tape.m_lock->tryLock(0)) {
        qint64 owner = 0;
        QString host, program;
        if (tape.m_lock->error() == QLockFile::LockFailedError && tape.m_lock->getLockInfo(&owner, &host, &program))
            return base::fail(base::ErrorKind::Storage, "state file", file,
                              "is in use by another exchange (process " + std::to_string(owner) + ")");
        return base::fail(base::ErrorKind::Storage, "state file", file, "its folder cannot be written");
    }
    if (tape.m_file->exists()) {
        if (!tape.m_file->open(QIODevice::ReadWrite))
            return storageError("cannot be opened");
        const auto head = headOf(tape.m_file->readLine());
        bool isWhole = head && head->market == fresh.market;
        qint64 good = tape.m_file->pos();
        while (isWhole && !tape.m_file->atEnd()) {
            const QByteArray line = tape.m_file->readLine();
            if (!line.endsWith('\n'))
                break; // cut off by the end of the process; it was never answered
            if (const auto parsed = parse(line))
                tape.m_lines.push_back(*parsed);
            else
                isWhole = false;
            good = tape.m_file->pos();
        }
        if (isWhole) {
            tape.m_head = *head;
            if (!tape.m_file->resize(good) || !tape.m_file->seek(good))
                return storageError("cannot be written");
            return tape;
        }
        base::log::warning("the exchange's state file {} cannot be continued and is put aside as {}.old", file, file);
        tape.m_file->close();
        tape.m_lines.clear();
        QFile::remove(path + QStringLiteral(".old"));
        if (!QFile::rename(path, path + QStringLiteral(".old")))
            return storageError("cannot be put aside");
    }
    if (!tape.m_file->open(QIODevice::WriteOnly))
        return storageError("cannot be made");
    tape.m_file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    tape.m_head = fresh;
    const auto written = tape.append({{QStringLiteral("vegadesk-order-tape"), tapeVersion},
                                      {QStringLiteral("market"), text(fresh.market)},
                                      {QStringLiteral("account"), text(fresh.account)},
                                      {QStringLiteral("start"), nanos(fresh.start)}});
    if (!written)
        return tl::make_unexpected(written.error());
    return tape;
}

std::optional<OrderTape::Line> OrderTape::parse(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto at = instantOf(object.value(QLatin1String("at")));
    if (!at)
        return std::nullopt;
    Line out;
    out.at = *at;
    if (const QJsonValue order = object.value(QLatin1String("place")); order.isObject()) {
        const auto request = wire::parseOrderRequest(order.toObject());
        if (!request)
            return std::nullopt;
        out.request = *request;
        out.isSessionOffline = object.value(QLatin1String("offline")).toBool();
        return out;
    }
    if (object.contains(QLatin1String("cancel"))) {
        out.cancelledId = object.value(QLatin1String("cancel")).toString().toStdString();
        return out;
    }
    if (object.value(QLatin1String("lived")).toBool())
        return out;
    const auto wall = instantOf(object.value(QLatin1String("wall")));
    out.speed = object.value(QLatin1String("speed")).toDouble();
    if (!wall || !(out.speed > 0))
        return std::nullopt;
    out.wall = *wall;
    return out;
}

void OrderTape::replay(Exchange& exchange) const
{
    for (const Line& line : m_lines) {
        try {
            exchange.advanceTo(line.at);
            exchange.setSessionOffline(line.isSessionOffline);
            if (line.request)
                static_cast<void>(exchange.place(*line.request));
            else if (!line.cancelledId.empty())
                static_cast<void>(exchange.cancel(line.cancelledId));
        } catch (const std::exception& exception) {
            // It ended in the same way when it was asked for, and the exchange went on.
            base::log::warning("a line of the exchange's state file is passed over: {}", exception.what());
        }
    }
    exchange.setSessionOffline(false);
}

Instant OrderTape::resumeAt(Instant wallNow, Instant suggested) const
{
    const auto lastStart =
        std::ranges::find_if(m_lines.rbegin(), m_lines.rend(), [](const Line& line) { return line.speed > 0; });
    if (lastStart == m_lines.rend())
        return std::max(suggested, m_head.start);
    const Instant last = m_lines.back().at;
    if (market::newYorkDate(wallNow) == market::newYorkDate(lastStart->wall) && wallNow >= lastStart->wall) {
        const Instant goesOn =
            lastStart->at + base::Nanos(static_cast<std::int64_t>(
                                static_cast<double>((wallNow - lastStart->wall).count()) * lastStart->speed));
        if (market::isOpen(goesOn) && goesOn >= last)
            return goesOn;
    }
    if (suggested >= last)
        return suggested;
    // Its own calendar is ahead of the wall's: the next session it has not lived through.
    return market::isOpen(last)
               ? last
               : market::fromNewYork(market::nextTradingDay(market::newYorkDate(last)), std::chrono::hours(10));
}

base::Result<void> OrderTape::started(Instant at, Instant wallNow, double speed)
{
    m_lines.push_back({at, {}, {}, false, wallNow, speed});
    return append({{QStringLiteral("at"), nanos(at)},
                   {QStringLiteral("wall"), nanos(wallNow)},
                   {QStringLiteral("speed"), speed}});
}

base::Result<void> OrderTape::placed(Instant at, const wire::OrderRequest& request, bool isSessionOffline)
{
    QJsonObject line{{QStringLiteral("at"), nanos(at)}, {QStringLiteral("place"), wire::toJson(request)}};
    if (isSessionOffline)
        line.insert(QStringLiteral("offline"), true);
    return append(line);
}

base::Result<void> OrderTape::cancelled(Instant at, const std::string& id)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("cancel"), text(id)}});
}

base::Result<void> OrderTape::lived(Instant at)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("lived"), true}});
}

base::Result<void> OrderTape::append(const QJsonObject& line)
{
    const QByteArray bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    if (m_file->write(bytes) != bytes.size() || !m_file->flush())
        return base::fail(base::ErrorKind::Storage, "state file", m_file->fileName().toStdString(),
                          "cannot be written: " + m_file->errorString().toStdString());
    return {};
}

} // namespace vegadesk::venue
