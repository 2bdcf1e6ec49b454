#include "learning/training/recipe.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using learning::Recipe;
using learning::TrainedModel;

namespace
{

Recipe recipe()
{
    const learning::Teacher& teacher = *learning::findTeacher("black_scholes").value();
    Recipe out;
    out.teacher = teacher.id();
    out.teacherVersion = teacher.version();
    out.box.assign(teacher.inputs().begin(), teacher.inputs().end());
    out.samples = 1000;
    out.heldOut = 200;
    out.dataHash = "0123456789abcdef";
    out.net = {.layers = 1, .width = 2, .activation = learning::Activation::Softplus};
    out.epochs = 3;
    out.batch = 10;
    out.rate = 1e-3;
    out.finalRate = 1e-6;
    out.seed = UINT64_MAX;
    out.madeWith = "a \"version\"";
    out.bestEpoch = 2;
    out.history = {{1, 0.5, 1e-3, 0.1, 0.2}, {2, 1.0, 5e-4, 0.05, 0.1}};
    out.errors.all = {.count = 200,
                      .meanSquare = 1e-8,
                      .rms = 1e-4,
                      .meanAbsolute = 5e-5,
                      .worst = 1e-3,
                      .most = 9e-4,
                      .explained = std::nan("")};
    out.errors.regions = {{0.4, 1.6, 0.2, 1.1, out.errors.all, 1.5e-3}};
    return out;
}

/// That says 0 of everything: the baseline's prices.
learning::Network nothing()
{
    learning::Network out;
    out.inputs.resize(7);
    out.layers = {{7, 2, std::vector<float>(14, 0), {0, 0}}, {2, 1, {0, 0}, {0}}};
    return out;
}

} // namespace

class RecipeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenComesBack();
    void aModelIsAFile();
    void anotherBoxIsRefused();
    void whatIsMissingIsNamed_data();
    void whatIsMissingIsNamed();
    void aNetOfNothingGivesTheBaseline();

private:
    QTemporaryDir m_folder;
};

void RecipeTest::whatIsWrittenComesBack()
{
    const Recipe before = recipe(), after = learning::recipeFrom(learning::toJson(before)).value();
    QCOMPARE(learning::toJson(after), learning::toJson(before));
    QCOMPARE(after.seed, UINT64_MAX);
    QCOMPARE(after.box.at(4).name, std::string("vol"));
    QCOMPARE(after.history.at(1).heldOutLoss, 0.1);
    QCOMPARE(after.errors.regions.at(0).bound, 1.5e-3);
    QVERIFY(std::isnan(after.errors.all.explained));
}

void RecipeTest::aModelIsAFile()
{
    const std::string path = m_folder.filePath(QStringLiteral("small.network")).toStdString();
    TrainedModel model{nothing(), recipe(), nullptr};
    QVERIFY(model.write(path));
    const auto read = TrainedModel::open(path);
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    QCOMPARE(read->teacher->id(), std::string_view("black_scholes"));
    QCOMPARE(read->network.layers.size(), std::size_t(2));
    model.network.inputs.resize(6);
    model.network.layers[0] = {6, 2, std::vector<float>(12, 0), {0, 0}};
    QVERIFY(model.write(path));
    const auto narrow = TrainedModel::open(path);
    QVERIFY(!narrow && narrow.error().message().find("a network of 7 inputs") != std::string::npos);
}

void RecipeTest::anotherBoxIsRefused()
{
    const std::string path = m_folder.filePath(QStringLiteral("old.network")).toStdString();
    Recipe old = recipe();
    old.box[1].high = 2;
    QVERIFY((TrainedModel{nothing(), old, nullptr}.write(path)));
    const auto refused = TrainedModel::open(path);
    QVERIFY(!refused && refused.error().message().find("train it again") != std::string::npos);
}

void RecipeTest::whatIsMissingIsNamed_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("named");
    QTest::newRow("no seed") << "\"seed\":18446744073709551615," << "" << "seed";
    QTest::newRow("half a layer") << "\"layers\":1" << "\"layers\":1.5" << "layers";
    QTest::newRow("unknown activation") << "softplus" << "sine" << "activation";
    QTest::newRow("a short row") << "[0.2,1.1]" << "[0.2]" << "box";
    QTest::newRow("no JSON") << "{\"teacher\"" << "teacher" << "recipe";
}

void RecipeTest::whatIsMissingIsNamed()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, named);
    const QString json = QString::fromStdString(learning::toJson(recipe()));
    QVERIFY(json.contains(from));
    const auto refused = learning::recipeFrom(QString(json).replace(from, to).toStdString());
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().field), named);
}

void RecipeTest::aNetOfNothingGivesTheBaseline()
{
    const learning::SampleSet samples =
        learning::makeSamples({.teacher = learning::findTeacher("black_scholes").value(), .count = 50, .folder = {}})
            .value();
    const std::vector<double> predicted = learning::predict(nothing(), samples).value();
    for (std::size_t row = 0; row < samples.size(); ++row)
        QCOMPARE(predicted[row], samples.teacher->form(samples.row(row)).baseline);
}

QTEST_APPLESS_MAIN(RecipeTest)
#include "recipe_test.moc"
