#include "learning/signals/model_file.h"

#include "base/content_hash.h"
#include "learning/signals/library.h"
#include "learning_signals/made_markets.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

class ModelFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    HistoryTable m_table = tests::plantedMarket(1500, 3);
    std::optional<Trained> m_trained;
    std::string m_path;

    QByteArray content() const
    {
        QFile file(QString::fromStdString(m_path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::string write(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath("changed.signal"));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("the file cannot be written");
        return file.fileName().toStdString();
    }
    /// With `from` replaced, and the hash of what came out, as another program would have written it.
    std::string writeOther(const QByteArray& from, const QByteArray& to)
    {
        QByteArray bytes = content();
        bytes.truncate(bytes.lastIndexOf('\n', bytes.size() - 2) + 1);
        bytes.replace(bytes.indexOf(from), from.size(), to);
        base::ContentHash hash;
        hash.words(bytes.toStdString());
        return write(bytes + "{\"hash\": \"" + QByteArray::fromStdString(hash.text()) + "\"}\n");
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto trained = trainSignal(m_table, Target::VolatilityBeatsImplied, tests::quickSettings());
        QVERIFY(trained);
        m_trained.emplace(std::move(*trained));
        m_path = m_folder.filePath("a.signal").toStdString();
        QVERIFY(saveSignal(m_path, *m_trained));
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), QStringList{"a.signal"});
    }

    void comesBackAsItWas()
    {
        const auto loaded = loadSignal(m_path);
        QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
        QVERIFY(loaded->schema == m_trained->report.schema);
        const SignalInfo wanted = infoOf(m_trained->report);
        QCOMPARE(loaded->info.verdict, wanted.verdict);
        QCOMPARE(loaded->info.dataHash, hashOf(m_table));
        QCOMPARE(loaded->info.seed, wanted.seed);
        QCOMPARE(loaded->info.trainedUntil, wanted.trainedUntil);
        QCOMPARE(loaded->info.area, wanted.area);
        QCOMPARE(loaded->info.importance.size(), wanted.importance.size());
        QCOMPARE(loaded->info.hasSignal, wanted.hasSignal);
        QVERIFY(loaded->info.reportJson.find("\"steps\"") != std::string::npos);
        const std::vector<float> row(loaded->schema.features.size(), 0.1F);
        QCOMPARE(*loaded->model.probabilities(row), *m_trained->model.probabilities(row));
    }

    void anotherSchemaIsRefused()
    {
        const auto loaded = loadSignal(m_path);
        Schema other = loaded->schema;
        QVERIFY(requireSchema(*loaded, other));
        std::swap(other.features[2], other.features[3]);
        QVERIFY(requireSchema(*loaded, other).error().value.find("feature 3 is") == 0);
        other = loaded->schema;
        other.features.pop_back();
        QVERIFY(requireSchema(*loaded, other).error().value.find("features and not") != std::string::npos);
        other = loaded->schema;
        other.target = Target::PremiumPays;
        QVERIFY(requireSchema(*loaded, other).error().value.find("target is") == 0);
        other = loaded->schema;
        other.version = 2;
        QVERIFY(requireSchema(*loaded, other).error().value.find("feature version") == 0);
    }

    void namesWhatIsWrongWithAFile()
    {
        const auto complaint = [](const std::string& path) { return loadSignal(path).error().message(); };
        const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
        QVERIFY(loadSignal(m_folder.filePath("none").toStdString()).error().kind == base::ErrorKind::NotFound);
        const QByteArray whole = content();
        for (const qsizetype length :
             {qsizetype{0}, qsizetype{30}, whole.size() / 2, whole.size() - 1, whole.size() - 40})
            QVERIFY(!loadSignal(write(whole.left(length))));
        QVERIFY(has(complaint(write(whole.left(whole.size() - 1))), "cut off"));
        for (const qsizetype at : {qsizetype{200}, whole.size() / 2, whole.size() - 10}) {
            QByteArray changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            QVERIFY(has(complaint(write(changed)), "damaged"));
        }
        QVERIFY(has(complaint(write("date,close\n2001-01-02,1\n")), "training a signal"));
        QVERIFY(has(complaint(writeOther("\"format_version\": 1", "\"format_version\": 9")), "format version"));
        QVERIFY(
            has(complaint(writeOther("\"feature_version\": 1", "\"feature_version\": 7")), "train the signal again"));
        QVERIFY(has(complaint(writeOther("\"return_5\"", "\"tomorrow\"")), "tomorrow"));
        QVERIFY(has(complaint(writeOther("\"volatility_beats_implied\"", "\"profit\"")), "profit"));
        QVERIFY(has(complaint(writeOther("\"return_5\", ", "")), "features"));
        QVERIFY(!loadSignal(writeOther("\"slope\"", "\"slap\"")));
        QVERIFY(loadSignal(writeOther("nothing of it", "")).has_value()); // the file is else as it was
    }

    void aFolderThatIsNotThereIsSaid()
    {
        const auto failed = saveSignal(m_folder.filePath("no/such/folder.signal").toStdString(), *m_trained);
        QVERIFY(!failed && failed.error().kind == base::ErrorKind::Storage);
    }

    void followsAMarketAsItWasTrained()
    {
        const auto signal = signalLibrary().load(m_path);
        QVERIFY(signal);
        const auto data = datasetOf(m_table, Target::VolatilityBeatsImplied);
        const auto stream = (*signal)->follow();
        std::size_t next = 0;
        for (std::size_t day = 0; day < m_table.days.size(); ++day) {
            const auto prediction = stream->add(m_table.days[day]);
            QVERIFY(prediction);
            QCOMPARE(prediction->isInSample, prediction->session <= (*signal)->info().trainedUntil);
            QCOMPARE(std::isnan(prediction->probability), !prediction->missing.empty());
            if (next >= data->size() || data->examples[next].known != day)
                continue;
            std::vector<float> row;
            for (const double value : data->row(next))
                row.push_back(static_cast<float>(value));
            QCOMPARE(prediction->probability, m_trained->model.probabilities(row)->front());
            ++next;
        }
        QCOMPARE(next, data->size());
        QVERIFY(!stream->add(m_table.days.back())); // not after the last one
        HistoryDay after = m_table.days.back();
        after.date = market::nextTradingDay(after.date);
        QVERIFY(!stream->add(after)->isInSample);
    }

    void aDemonstrationIsNeverArmedLive()
    {
        TrainingRequest request;
        request.history.kind = HistoryRequest::Kind::Generated;
        request.history.underlying = "SPY";
        request.history.from = base::makeDate(2015, 1, 2);
        request.history.to = base::makeDate(2021, 12, 31);
        request.settings = tests::quickSettings();
        request.modelPath = m_folder.filePath("demonstration.signal").toStdString();
        const SignalLibrary& library = signalLibrary();
        const auto trained = library.train(request, {}, {});
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        QVERIFY(trained->info.isDemonstration && trained->importanceSvg.find("<svg") == 0);
        const auto loaded = library.load(request.modelPath);
        QVERIFY(loaded && (*loaded)->info().isDemonstration);
        const auto armed = library.mayBeArmedLive((*loaded)->info());
        QVERIFY(!armed && armed.error().kind == base::ErrorKind::Refused);
        QVERIFY(armed.error().message().find("cannot be armed live") != std::string::npos);
        QVERIFY(library.mayBeArmedLive(infoOf(m_trained->report)));
    }
};

QTEST_GUILESS_MAIN(ModelFileTest)
#include "model_file_test.moc"
