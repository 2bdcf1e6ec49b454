#include "learning/network.h"

#include "networks.h"

#include <QtTest>

#include <functional>

using namespace vegadesk;
using namespace vegadesk::tests::networks;

class NetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valueIsTheDefinitions_data();
    void valueIsTheDefinitions();
    void whatIsNotFiniteIsUnknown();
    void shapesOfEverySizePass();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
};

void NetworkTest::valueIsTheDefinitions_data()
{
    QTest::addColumn<int>("activation");
    QTest::addColumn<double>("upper"); // f(1.5)
    QTest::addColumn<double>("lower"); // f(-3.25)
    QTest::newRow("ReLU") << static_cast<int>(Activation::Relu) << 1.5 << 0.0;
    QTest::newRow("SiLU") << static_cast<int>(Activation::Silu) << 1.5 / (1 + std::exp(-1.5))
                          << -3.25 / (1 + std::exp(3.25));
    QTest::newRow("softplus") << static_cast<int>(Activation::Softplus) << std::log(1 + std::exp(1.5))
                              << std::log(1 + std::exp(-3.25));
}

void NetworkTest::valueIsTheDefinitions()
{
    QFETCH(int, activation);
    QFETCH(double, upper);
    QFETCH(double, lower);
    // Scaled inputs (3 - 1) * 0.5 = 1 and (2 - 4) * 2 = -4.
    const Network network{
        .inputs = {{1, 0.5}, {4, 2}},
        .layers = {{.inputs = 2, .outputs = 2, .weights = {2, 0.25F, -1, 0.5F}, .bias = {0.5F, -0.25F}},
                   {.inputs = 2, .outputs = 1, .weights = {3, -2}, .bias = {0.125F}}},
        .activation = static_cast<Activation>(activation),
        .output = {10, 100}};
    QVERIFY(learning::check(network));
    const double value = learning::evaluatePlainly(network, std::array{3.0, 2.0});
    const double expected = 10 + 100 * (3 * upper - 2 * lower + 0.125);
    QVERIFY(std::abs(value - expected) <= 1e-12 * std::abs(expected));
}

void NetworkTest::whatIsNotFiniteIsUnknown()
{
    const Network network = randomNetwork(1, 3, {4}, Activation::Relu);
    for (const double bad : {notANumber, std::numeric_limits<double>::infinity()})
        QVERIFY(std::isnan(learning::evaluatePlainly(network, std::array{0.0, bad, 0.0})));
    Network steep = network;
    steep.output.scale = 1e308;
    steep.layers.back().bias.front() = 1e9F;
    QVERIFY(std::isnan(learning::evaluatePlainly(steep, std::array{0.0, 0.0, 0.0})));
}

void NetworkTest::shapesOfEverySizePass()
{
    for (const Shape& shape : shapes()) {
        const auto result = learning::check(randomNetwork(2, shape.inputs, shape.widths, Activation::Silu));
        QVERIFY2(result, result ? "" : result.error().message().c_str());
    }
}

using Spoil = std::function<void(Network&)>;

void NetworkTest::whatIsWrongIsSaid_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("message");
    const auto row = [](const char* name, Spoil spoil, const char* message) {
        QTest::newRow(name) << std::move(spoil) << QString(message);
    };
    row("no inputs", [](Network& n) { n.inputs.clear(); }, "inputs of the network \"0\" is not allowed: 1 to 64");
    row(
        "too many inputs", [](Network& n) { n.inputs.resize(65); },
        "inputs of the network \"65\" is not allowed: 1 to 64");
    row(
        "no hidden layer", [](Network& n) { n.layers.erase(n.layers.begin(), n.layers.end() - 1); },
        "layers of the network \"1\" is not allowed: 2 to 9");
    row(
        "too many layers", [](Network& n) { n.layers.resize(10); },
        "layers of the network \"10\" is not allowed: 2 to 9");
    row(
        "activation", [](Network& n) { n.activation = static_cast<Activation>(3); },
        "activation of the network \"3\" is not allowed: 0 to 2");
    row(
        "shift", [](Network& n) { n.inputs[1].shift = notANumber; },
        "shift of input 2 \"nan\" is not allowed: a finite number");
    row(
        "scale", [](Network& n) { n.output.scale = 0; },
        "scale of the output \"0.000000\" is not allowed: a finite number that is not 0");
    row(
        "layers that do not meet", [](Network& n) { n.layers[1].inputs = 5; },
        "inputs of layer 2 \"5\" is not allowed: 4");
    row(
        "no neurons", [](Network& n) { n.layers[0].outputs = 0; },
        "outputs of layer 1 \"0\" is not allowed: 1 to 1024");
    row(
        "too wide", [](Network& n) { n.layers[0].outputs = 1025; },
        "outputs of layer 1 \"1025\" is not allowed: 1 to 1024");
    row("two outputs", [](Network& n) { n.layers.back().outputs = 2; }, "outputs of layer 3 \"2\" is not allowed: 1");
    row("weights", [](Network& n) { n.layers[0].weights.pop_back(); }, "weights of layer 1 \"11\" is not allowed: 12");
    row("biases", [](Network& n) { n.layers[1].bias.push_back(0); }, "biases of layer 2 \"6\" is not allowed: 5");
    row(
        "weight", [](Network& n) { n.layers[1].weights[3] = std::numeric_limits<float>::infinity(); },
        "weights and biases of layer 2 \"NaN or infinity\" is not allowed: finite numbers");
}

void NetworkTest::whatIsWrongIsSaid()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, message);
    Network network = randomNetwork(3, 3, {4, 5}, Activation::Silu);
    spoil(network);
    const auto result = learning::check(network);
    QVERIFY(!result);
    QCOMPARE(result.error().kind, base::ErrorKind::BadInput);
    QCOMPARE(QString::fromStdString(result.error().message()), message);
    QVERIFY(!learning::PackedNetwork::pack(network));
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "network_test.moc"
