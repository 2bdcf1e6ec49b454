#include "desk/settings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using desk::Settings;
namespace setting = desk::setting;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fallsBackUntilSet()
    {
        Settings settings(file());
        QCOMPARE(settings.number(setting::venueSpeed), 1.0);
        QCOMPARE(settings.choice(setting::theme), QStringLiteral("dark"));
        QVERIFY(settings.watchlist().contains(QStringLiteral("SPY")));
        QCOMPARE(settings.number(setting::ordersPerMinute), 60.0);
        QVERIFY(!settings.setNumber(setting::ordersPerMinute, 601));
    }

    void keepsWhatWasSet()
    {
        {
            Settings settings(file());
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(settings.setNumber(setting::strikesAround, 20));
            QVERIFY(settings.setChoice(setting::tolerance, QStringLiteral("low")));
            settings.setWatchlist({QStringLiteral("NVDA"), QStringLiteral("XOM")});
            QCOMPARE(changed.size(), 3);
        }
        Settings again(file());
        QCOMPARE(again.number(setting::strikesAround), 20.0);
        QCOMPARE(again.choice(setting::tolerance), QStringLiteral("low"));
        QCOMPARE(again.watchlist(), (QStringList{QStringLiteral("NVDA"), QStringLiteral("XOM")}));
    }

    /// What limits risk is the strictest where nobody can tell what was meant, and the user hears of it.
    void whatCannotBeReadIsTheStrictestAndIsSaid()
    {
        {
            QSettings store(file(), QSettings::IniFormat);
            store.setValue(QLatin1String(setting::tolerance.key), QStringLiteral("infinite"));
            store.setValue(QLatin1String(setting::staleSeconds.key), QStringLiteral("-5"));
            store.setValue(QLatin1String(setting::theme.key), QStringLiteral("light"));
        }
        const Settings settings(file());
        QCOMPARE(settings.choice(setting::tolerance), QStringLiteral("low"));
        QCOMPARE(settings.number(setting::staleSeconds), setting::staleSeconds.fallback);
        QCOMPARE(settings.unreadable(),
                 (QStringList{QLatin1String(setting::staleSeconds.key), QLatin1String(setting::tolerance.key)}));
    }

    void refusesWhatIsOutOfBounds_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("below") << 0.0;
        QTest::newRow("above") << 1e6;
        QTest::newRow("not a number") << std::nan("");
        QTest::newRow("infinite") << HUGE_VAL;
    }
    void refusesWhatIsOutOfBounds()
    {
        QFETCH(double, value);
        Settings settings(file());
        const auto result = settings.setNumber(setting::venueSpeed, value);
        QVERIFY(!result);
        QCOMPARE(QString::fromStdString(result.error().field), QStringLiteral("venue/speed"));
        QCOMPARE(settings.number(setting::venueSpeed), 1.0);
    }

    void refusesAnUnknownChoice()
    {
        Settings settings(file());
        const auto result = settings.setChoice(setting::theme, QStringLiteral("neon"));
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().message()).contains(QStringLiteral("blue-orange")));
    }

    void readsDamagedValuesAsFallbacks()
    {
        {
            QSettings raw(file(), QSettings::IniFormat);
            raw.setValue(QStringLiteral("venue/speed"), QStringLiteral("fast"));
            raw.setValue(QStringLiteral("chain/strikesAround"), 100000);
            raw.setValue(QStringLiteral("window/theme"), QStringLiteral("../../etc"));
        }
        Settings settings(file());
        QCOMPARE(settings.number(setting::venueSpeed), 1.0);
        QCOMPARE(settings.number(setting::strikesAround), 12.0);
        QCOMPARE(settings.choice(setting::theme), QStringLiteral("dark"));
    }

    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

private:
    QString file() const { return m_directory->filePath(QStringLiteral("settings.ini")); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "test_settings.moc"
