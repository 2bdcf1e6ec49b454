#include "venue/order_tape.h"

#include "base/log.h"
#include "base/process.h"
#include "market/calendar.h"

#include <QJsonDocument>
#include <QSaveFile>
#include <QSysInfo>

#include <algorithm>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

constexpr int tapeVersion = 4; ///< raise it when the simulated market or the exchange answers differently

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QString snapshotPath(const QString& tape)
{
    return tape + QStringLiteral(".snapshot");
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

tl::expected<TapeHead, PutAside::Reason> headOf(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto start = instantOf(object.value(QLatin1String("start")));
    const int version = object.value(QLatin1String("vegadesk-order-tape")).toInt();
    if (version == 0 || !start)
        return tl::make_unexpected(PutAside::Reason::Damaged);
    if (version != tapeVersion)
        return tl::make_unexpected(PutAside::Reason::AnotherVersion);
    return TapeHead{object.value(QLatin1String("market")).toString().toStdString(),
                    object.value(QLatin1String("account")).toString().toStdString(), *start};
}

/// A disk that fills up takes the first bytes, and says why only when it is asked for the rest. The file has no buffer: what
/// waits in one would be written later, or be lost unnoticed.
bool writeAll(QFileDevice& file, const QByteArray& bytes)
{
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 count = file.write(bytes.constData() + done, bytes.size() - done);
        if (count <= 0)
            return false;
        done += count;
    }
    return true;
}

/// Beside `tape`, where nothing lies yet.
QString freeName(const QString& tape)
{
    QString name = tape + QStringLiteral(".old");
    for (int number = 2; QFile::exists(name); ++number)
        name = QStringLiteral("%1.old-%2").arg(tape).arg(number);
    return name;
}

} // namespace

std::string_view toText(PutAside::Reason reason)
{
    switch (reason) {
    case PutAside::Reason::AnotherVersion:
        return "version";
    case PutAside::Reason::AnotherMarket:
        return "market";
    case PutAside::Reason::Damaged:
        break;
    }
    return "damage";
}

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
        if (tape.m_lock->error() == QLockFile::LockFailedError && tape.m_lock->getLockInfo(&owner, &host, &program) &&
            (host != QSysInfo::machineHostName() || base::isProcessRunning(owner)))
            return base::fail(base::ErrorKind::Storage, "state file", file,
                              "is in use by another exchange (process " + std::to_string(owner) + ")");
        return base::fail(base::ErrorKind::Storage, "state file", file,
                          "its lock file cannot be written: is its folder there, may it be written to, and is there "
                          "room on its disk?");
    }
    if (tape.m_file->size() > 0) {
        if (!tape.m_file->open(QIODevice::ReadWrite))
            return storageError("cannot be opened");
        const auto broken = tape.readAll(fresh);
        if (!broken) {
            const qint64 good = tape.m_file->pos();
            tape.m_file->close();
            if (!tape.m_file->open(QIODevice::ReadWrite | QIODevice::Unbuffered) || !tape.m_file->resize(good) ||
                !tape.m_file->seek(good))
                return storageError("cannot be written");
            return tape;
        }
        if (!tape.setAside(*broken))
            return storageError("cannot be put aside");
    }
    if (!tape.m_file->open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return storageError("cannot be made");
    QFile::remove(snapshotPath(path)); // of a tape that somebody took away
    tape.m_file->setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    tape.m_head = fresh;
    tape.m_last = fresh.start;
    const auto written = tape.append({{QStringLiteral("vegadesk-order-tape"), tapeVersion},
                                      {QStringLiteral("market"), text(fresh.market)},
                                      {QStringLiteral("account"), text(fresh.account)},
                                      {QStringLiteral("start"), nanos(fresh.start)}});
    if (!written) {
        tape.m_file->remove(); // a piece of a head is no account that the next start would put aside
        return tl::make_unexpected(written.error());
    }
    return tape;
}

/// Head, snapshot and lines; why not, where the tape cannot be continued. Else the file stands where it goes on.
std::optional<PutAside::Reason> OrderTape::readAll(const TapeHead& fresh)
{
    m_lastLine = m_file->readLine();
    const auto head = headOf(m_lastLine);
    if (!head)
        return head.error();
    if (head->market != fresh.market)
        return PutAside::Reason::AnotherMarket;
    m_head = *head;
    m_last = head->start;
    readSnapshot();
    return readLines() ? std::nullopt : std::optional(PutAside::Reason::Damaged);
}

/// With its snapshot: under its own name again, both are what they were.
bool OrderTape::setAside(PutAside::Reason reason)
{
    const QString path = m_file->fileName(), aside = freeName(path);
    m_file->close();
    m_snapshot.reset();
    m_lines.clear();
    m_lastStart.reset();
    m_lastLine.clear();
    if (!QFile::rename(path, aside))
        return false;
    QFile::rename(snapshotPath(path), snapshotPath(aside));
    m_putAside = PutAside{aside.toStdString(), reason};
    base::log::warning("the exchange's state file {} cannot be continued ({}) and is put aside as {}",
                       path.toStdString(), toText(reason), m_putAside->file);
    return true;
}

/// Uses the snapshot where it is one of this tape; the file then stands where replaying goes on.
void OrderTape::readSnapshot()
{
    const qint64 first = m_file->pos();
    QFile file(snapshotPath(m_file->fileName()));
    if (!file.open(QIODevice::ReadOnly))
        return;
    auto snapshot = parseSnapshot(file.readAll());
    if (!snapshot) {
        base::log::warning("the exchange's snapshot is not used, all its orders are replayed: {}",
                           snapshot.error().message());
        return;
    }
    const auto length = static_cast<qint64>(snapshot->lastLine.size());
    const bool isOfTape = snapshot->tapeVersion == tapeVersion && snapshot->market == m_head.market &&
                          snapshot->account == m_head.account && snapshot->start == m_head.start &&
                          snapshot->tapeOffset >= first && snapshot->tapeOffset >= length &&
                          m_file->seek(snapshot->tapeOffset - length) &&
                          m_file->read(length) == QByteArray::fromStdString(snapshot->lastLine);
    if (!isOfTape) {
        base::log::warning("the exchange's snapshot is of another state file and not used");
        m_file->seek(first);
        return;
    }
    m_lastLine = QByteArray::fromStdString(snapshot->lastLine);
    m_lastStart = snapshot->lastStart;
    m_last = snapshot->state.now;
    m_snapshot = std::move(*snapshot);
}

/// Up to the end, or to a last line that was cut off: there the file stands afterwards. False when a line is damaged.
bool OrderTape::readLines()
{
    while (!m_file->atEnd()) {
        const qint64 good = m_file->pos();
        const QByteArray line = m_file->readLine();
        if (!line.endsWith('\n')) // by the end of the process; it was never answered
            return m_file->seek(good);
        const auto parsed = parse(line);
        if (!parsed)
            return false;
        if (parsed->start)
            m_lastStart = parsed->start;
        m_last = parsed->at;
        m_lines.push_back(*parsed);
        m_lastLine = line;
    }
    return true;
}

base::Result<void> OrderTape::saveSnapshot(const Exchange& exchange)
{
    const ExchangeSnapshot snapshot{.tapeVersion = tapeVersion,
                                    .market = m_head.market,
                                    .account = m_head.account,
                                    .start = m_head.start,
                                    .tapeOffset = m_file->pos(),
                                    .lastLine = m_lastLine.toStdString(),
                                    .lastStart = m_lastStart,
                                    .state = exchange.state()};
    QSaveFile file(snapshotPath(m_file->fileName())); // takes the old one's place when it is whole and on disk
    const QByteArray bytes = toBytes(snapshot);
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
                           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && writeAll(file, bytes);
    if (!isWritten || !file.commit())
        return base::fail(base::ErrorKind::Storage, "snapshot", file.fileName().toStdString(),
                          "cannot be written: " + file.errorString().toStdString());
    return {};
}

std::optional<OrderTape::Line> OrderTape::parse(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const auto at = instantOf(object.value(QLatin1String("at")));
    if (!at)
        return std::nullopt;
    Line out;
    out.at = *at;
    out.isSessionOffline = object.value(QLatin1String("offline")).toBool();
    const auto idOf = [&](const char* key) { return object.value(QLatin1String(key)).toString().toStdString(); };
    if (const QJsonValue order = object.value(QLatin1String("place")); order.isObject()) {
        const auto request = wire::parseOrderRequest(order.toObject());
        if (!request)
            return std::nullopt;
        out.request = *request;
        out.replacedId = idOf("replace");
        return out;
    }
    if (const QJsonValue order = object.value(QLatin1String("place-complex")); order.isObject()) {
        const auto request = wire::parseComplexOrderRequest(order.toObject());
        if (!request)
            return std::nullopt;
        out.complexRequest = *request;
        return out;
    }
    out.cancelledId = idOf("cancel");
    out.cancelledComplexId = idOf("cancel-complex");
    if (!out.cancelledId.empty() || !out.cancelledComplexId.empty())
        return out;
    out.isReset = object.value(QLatin1String("reset-account")).toBool();
    if (out.isReset || object.value(QLatin1String("lived")).toBool())
        return out;
    const auto wall = instantOf(object.value(QLatin1String("wall")));
    const double speed = object.value(QLatin1String("speed")).toDouble();
    if (!wall || !(speed > 0))
        return std::nullopt;
    out.start = TapeStart{*at, *wall, speed};
    return out;
}

/// What it refused then, it refuses again.
void OrderTape::repeat(const Line& line, Exchange& exchange)
{
    exchange.advanceTo(line.at);
    exchange.setSessionOffline(line.isSessionOffline);
    if (line.request && !line.replacedId.empty())
        static_cast<void>(exchange.replace(line.replacedId, *line.request));
    else if (line.request)
        static_cast<void>(exchange.place(*line.request));
    else if (line.complexRequest)
        static_cast<void>(exchange.place(*line.complexRequest));
    else if (!line.cancelledId.empty())
        static_cast<void>(exchange.cancel(line.cancelledId));
    else if (!line.cancelledComplexId.empty())
        static_cast<void>(exchange.cancelComplex(line.cancelledComplexId));
    else if (line.isReset)
        exchange.reset();
}

void OrderTape::replay(Exchange& exchange) const
{
    for (const Line& line : m_lines) {
        try {
            repeat(line, exchange);
        } catch (const std::exception& exception) {
            // It ended in the same way when it was asked for, and the exchange went on.
            base::log::warning("a line of the exchange's state file is passed over: {}", exception.what());
        }
    }
    exchange.setSessionOffline(false);
}

Instant OrderTape::resumeAt(Instant wallNow, Instant suggested) const
{
    if (!m_lastStart)
        return std::max(suggested, m_head.start);
    if (market::newYorkDate(wallNow) == market::newYorkDate(m_lastStart->wall) && wallNow >= m_lastStart->wall) {
        const Instant goesOn =
            m_lastStart->at + base::Nanos(static_cast<std::int64_t>(
                                  static_cast<double>((wallNow - m_lastStart->wall).count()) * m_lastStart->speed));
        if (market::isOpen(goesOn) && goesOn >= m_last)
            return goesOn;
    }
    if (suggested >= m_last)
        return suggested;
    // Its own calendar is ahead of the wall's: the next session it has not lived through.
    return market::isOpen(m_last)
               ? m_last
               : market::fromNewYork(market::nextTradingDay(market::newYorkDate(m_last)), std::chrono::hours(10));
}

base::Result<void> OrderTape::started(Instant at, Instant wallNow, double speed)
{
    const auto written = append({{QStringLiteral("at"), nanos(at)},
                                 {QStringLiteral("wall"), nanos(wallNow)},
                                 {QStringLiteral("speed"), speed}});
    if (!written)
        return written;
    m_lastStart = TapeStart{at, wallNow, speed};
    m_last = at;
    return {};
}

base::Result<void> OrderTape::asked(Instant at, QJsonObject line, bool isSessionOffline)
{
    line.insert(QStringLiteral("at"), nanos(at));
    if (isSessionOffline)
        line.insert(QStringLiteral("offline"), true);
    return append(line);
}

base::Result<void> OrderTape::placed(Instant at, const wire::OrderRequest& request, bool isSessionOffline)
{
    return asked(at, {{QStringLiteral("place"), wire::toJson(request)}}, isSessionOffline);
}

base::Result<void> OrderTape::placed(Instant at, const wire::ComplexOrderRequest& request, bool isSessionOffline)
{
    return asked(at, {{QStringLiteral("place-complex"), wire::toJson(request)}}, isSessionOffline);
}

base::Result<void> OrderTape::replaced(Instant at, const std::string& id, const wire::OrderRequest& request,
                                       bool isSessionOffline)
{
    return asked(at, {{QStringLiteral("place"), wire::toJson(request)}, {QStringLiteral("replace"), text(id)}},
                 isSessionOffline);
}

base::Result<void> OrderTape::cancelled(Instant at, const std::string& id)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("cancel"), text(id)}});
}

base::Result<void> OrderTape::complexCancelled(Instant at, const std::string& id)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("cancel-complex"), text(id)}});
}

base::Result<void> OrderTape::accountReset(Instant at)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("reset-account"), true}});
}

base::Result<void> OrderTape::lived(Instant at)
{
    return append({{QStringLiteral("at"), nanos(at)}, {QStringLiteral("lived"), true}});
}

base::Result<void> OrderTape::append(const QJsonObject& line)
{
    const QByteArray bytes = QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    const qint64 good = m_file->pos();
    if (!writeAll(*m_file, bytes)) {
        const std::string why = m_file->errorString().toStdString();
        // What is not written whole was not asked for: it must not come back with the next line, or after a restart.
        m_file->resize(good);
        m_file->seek(good);
        return base::fail(base::ErrorKind::Storage, "state file", m_file->fileName().toStdString(),
                          "cannot be written: " + why);
    }
    m_lastLine = bytes;
    return {};
}

} // namespace vegadesk::venue
