#include "learning/doors/signal_plugin.h"

#include "learning/doors/signal_series.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

namespace
{

bool isXgboostMapped()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libxgboost");
}

TrainingRequest demonstration()
{
    TrainingRequest request;
    request.history.kind = HistoryRequest::Kind::Generated;
    request.history.underlying = "SPY";
    request.history.from = base::makeDate(2015, 1, 2);
    request.history.to = base::makeDate(2021, 12, 31);
    request.settings.boosting.roundsMost = 30;
    request.settings.boosting.patience = 5;
    request.settings.folds = 3;
    request.settings.steps = 3;
    request.settings.evidence.draws = 200;
    return request;
}

} // namespace

/// The plugin as the programs have it.
class SignalPluginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void xgboostIsLoadedWhenItIsAskedFor(); // first: it stays
    void aMissingPluginIsSaid();
    void anotherFileIsNoPlugin();
    void itExportsOneSymbol();
    void aDemonstrationIsTrainedAndFollowed();
    void whatIsStoppedIsCancelled();

private:
    const SignalLibrary* m_library = nullptr;
    QTemporaryDir m_folder;
};

void SignalPluginTest::xgboostIsLoadedWhenItIsAskedFor()
{
    QVERIFY(!isXgboostMapped());
    const auto loaded = loadSignals();
    QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
    QVERIFY(isXgboostMapped());
    m_library = *loaded;
    QCOMPARE(*loadSignals(), m_library);
}

void SignalPluginTest::aMissingPluginIsSaid()
{
    const auto loaded = loadSignals("/nowhere/vegadesk-signals.so");
    QVERIFY(!loaded && loaded.error().kind == base::ErrorKind::NotFound);
    const std::string said = loaded.error().message();
    QVERIFY(said.find("/nowhere/vegadesk-signals.so") != std::string::npos);
    QVERIFY(said.find("VEGADESK_PLUGINS") != std::string::npos);
}

void SignalPluginTest::anotherFileIsNoPlugin()
{
    QFile file(m_folder.filePath(QStringLiteral("damaged.so")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto damaged = loadSignals(file.fileName().toStdString());
    QVERIFY(!damaged && damaged.error().kind == base::ErrorKind::BadInput);
    QVERIFY(damaged.error().message().find("XGBoost") != std::string::npos);
    const auto other = loadSignals("/lib/x86_64-linux-gnu/libz.so.1");
    QVERIFY(!other && other.error().message().find("this build") != std::string::npos);
}

void SignalPluginTest::itExportsOneSymbol()
{
    QProcess names;
    names.start(QStringLiteral("nm"),
                {QStringLiteral("-D"), QStringLiteral("--defined-only"), QString::fromStdString(signalPluginFile())});
    if (!names.waitForFinished(60'000) || names.exitCode() != 0)
        QSKIP("no nm here");
    const QByteArrayList lines = names.readAllStandardOutput().trimmed().split('\n');
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.front().endsWith(signalSymbol), lines.front().constData());
}

void SignalPluginTest::aDemonstrationIsTrainedAndFollowed()
{
    TrainingRequest request = demonstration();
    request.modelPath = m_folder.filePath(QStringLiteral("shown.signal")).toStdString();
    double reached = 0;
    const auto trained = m_library->train(request, {}, [&reached](double done) { reached = done; });
    QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
    QVERIFY(trained->info.isDemonstration && !trained->info.needsChains && reached > 0.5);
    const auto signal = m_library->load(request.modelPath);
    QVERIFY2(signal, signal ? "" : signal.error().message().c_str());
    const auto refused = m_library->mayBeArmedLive((*signal)->info());
    QVERIFY(!refused && refused.error().message().find("cannot be armed live") != std::string::npos);

    HistoryRequest later = request.history;
    later.to = base::makeDate(2022, 6, 30);
    const auto days = m_library->days(later, {});
    QVERIFY2(days, days ? "" : days.error().message().c_str());
    const auto whole = followed(**signal, days->days);
    QVERIFY(whole && whole->predictions.size() == days->days.size());
    const base::Date session = base::makeDate(2022, 3, 10);
    QVERIFY(std::isfinite(readingOf(*whole, session, false).probability));
    QVERIFY(readingOf(*whole, session, true).gap.find("demonstration") != std::string::npos);
    QVERIFY(readingOf(*whole, base::makeDate(2019, 3, 12), false).gap.find("trained on days until") !=
            std::string::npos);
    // What comes after the close before the session changes nothing of it.
    std::vector<HistoryDay> until;
    for (const HistoryDay& day : days->days)
        if (day.date < session)
            until.push_back(day);
    const auto cut = followed(**signal, until);
    QVERIFY(cut);
    QCOMPARE(readingOf(*cut, session, false).probability, readingOf(*whole, session, false).probability);
}

void SignalPluginTest::whatIsStoppedIsCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = m_library->train(demonstration(), stop.get_token(), {});
    QVERIFY(!stopped && stopped.error().kind == base::ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(SignalPluginTest)
#include "signal_plugin_test.moc"
