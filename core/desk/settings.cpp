#include "desk/settings.h"

#include <cmath>

namespace vegadesk::desk
{

namespace setting
{
const ChoiceSetting theme{"window/theme", "dark", {"dark", "light", "blue-orange"}};
const ChoiceSetting tolerance{"risk/tolerance", "moderate", {"low", "moderate", "high"}, "low"};
const ChoiceSetting chainModel{
    "chain/model",
    "black_scholes",
    {"black_scholes", "broker", "surface", "merton", "heston", "american_heston", "neural", "quantlib"}};
const ChoiceSetting timeBasis{"chain/timeToExpiry", "calendar", {"calendar", "trading"}};
const ChoiceSetting language{"window/language", "system", {"system", "en", "de"}};
} // namespace setting

namespace
{
constexpr auto watchlistKey = "watchlist/symbols";
}

Settings::Settings(const QString& file, QObject* parent) : QObject(parent), m_store(file, QSettings::IniFormat) {}

double Settings::number(const NumberSetting& setting) const
{
    bool isNumber = false;
    const double value = m_store.value(QLatin1String(setting.key), setting.fallback).toDouble(&isNumber);
    const bool isSane = isNumber && std::isfinite(value) && value >= setting.minimum && value <= setting.maximum;
    return isSane ? value : setting.fallback;
}

base::Result<void> Settings::setNumber(const NumberSetting& setting, double value)
{
    if (!std::isfinite(value) || value < setting.minimum || value > setting.maximum)
        return base::badInput(setting.key, QString::number(value).toStdString(),
                              QStringLiteral("%1 to %2").arg(setting.minimum).arg(setting.maximum).toStdString());
    if (number(setting) == value && m_store.contains(QLatin1String(setting.key)))
        return {};
    m_store.setValue(QLatin1String(setting.key), value);
    Q_EMIT changed(QLatin1String(setting.key));
    return {};
}

QString Settings::choice(const ChoiceSetting& setting) const
{
    const QString value = m_store.value(QLatin1String(setting.key)).toString();
    if (setting.choices.contains(value))
        return value;
    return QString::fromLatin1(value.isEmpty() ? setting.fallback : setting.whenUnreadable);
}

QStringList Settings::unreadable() const
{
    QStringList keys;
    for (const NumberSetting* const one :
         {&setting::venueSpeed, &setting::venueRate, &setting::venueSeed, &setting::strikesAround,
          &setting::staleSeconds, &setting::ordersPerMinute, &setting::compactRows}) {
        const QString stored = m_store.value(QLatin1String(one->key)).toString();
        bool isNumber = false;
        if (!stored.isEmpty() && (stored.toDouble(&isNumber) != number(*one) || !isNumber))
            keys << QLatin1String(one->key);
    }
    for (const ChoiceSetting* const one :
         {&setting::tolerance, &setting::theme, &setting::chainModel, &setting::timeBasis, &setting::language}) {
        const QString stored = m_store.value(QLatin1String(one->key)).toString();
        if (!stored.isEmpty() && stored != choice(*one))
            keys << QLatin1String(one->key);
    }
    return keys;
}

base::Result<void> Settings::setChoice(const ChoiceSetting& setting, const QString& value)
{
    if (!setting.choices.contains(value))
        return base::badInput(setting.key, value.left(40).toStdString(),
                              setting.choices.join(QStringLiteral(", ")).toStdString());
    if (choice(setting) == value && m_store.contains(QLatin1String(setting.key)))
        return {};
    m_store.setValue(QLatin1String(setting.key), value);
    Q_EMIT changed(QLatin1String(setting.key));
    return {};
}

QStringList Settings::watchlist() const
{
    static const QStringList shipped{"SPY",  "SPX",   "QQQ",  "IWM",  "AAPL", "MSFT", "NVDA",
                                     "AMZN", "GOOGL", "META", "TSLA", "JPM",  "XOM",  "UNH"};
    const QStringList stored = m_store.value(QLatin1String(watchlistKey)).toStringList();
    return stored.isEmpty() ? shipped : stored;
}

void Settings::setWatchlist(const QStringList& symbols)
{
    m_store.setValue(QLatin1String(watchlistKey), symbols);
    Q_EMIT changed(QLatin1String(watchlistKey));
}

bool Settings::has(const QString& key) const
{
    return m_store.contains(key);
}

QByteArray Settings::bytes(const QString& key) const
{
    return m_store.value(key).toByteArray();
}

void Settings::setBytes(const QString& key, const QByteArray& value)
{
    m_store.setValue(key, value);
}

void Settings::change(const QString& key, const QByteArray& value)
{
    if (value.isEmpty())
        m_store.remove(key);
    else
        m_store.setValue(key, value);
    Q_EMIT changed(key);
}

QString Settings::file() const
{
    return m_store.fileName();
}

} // namespace vegadesk::desk
