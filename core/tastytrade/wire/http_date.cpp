#include "tastytrade/wire/http_date.h"

#include <QDateTime>
#include <QLocale>

#include <chrono>

namespace vegadesk::tastytrade::wire
{

namespace
{

const QString form = QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'");

} // namespace

QByteArray printHttpDate(base::Instant at)
{
    const qint64 whole = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    return QLocale::c().toString(QDateTime::fromSecsSinceEpoch(whole, Qt::UTC), form).toLatin1();
}

std::optional<base::Instant> parseHttpDate(const QByteArray& text)
{
    QDateTime read = QLocale::c().toDateTime(QString::fromLatin1(text), form);
    if (!read.isValid() || read.date().year() < 1970 || read.date().year() > 2261)
        return {};
    read.setTimeSpec(Qt::UTC);
    return base::Instant(std::chrono::seconds(read.toSecsSinceEpoch()));
}

} // namespace vegadesk::tastytrade::wire
