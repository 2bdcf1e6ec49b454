#include "learning/training/samples.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using learning::makeSamples;
using learning::SampleRequest;
using learning::SampleSet;
using learning::Spread;

namespace
{

SampleRequest request(Spread spread, std::size_t count = 10'000)
{
    SampleRequest out;
    out.teacher = learning::findTeacher("black_scholes").value();
    out.count = count;
    out.seed = 7;
    out.spread = spread;
    return out;
}

} // namespace

class SamplesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threadsChangeNothing_data();
    void threadsChangeNothing();
    void evenPointsFillTheBox();
    void setsAreKept();
    void damageIsSaid();
    void whatCannotBeIsRefused();
};

void SamplesTest::threadsChangeNothing_data()
{
    QTest::addColumn<int>("spread");
    QTest::newRow("even") << static_cast<int>(Spread::Even);
    QTest::newRow("random") << static_cast<int>(Spread::Random);
}

void SamplesTest::threadsChangeNothing()
{
    QFETCH(int, spread);
    SampleRequest asked = request(static_cast<Spread>(spread));
    const SampleSet one = makeSamples(asked).value();
    asked.threads = 3;
    std::size_t told = 0;
    const SampleSet three = makeSamples(asked, {}, [&told](std::size_t done) { told = done; }).value();
    QCOMPARE(told, asked.count);
    QCOMPARE(one.inputs, three.inputs);
    QCOMPARE(one.prices, three.prices);
    QCOMPARE(one.hash, three.hash);
    asked.seed = 8;
    QVERIFY(makeSamples(asked)->hash != one.hash);
    for (std::size_t row = 0; row < one.size(); ++row)
        QVERIFY(learning::checkBox(*one.teacher, one.row(row)));
}

/// Of Sobol's points each half and quarter of every input holds its share, but for the few that an offset moves.
void SamplesTest::evenPointsFillTheBox()
{
    const SampleSet set = makeSamples(request(Spread::Even, 1 << 14)).value();
    for (std::size_t i = 0; i < set.teacher->inputs().size(); ++i) {
        const learning::InputRange& input = set.teacher->inputs()[i];
        std::array<int, 4> parts{};
        for (std::size_t row = 0; row < set.size(); ++row) {
            const double place = (set.row(row)[i] - input.low) / (input.high - input.low);
            ++parts.at(std::min<std::size_t>(3, static_cast<std::size_t>(4 * place)));
        }
        for (const int part : parts)
            QVERIFY2(std::abs(part - (1 << 12)) <= 2, input.name.c_str());
    }
}

void SamplesTest::setsAreKept()
{
    const QTemporaryDir folder;
    SampleRequest asked = request(Spread::Even);
    asked.folder = folder.filePath(QStringLiteral("sets")).toStdString();
    const SampleSet made = makeSamples(asked).value();
    const SampleSet read = makeSamples(asked, {}, [](std::size_t) { QFAIL("it is there"); }).value();
    QCOMPARE(read.inputs, made.inputs);
    QCOMPARE(read.prices, made.prices);
    QCOMPARE(read.hash, made.hash);
    asked.seed = 8;
    QVERIFY(makeSamples(asked)->hash != made.hash);
    QCOMPARE(QDir(QString::fromStdString(asked.folder)).entryList(QDir::Files).size(), 2);
}

void SamplesTest::damageIsSaid()
{
    const QTemporaryDir folder;
    SampleRequest asked = request(Spread::Even, 100);
    asked.folder = folder.path().toStdString();
    QVERIFY(makeSamples(asked));
    QFile file(folder.filePath(QDir(folder.path()).entryList(QDir::Files).front()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    bytes[200] = static_cast<char>(bytes[200] ^ 1);
    QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    const auto damaged = makeSamples(asked);
    QVERIFY(!damaged && damaged.error().kind == base::ErrorKind::Storage);
    QVERIFY(file.resize(60));
    QVERIFY(!makeSamples(asked));
    QVERIFY(file.remove());
    QVERIFY(makeSamples(asked));
}

void SamplesTest::whatCannotBeIsRefused()
{
    const auto none = makeSamples(request(Spread::Even, 0));
    QVERIFY(!none && none.error().field == "samples");
    std::stop_source stop;
    stop.request_stop();
    const auto cancelled = makeSamples(request(Spread::Even), stop.get_token());
    QVERIFY(!cancelled && cancelled.error().kind == base::ErrorKind::Cancelled);
}

QTEST_APPLESS_MAIN(SamplesTest)
#include "samples_test.moc"
