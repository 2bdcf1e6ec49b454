#include "learning/torch/plugin.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <cstdlib>

using namespace vegadesk;
using learning::Activation;
using learning::EpochFigures;
using learning::TrainedNet;
using learning::TrainerPlugin;
using learning::TrainingSettings;

namespace
{

bool isTorchMapped()
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    return maps.open(QIODevice::ReadOnly) && maps.readAll().contains("libtorch");
}

/// x² and a bit of y, over [-1, 1]².
struct Problem {
    std::vector<float> features, targets, heldOutFeatures, heldOutTargets;

    Problem()
    {
        for (int i = 0; i < 2000; ++i) {
            const auto x = static_cast<float>(std::sin(12.9898 * i)), y = static_cast<float>(std::sin(78.233 * i));
            std::vector<float>& inputs = i % 4 == 0 ? heldOutFeatures : features;
            inputs.insert(inputs.end(), {x, y});
            (i % 4 == 0 ? heldOutTargets : targets).push_back(x * x + 0.3F * y);
        }
    }
    learning::TrainingData data() const { return {2, features, targets, heldOutFeatures, heldOutTargets}; }
};

TrainingSettings settings(const std::string& checkpoint = {})
{
    TrainingSettings out;
    out.net = {.layers = 2, .width = 16, .activation = Activation::Silu};
    out.epochs = 40;
    out.batch = 100;
    out.rate = 1e-2;
    out.checkpoint = checkpoint;
    out.dataHash = "made up";
    return out;
}

std::vector<float> weightsOf(const TrainedNet& net)
{
    std::vector<float> all;
    for (const learning::Layer& layer : net.layers) {
        all.insert(all.end(), layer.weights.begin(), layer.weights.end());
        all.insert(all.end(), layer.bias.begin(), layer.bias.end());
    }
    return all;
}

} // namespace

class TrainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void torchIsLoadedWhenItIsAskedFor(); // first: it stays
    void aMissingPluginIsSaid();
    void anotherFileIsNoPlugin();
    void itLearns();
    void slopesAreLearntToo();
    void whatIsCutOffIsNotLearnt();
    void equalRunsGiveEqualNets();
    void whatWasStoppedGoesOn();
    void itEndsWhereNothingGetsBetter();
    void anotherCheckpointIsRefused();
    void badSettingsAreNamed_data();
    void badSettingsAreNamed();

private:
    const Problem m_problem;
    const TrainerPlugin* m_trainer = nullptr;
    QTemporaryDir m_folder;
};

void TrainerTest::torchIsLoadedWhenItIsAskedFor()
{
    QVERIFY(!isTorchMapped());
    const auto loaded = learning::loadTrainer();
    QVERIFY2(loaded, loaded ? "" : loaded.error().message().c_str());
    QVERIFY(isTorchMapped());
    m_trainer = *loaded;
}

void TrainerTest::aMissingPluginIsSaid()
{
    const auto loaded = learning::loadTrainer("/nowhere/vegadesk-trainer.so");
    QVERIFY(!loaded && loaded.error().kind == base::ErrorKind::NotFound);
    QVERIFY(loaded.error().message().find("/nowhere/vegadesk-trainer.so") != std::string::npos);
}

void TrainerTest::anotherFileIsNoPlugin()
{
    QFile file(m_folder.filePath(QStringLiteral("damaged.so")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(5000, 'x'));
    file.close();
    const auto damaged = learning::loadTrainer(file.fileName().toStdString());
    QVERIFY(!damaged && damaged.error().kind == base::ErrorKind::BadInput);
    const auto other = learning::loadTrainer("/lib/x86_64-linux-gnu/libz.so.1");
    QVERIFY(!other && other.error().message().find("this build") != std::string::npos);
}

void TrainerTest::itLearns()
{
    int told = 0;
    const auto count = [&told](const EpochFigures& epoch, double left) {
        QCOMPARE(epoch.epoch, ++told);
        QVERIFY(left >= 0);
    };
    const TrainedNet net = m_trainer->train(settings(), m_problem.data(), {}, count).value();
    QVERIFY(net.isWhole && net.history.size() == 40 && told == 40);
    QVERIFY2(net.history.back().heldOutLoss < 1e-3, std::to_string(net.history.back().heldOutLoss).c_str());
    QVERIFY(net.history.front().heldOutLoss > 30 * net.history.back().heldOutLoss);
    QVERIFY(net.history.back().rate < 1e-4);
    // What it hands out is the net that it measured.
    const std::vector<float> said = m_trainer->evaluate(net.layers, Activation::Silu, m_problem.heldOutFeatures);
    double squares = 0;
    for (std::size_t i = 0; i < said.size(); ++i)
        squares += std::pow(said[i] - m_problem.heldOutTargets[i], 2) / static_cast<double>(said.size());
    const double best = net.history[static_cast<std::size_t>(net.bestEpoch) - 1].heldOutLoss;
    QVERIFY(std::abs(squares - best) < 1e-4 * best);
}

/// Of few values a net may have slopes of any kind between them: with slopes as labels it has theirs.
void TrainerTest::slopesAreLearntToo()
{
    constexpr std::size_t count = 8;
    Problem few;
    few.features.resize(2 * count);
    few.targets.resize(count);
    std::vector<float> directions, slopes, moved = few.features;
    constexpr float step = 1e-2F;
    for (std::size_t i = 0; i < count; ++i) {
        directions.insert(directions.end(), {1, 0});
        slopes.push_back(2 * few.features[2 * i]);
        moved[2 * i] += step;
    }
    TrainingSettings patient = settings();
    patient.epochs = 800;
    learning::TrainingData data = few.data();
    data.slopes.push_back({directions, slopes});
    const auto slopeError = [&](double weight) {
        patient.slopeWeight = weight;
        const TrainedNet net = m_trainer->train(patient, data, {}, {}).value();
        const std::vector<float> here = m_trainer->evaluate(net.layers, Activation::Silu, few.features),
                                 there = m_trainer->evaluate(net.layers, Activation::Silu, moved);
        double squares = 0;
        for (std::size_t i = 0; i < count; ++i)
            squares += std::pow((there[i] - here[i]) / step - slopes[i], 2);
        return squares / count;
    };
    const double without = slopeError(0), with = slopeError(1);
    QVERIFY2(with < without / 2,
             (std::to_string(with) + " with slopes, " + std::to_string(without) + " without").c_str());
}

/// A target at its floor is met by whatever is below.
void TrainerTest::whatIsCutOffIsNotLearnt()
{
    Problem kink; // the larger of x and -0.4: the network need not bend
    const auto cut = [](const std::vector<float>& features, std::vector<float>& targets) {
        for (std::size_t i = 0; i < targets.size(); ++i)
            targets[i] = std::max(-0.4F, features[2 * i]);
    };
    cut(kink.features, kink.targets);
    cut(kink.heldOutFeatures, kink.heldOutTargets);
    TrainingSettings small = settings();
    small.net = {.layers = 1, .width = 4, .activation = Activation::Silu};
    learning::TrainingData data = kink.data();
    const double bent = m_trainer->train(small, data, {}, {}).value().history.back().heldOutLoss;
    const std::vector<float> floors(kink.targets.size(), -0.4F), heldOutFloors(kink.heldOutTargets.size(), -0.4F);
    data.floors = floors;
    data.heldOutFloors = heldOutFloors;
    const double straight = m_trainer->train(small, data, {}, {}).value().history.back().heldOutLoss;
    QVERIFY2(straight < bent / 3, (std::to_string(straight) + " cut off, " + std::to_string(bent) + " not").c_str());
}

void TrainerTest::equalRunsGiveEqualNets()
{
    const TrainedNet one = m_trainer->train(settings(), m_problem.data(), {}, {}).value();
    QCOMPARE(weightsOf(m_trainer->train(settings(), m_problem.data(), {}, {}).value()), weightsOf(one));
    TrainingSettings other = settings();
    other.seed = 2;
    QVERIFY(weightsOf(m_trainer->train(other, m_problem.data(), {}, {}).value()) != weightsOf(one));
}

void TrainerTest::whatWasStoppedGoesOn()
{
    const std::string checkpoint = m_folder.filePath(QStringLiteral("stopped.pt")).toStdString();
    std::stop_source stop;
    const auto stopAt15 = [&stop](const EpochFigures& epoch, double) {
        if (epoch.epoch == 15)
            stop.request_stop();
    };
    const TrainedNet half =
        m_trainer->train(settings(checkpoint), m_problem.data(), stop.get_token(), stopAt15).value();
    QVERIFY(!half.isWhole && half.history.size() == 15);
    int first = 0;
    const auto note = [&first](const EpochFigures& epoch, double) { first = first == 0 ? epoch.epoch : first; };
    const TrainedNet whole = m_trainer->train(settings(checkpoint), m_problem.data(), {}, note).value();
    QCOMPARE(first, 16);
    QVERIFY(whole.isWhole && whole.history.size() == 40);
    QCOMPARE(weightsOf(whole), weightsOf(m_trainer->train(settings(), m_problem.data(), {}, {}).value()));
}

void TrainerTest::itEndsWhereNothingGetsBetter()
{
    Problem noise;
    for (std::size_t i = 0; i < noise.targets.size(); ++i)
        noise.targets[i] = static_cast<float>(std::sin(1e4 * static_cast<double>(i * i)));
    TrainingSettings impatient = settings();
    impatient.epochs = 1000;
    impatient.patience = 5;
    const TrainedNet net = m_trainer->train(impatient, noise.data(), {}, {}).value();
    QVERIFY(net.isWhole && net.history.size() < 1000);
    QCOMPARE(static_cast<int>(net.history.size()), net.bestEpoch + 5);
}

void TrainerTest::anotherCheckpointIsRefused()
{
    const std::string checkpoint = m_folder.filePath(QStringLiteral("other.pt")).toStdString();
    QVERIFY(m_trainer->train(settings(checkpoint), m_problem.data(), {}, {}));
    TrainingSettings other = settings(checkpoint);
    other.dataHash = "something else";
    const auto refused = m_trainer->train(other, m_problem.data(), {}, {});
    QVERIFY(!refused && refused.error().kind == base::ErrorKind::BadInput);
    QVERIFY(refused.error().message().find("data=made up") != std::string::npos);
    QFile file(QString::fromStdString(checkpoint));
    QVERIFY(file.resize(file.size() / 2));
    const auto damaged = m_trainer->train(settings(checkpoint), m_problem.data(), {}, {});
    QVERIFY(!damaged && damaged.error().kind == base::ErrorKind::Storage);
}

void TrainerTest::badSettingsAreNamed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<int>("epochs");
    QTest::addColumn<double>("rate");
    QTest::addColumn<bool>("onGpu");
    QTest::newRow("no epochs") << "epochs" << 0 << 1e-3 << false;
    QTest::newRow("no rate") << "rate" << 1 << std::nan("") << false;
    QTest::newRow("no such device") << "device" << 1 << 1e-3 << true;
}

void TrainerTest::badSettingsAreNamed()
{
    QFETCH(QString, field);
    QFETCH(int, epochs);
    QFETCH(double, rate);
    QFETCH(bool, onGpu);
    TrainingSettings bad = settings();
    bad.epochs = epochs;
    bad.rate = rate;
    bad.onGpu = onGpu;
    const auto refused = m_trainer->train(bad, m_problem.data(), {}, {});
    if (onGpu && refused)
        QSKIP("there is one here");
    QVERIFY(!refused && refused.error().kind == base::ErrorKind::BadInput);
    QCOMPARE(QString::fromStdString(refused.error().field), field);
}

QTEST_APPLESS_MAIN(TrainerTest)
#include "trainer_test.moc"
