#include "desk/chain_pricer.h"
#include "desk/limit_settings.h"
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

    void everyModelOfTheChainHasItsWord()
    {
        const QStringList& words = setting::chainModel.choices;
        for (int i = 0; i < words.size(); ++i)
            QCOMPARE(static_cast<int>(desk::chainModelFromText(words[i])), i);
        Settings settings(file());
        for (const char* const word : {"american_heston", "neural"}) {
            QVERIFY(settings.setChoice(setting::chainModel, QString::fromLatin1(word)));
            QCOMPARE(settings.choice(setting::chainModel), QString::fromLatin1(word));
        }
        QVERIFY(settings.unreadable().isEmpty());
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

    void limitsOfOnesOwnAreKeptByProfile()
    {
        const base::Instant at(std::chrono::seconds(1'760'000'000));
        risk::Limits own = risk::limitsFor(risk::Tolerance::Moderate);
        own.dailyLossStop = own.dailyLossNoNewRisk = 0.015;
        own.strategyPositions = 3;
        {
            Settings settings(file());
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(desk::setOwnLimits(settings, risk::Tolerance::Moderate, own, QStringLiteral(" on holiday "), at));
            QCOMPARE(changed.size(), 1);
            QCOMPARE(changed.front().front().toString(), desk::limitsKey(risk::Tolerance::Moderate));
        }
        Settings again(file());
        QVERIFY(desk::limitsInForce(again, risk::Tolerance::Moderate) == own);
        QVERIFY(desk::limitsInForce(again, risk::Tolerance::High) == risk::limitsFor(risk::Tolerance::High));
        const auto kept = desk::ownLimits(again, risk::Tolerance::Moderate);
        QVERIFY(kept);
        QCOMPARE(kept->reason, std::string("on holiday"));
        QVERIFY(kept->at == at);
        QCOMPARE(desk::limitsReason(again, risk::Tolerance::Moderate), std::string("on holiday"));
        // Back to the profile: its figures, and why.
        QVERIFY(desk::setOwnLimits(again, risk::Tolerance::Moderate, risk::limitsFor(risk::Tolerance::Moderate),
                                   QStringLiteral("back at work"), at));
        QVERIFY(!desk::ownLimits(again, risk::Tolerance::Moderate));
        QVERIFY(desk::unreadableLimits(again).isEmpty());
        QVERIFY(desk::limitsInForce(again, risk::Tolerance::Moderate) == risk::limitsFor(risk::Tolerance::Moderate));
        QCOMPARE(desk::limitsReason(again, risk::Tolerance::Moderate), std::string("back at work"));
    }

    void limitsWithoutAReasonOrOverACapAreRefused()
    {
        Settings settings(file());
        risk::Limits own = risk::limitsFor(risk::Tolerance::High);
        own.leverage = 1.5;
        const auto noReason = desk::setOwnLimits(settings, risk::Tolerance::High, own, QStringLiteral("  "), {});
        QVERIFY(!noReason);
        QCOMPARE(noReason.error().field, std::string("reason"));
        own.leverage = 2.5;
        const auto over = desk::setOwnLimits(settings, risk::Tolerance::High, own, QStringLiteral("more"), {});
        QVERIFY(!over);
        QCOMPARE(over.error().field, std::string("leverage"));
        QCOMPARE(over.error().value, std::string("2.5"));
        QVERIFY(!desk::ownLimits(settings, risk::Tolerance::High));
        QVERIFY(desk::limitsInForce(settings, risk::Tolerance::High) == risk::limitsFor(risk::Tolerance::High));
    }

    void limitsThatCannotBeReadAreTheLowest_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::newRow("no JSON") << QByteArray("high");
        QTest::newRow("a part") << QByteArray(R"({"reason":"x","figures":{"leverage":1.5}})");
        QTest::newRow("no figures") << QByteArray(R"({"reason":"x","figures":7})");
    }
    void limitsThatCannotBeReadAreTheLowest()
    {
        QFETCH(QByteArray, stored);
        Settings settings(file());
        settings.setBytes(desk::limitsKey(risk::Tolerance::High), stored);
        QVERIFY(desk::limitsInForce(settings, risk::Tolerance::High) == risk::limitsFor(risk::Tolerance::Low));
        QCOMPARE(desk::unreadableLimits(settings), QStringList(desk::limitsKey(risk::Tolerance::High)));
    }

    void limitsWrittenByHandAreTheLowestUnlessTheyCanBeRead_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("without quotes") << QByteArray(
            R"(limits\high={"reason":"x","figures":{"leverage":0.5,"stress":0.1}})");
        QTest::newRow("nothing") << QByteArray(R"(limits\high=)");
    }
    void limitsWrittenByHandAreTheLowestUnlessTheyCanBeRead()
    {
        QFETCH(QByteArray, line);
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write("[risk]\ntolerance=high\n" + line + "\n");
        written.close();
        const Settings settings(file());
        QVERIFY(desk::toleranceOf(settings) == risk::Tolerance::High);
        QVERIFY(desk::limitsInForce(settings, risk::Tolerance::High) == risk::limitsFor(risk::Tolerance::Low));
        QCOMPARE(desk::unreadableLimits(settings), QStringList(desk::limitsKey(risk::Tolerance::High)));
    }

    /// Somebody wrote a cap away by hand, or what is no number of positions.
    void storedLimitsThatAreNoneAreTheLowest_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("over a cap") << QByteArray("\"leverage\":1.5") << QByteArray("\"leverage\":15");
        QTest::newRow("half a position") << QByteArray("\"strategy-positions\":3")
                                         << QByteArray("\"strategy-positions\":2.5");
    }
    void storedLimitsThatAreNoneAreTheLowest()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        Settings settings(file());
        risk::Limits own = risk::limitsFor(risk::Tolerance::High);
        own.leverage = 1.5;
        own.strategyPositions = 3;
        QVERIFY(desk::setOwnLimits(settings, risk::Tolerance::High, own, QStringLiteral("x"), {}));
        QByteArray stored = settings.bytes(desk::limitsKey(risk::Tolerance::High));
        QVERIFY(stored.contains(before));
        settings.setBytes(desk::limitsKey(risk::Tolerance::High), stored.replace(before, after));
        QVERIFY(desk::limitsInForce(settings, risk::Tolerance::High) == risk::limitsFor(risk::Tolerance::Low));
        QCOMPARE(desk::unreadableLimits(settings), QStringList(desk::limitsKey(risk::Tolerance::High)));
    }

    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

private:
    QString file() const { return m_directory->filePath(QStringLiteral("settings.ini")); }
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "test_settings.moc"
