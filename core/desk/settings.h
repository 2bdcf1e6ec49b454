#pragma once

#include "base/error.h"

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QVariant>

#include <memory>

namespace vegadesk::desk
{

/// A number with its key, fallback and bounds. A stored value outside the bounds, or not a number, reads as the fallback.
struct NumberSetting {
    const char* key;
    double fallback, minimum, maximum;
};
struct ChoiceSetting {
    const char* key;
    const char* fallback;
    QStringList choices;
    const char* whenUnreadable = fallback; ///< where something else than a choice is stored
};

namespace setting
{
inline constexpr NumberSetting venueSpeed{"venue/speed", 1, 0.1, 1000};
inline constexpr NumberSetting venueRate{"venue/quotesPerSecond", 1500, 1, 50'000};
inline constexpr NumberSetting venueSeed{"venue/seed", 1, 1, 1e9};
inline constexpr NumberSetting strikesAround{"chain/strikesAround", 12, 4, 60};
inline constexpr NumberSetting staleSeconds{"chain/staleSeconds", 10, 2, 600};
inline constexpr NumberSetting ordersPerMinute{"orders/perMinute", 60, 1, 600}; ///< new ones and changes, not cancels
inline constexpr NumberSetting compactRows{"window/compactRows", 0, 0, 1};
inline constexpr NumberSetting watchdog{"window/watchdog", 1, 0, 1}; ///< from the next start on
inline constexpr NumberSetting tourDone{"window/tourDone", 0, 0, 1};
extern const ChoiceSetting theme;      ///< "dark", "light", "blue-orange"
extern const ChoiceSetting tolerance;  ///< "low", "moderate", "high"
extern const ChoiceSetting chainModel; ///< "black_scholes", "broker", "surface", "merton", "heston", "american_heston",
                                       ///< "neural", "quantlib": in the order of desk::ChainModel
extern const ChoiceSetting timeBasis;  ///< of volatilities: "calendar", "trading"
extern const ChoiceSetting language;   ///< "system", "en", "de"
} // namespace setting

/// The one settings file (INI, written aside and renamed). Used on the GUI thread.
class Settings : public QObject
{
    Q_OBJECT

public:
    explicit Settings(const QString& file, QObject* parent = nullptr);

    double number(const NumberSetting& setting) const;
    /// Refuses NaN and values outside the bounds, by key.
    base::Result<void> setNumber(const NumberSetting& setting, double value);
    QString choice(const ChoiceSetting& setting) const;
    /// Keys whose stored values are none that the program takes; they read as something else.
    QStringList unreadable() const;
    base::Result<void> setChoice(const ChoiceSetting& setting, const QString& value);

    /// The watchlist's symbols; the shipped list until the user changes it.
    QStringList watchlist() const;
    void setWatchlist(const QStringList& symbols);

    /// Whether anything is stored there, readable or not.
    bool has(const QString& key) const;
    /// Window geometry and dock layouts; an unknown name is empty.
    QByteArray bytes(const QString& key) const;
    void setBytes(const QString& key, const QByteArray& value);
    /// The same, and changed() says so. An empty value takes the key away.
    void change(const QString& key, const QByteArray& value);

    QString file() const;

Q_SIGNALS:
    void changed(const QString& key);

private:
    QSettings m_store;
};

} // namespace vegadesk::desk
