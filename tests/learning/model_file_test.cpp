#include "learning/model_file.h"

#include "networks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cstring>
#include <functional>
#include <zlib.h>

using namespace vegadesk;
using namespace vegadesk::tests::networks;
using learning::ModelFile;

namespace
{

// Where the header keeps what the tests spoil.
constexpr qsizetype versionAt = 8, byteOrderAt = 12, fileBytesAt = 16, inputsAt = 24, layersAt = 28, activationAt = 32,
                    metadataAt = 36, bodyChecksumAt = 40, checksumAt = 44, headerBytes = 48;

ModelFile example()
{
    return {.network = randomNetwork(91, 3, {6, 5}, Activation::Softplus),
            .metadata = "{\"recipe\": \"of a test\", \"error\": 1e-5, \"note\": \"π\"}"};
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

template<class T>
void set(QByteArray& bytes, qsizetype at, T value)
{
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

std::uint32_t crcOf(const QByteArray& bytes)
{
    return static_cast<std::uint32_t>(
        ::crc32(0, reinterpret_cast<const Bytef*>(bytes.constData()), static_cast<uInt>(bytes.size())));
}

/// Checksums that are right for what is there: so the reader goes on to look at the rest.
void seal(QByteArray& bytes)
{
    if (bytes.size() < headerBytes)
        return;
    set(bytes, fileBytesAt, static_cast<std::uint64_t>(bytes.size()));
    set(bytes, bodyChecksumAt, crcOf(bytes.mid(headerBytes)));
    set(bytes, checksumAt, crcOf(bytes.left(checksumAt)));
}

bool isSameNetwork(const Network& a, const Network& b)
{
    const auto areSameScalings = [](const learning::Scaling& x, const learning::Scaling& y) {
        return x.shift == y.shift && x.scale == y.scale;
    };
    return a.activation == b.activation && areSameScalings(a.output, b.output) &&
           std::ranges::equal(a.inputs, b.inputs, areSameScalings) &&
           std::ranges::equal(a.layers, b.layers, [](const learning::Layer& x, const learning::Layer& y) {
               return x.inputs == y.inputs && x.outputs == y.outputs && x.weights == y.weights && x.bias == y.bias;
           });
}

} // namespace

class ModelFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsWrittenComesBack_data();
    void whatIsWrittenComesBack();
    void writingTakesTheOldFilesPlace();
    void whatCannotBeWrittenIsSaid();
    void damageIsSaid_data();
    void damageIsSaid();
    void whatIsNotThereIsSaid();
    void anyBytesAreRefusedOrRead();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void ModelFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("pricer.network"));
}

void ModelFileTest::whatIsWrittenComesBack_data()
{
    QTest::addColumn<int>("shape");
    QTest::addColumn<int>("metadataBytes");
    QTest::newRow("smallest") << 0 << 0;
    QTest::newRow("odd sizes") << 3 << 7;
    QTest::newRow("wide") << 6 << 100;
    QTest::newRow("deep, longest metadata") << 10 << static_cast<int>(ModelFile::mostMetadataBytes);
}

void ModelFileTest::whatIsWrittenComesBack()
{
    QFETCH(int, shape);
    QFETCH(int, metadataBytes);
    for (const Activation activation : {Activation::Relu, Activation::Silu, Activation::Softplus}) {
        const Shape& sizes = shapes().at(static_cast<std::size_t>(shape));
        const ModelFile file{.network = randomNetwork(92, sizes.inputs, sizes.widths, activation),
                             .metadata = std::string(static_cast<std::size_t>(metadataBytes), 'x')};
        const auto written = file.write(m_path.toStdString());
        QVERIFY2(written, written ? "" : written.error().message().c_str());
        const auto found = ModelFile::open(m_path.toStdString());
        QVERIFY2(found, found ? "" : found.error().message().c_str());
        QCOMPARE(found->metadata, file.metadata);
        QVERIFY(isSameNetwork(found->network, file.network));
    }
}

void ModelFileTest::writingTakesTheOldFilesPlace()
{
    ModelFile file = example();
    QVERIFY(file.write(m_path.toStdString()));
    file.metadata = "{}";
    QVERIFY(file.write(m_path.toStdString()));
    QCOMPARE(ModelFile::open(m_path.toStdString()).value().metadata, std::string("{}"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{"pricer.network"});
}

void ModelFileTest::whatCannotBeWrittenIsSaid()
{
    ModelFile file = example();
    const auto nowhere = file.write(m_folder->filePath(QStringLiteral("none/pricer.network")).toStdString());
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, base::ErrorKind::Storage);
    file.metadata.resize(ModelFile::mostMetadataBytes + 1);
    const auto tooLong = file.write(m_path.toStdString());
    QVERIFY(!tooLong);
    QCOMPARE(QString::fromStdString(tooLong.error().message()),
             QStringLiteral("bytes of the network file's metadata \"1000001\" is not allowed: 0 to 1000000"));
    file = example();
    file.network.layers[0].weights[0] = std::numeric_limits<float>::quiet_NaN();
    const auto notFinite = file.write(m_path.toStdString());
    QVERIFY(!notFinite);
    QCOMPARE(notFinite.error().kind, base::ErrorKind::BadInput);
    QVERIFY(!QFile::exists(m_path));
}

using Damage = std::function<void(QByteArray&)>;

void ModelFileTest::damageIsSaid_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, Damage damage, base::ErrorKind kind, const char* words) {
        QTest::newRow(name) << std::move(damage) << static_cast<int>(kind) << QString(words);
    };
    const auto field = [](qsizetype at, std::uint32_t value) {
        return [=](QByteArray& bytes) {
            set(bytes, at, value);
            seal(bytes);
        };
    };
    constexpr auto badInput = base::ErrorKind::BadInput, storage = base::ErrorKind::Storage;
    constexpr const char *noSuchFile = "a file of a trained network", *doesNotAddUp = "its tables do not add up";
    row("empty", [](QByteArray& bytes) { bytes.clear(); }, badInput, noSuchFile);
    row("another file", [](QByteArray& bytes) { bytes.replace(0, 4, "JPEG"); }, badInput, noSuchFile);
    row("cut in the header", [](QByteArray& bytes) { bytes.truncate(headerBytes - 1); }, storage, "it is cut off");
    row("cut in the weights", [](QByteArray& bytes) { bytes.chop(1); }, storage, "it is cut off");
    row("something behind", [](QByteArray& bytes) { bytes.append('x'); }, storage, "its tables are damaged");
    row("version", field(versionAt, 2), badInput, "version 1 of the format, not 2");
    row("byte order", field(byteOrderAt, 0x04030201), badInput, "of this byte order");
    row("header", [](QByteArray& bytes) { bytes[inputsAt] = 9; }, storage, "its header is damaged");
    row(
        "weight", [](QByteArray& bytes) { bytes.back() = static_cast<char>(bytes.back() ^ 1); }, storage,
        "its tables are damaged");
    row(
        "scaling", [](QByteArray& bytes) { bytes[headerBytes] = static_cast<char>(bytes[headerBytes] ^ 1); }, storage,
        "its tables are damaged");
    row("more inputs", field(inputsAt, 4), storage, doesNotAddUp);
    row("no inputs", field(inputsAt, 0), storage, doesNotAddUp);
    row("very many inputs", field(inputsAt, 0xffffffff), storage, doesNotAddUp);
    row("fewer layers", field(layersAt, 2), storage, doesNotAddUp);
    row("very many layers", field(layersAt, 0xffffffff), storage, doesNotAddUp);
    row("activation", field(activationAt, 3), storage, doesNotAddUp);
    row("metadata", field(metadataAt, 3), storage, doesNotAddUp);
    row("very long metadata", field(metadataAt, 0xffffffff), storage, doesNotAddUp);
    row("width", field(headerBytes + 4 * 16, 0xffffffff), storage, doesNotAddUp); // behind 3 inputs' scalings and 1
    row(
        "scale of zero",
        [](QByteArray& bytes) {
            set(bytes, headerBytes + 8, 0.0);
            seal(bytes);
        },
        storage, "its tables do not add up to a network");
    row(
        "weight that is none",
        [](QByteArray& bytes) {
            set(bytes, bytes.size() - 4, std::numeric_limits<float>::quiet_NaN());
            seal(bytes);
        },
        storage, "its tables do not add up to a network");
    row("too large a file", [](QByteArray& bytes) { bytes.resize(40'000'000); }, badInput, "at most 34685504 bytes");
}

void ModelFileTest::damageIsSaid()
{
    QFETCH(Damage, damage);
    QFETCH(int, kind);
    QFETCH(QString, words);
    QVERIFY(example().write(m_path.toStdString()));
    QByteArray bytes = bytesOf(m_path);
    damage(bytes);
    put(m_path, bytes);
    const auto found = ModelFile::open(m_path.toStdString());
    QVERIFY(!found);
    const QString message = QString::fromStdString(found.error().message());
    QCOMPARE(static_cast<int>(found.error().kind), kind);
    QVERIFY2(message.contains(words) && message.contains(m_path), qPrintable(message));
}

void ModelFileTest::whatIsNotThereIsSaid()
{
    for (const QString& path : {m_path, m_folder->path()}) {
        const auto found = ModelFile::open(path.toStdString());
        QVERIFY(!found);
        QCOMPARE(found.error().kind, base::ErrorKind::NotFound);
    }
}

/// Random bytes, and a good file with some of them changed, with checksums that are right and ones that are not.
void ModelFileTest::anyBytesAreRefusedOrRead()
{
    QVERIFY(example().write(m_path.toStdString()));
    const QByteArray good = bytesOf(m_path);
    base::Generator generator(93);
    const auto any = [&] { return static_cast<char>(generator.integer(0, 255)); };
    int opened = 0;
    for (int round = 0; round < 1'000; ++round) {
        QByteArray bytes = good;
        if (round % 10 == 0) {
            bytes.resize(generator.integer(0, 400));
            for (char& each : bytes)
                each = any();
            bytes.replace(0, 16, good.left(round % 20 == 0 ? 16 : 0));
        } else {
            // Mostly in the header and the widths, where sizes are.
            for (std::int64_t changes = generator.integer(1, 4); changes > 0; --changes)
                bytes.data()[generator.integer(0, generator.integer(0, 3) == 0 ? bytes.size() - 1 : 130)] = any();
            if (generator.integer(0, 4) == 0)
                bytes.truncate(generator.integer(0, bytes.size()));
        }
        if (generator.integer(0, 3) != 0)
            seal(bytes);
        put(m_path, bytes);
        const auto found = ModelFile::open(m_path.toStdString());
        opened += found ? 1 : 0;
        QVERIFY(found ? learning::check(found->network).has_value() : !found.error().message().empty());
    }
    QVERIFY(opened > 0); // a changed shift or weight is a number like another
}

QTEST_GUILESS_MAIN(ModelFileTest)
#include "model_file_test.moc"
