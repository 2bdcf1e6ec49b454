#include "learning/packed_network.h"

#include "networks.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tests::networks;
using learning::PackedNetwork;
using pricing::SimdPath;
using pricing::SimdPathPin;

namespace
{

/// Every output of a batch.
struct Columns {
    std::vector<double> value, second;
    std::vector<std::vector<double>> gradient;

    Columns(std::size_t inputs, std::size_t rows)
        : value(rows, -7), second(rows, -7), gradient(inputs, std::vector<double>(rows, -7))
    {
    }
    std::vector<double> row(std::size_t number) const
    {
        std::vector<double> out{value[number], second[number]};
        for (const auto& column : gradient)
            out.push_back(column[number]);
        return out;
    }
};

Columns derivativesOf(const PackedNetwork& network, const std::vector<std::span<const double>>& columns,
                      std::span<const double> direction, std::size_t rows)
{
    Columns out(columns.size(), rows);
    const std::vector<std::span<double>> gradient(out.gradient.begin(), out.gradient.end());
    network.differentiate(columns, direction, {out.value, gradient, out.second});
    return out;
}

std::vector<double> axis(std::size_t inputs, std::size_t which)
{
    std::vector<double> out(inputs);
    out[which] = 1;
    return out;
}

std::vector<double> randomDirection(std::uint64_t seed, std::size_t inputs)
{
    base::Generator generator(seed);
    std::vector<double> out(inputs);
    for (double& each : out)
        each = generator.uniform(-1, 1);
    return out;
}

} // namespace

class NetworkDerivativesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jetsAreDifferencesOfTheDefinition();
    void activationsBendAsTheyShould_data() { addPathsAndActivations(); }
    void activationsBendAsTheyShould();
    void derivativesAreExact_data() { addPathsAndActivations(); }
    void derivativesAreExact();
    void rowIsTheSameInEveryBatch_data() { addPathsAndActivations(); }
    void rowIsTheSameInEveryBatch();
    void badRowStaysAlone_data() { addPathsAndActivations(); }
    void badRowStaysAlone();
    void layersThatOverflowAreNotKnown();
    void onlyWhatIsWantedIsWritten();
};

/// The other tests' judge, by finite differences.
void NetworkDerivativesTest::jetsAreDifferencesOfTheDefinition()
{
    constexpr double step = 1e-4;
    for (const Activation activation : {Activation::Silu, Activation::Softplus}) {
        const Network network = randomNetwork(61, 5, {20, 20}, activation);
        const std::vector<double> direction = randomDirection(62, 5), at = Batch(63, 5, 1).row(0);
        const auto along = [&](double t) {
            std::vector<double> moved = at;
            for (std::size_t i = 0; i < moved.size(); ++i)
                moved[i] += t * direction[i];
            return learning::evaluatePlainly(network, moved);
        };
        const Jet jet = jetOf(network, at, direction);
        QVERIFY(std::abs(jet.value - along(0)) < 1e-13);
        QVERIFY(std::abs(jet.slope - (along(step) - along(-step)) / (2 * step)) < 1e-6);
        QVERIFY(std::abs(jet.bend - (along(step) - 2 * along(0) + along(-step)) / (step * step)) < 1e-5);
    }
}

void NetworkDerivativesTest::activationsBendAsTheyShould()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    const Network network = identityOf(static_cast<Activation>(activation));
    const PackedNetwork packed = PackedNetwork::pack(network).value();
    std::vector<double> z;
    for (int i = -4'999; i < 5'000; i += 2) // never at ReLU's corner
        z.push_back(static_cast<double>(static_cast<float>(i) * 0.02F));
    const std::array direction{1.0};
    const Columns found = derivativesOf(packed, {z}, direction, z.size());
    double worstSlope = 0, worstBend = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        const Jet exact = jetOf(network, std::array{z[i]}, direction);
        worstSlope = std::max(worstSlope, std::abs(found.gradient[0][i] - exact.slope));
        if (network.activation != Activation::Relu)
            worstBend = std::max(worstBend, std::abs(found.second[i] - exact.bend));
    }
    qInfo("slope %.2g, bend %.2g", worstSlope, worstBend);
    QVERIFY(worstSlope <= 4e-7 && worstBend <= 4e-7);
}

void NetworkDerivativesTest::derivativesAreExact()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    const bool isSmooth = static_cast<Activation>(activation) != Activation::Relu;
    double worstSlope = 0, worstBend = 0;
    std::uint64_t seed = 300;
    for (const Shape& shape : shapes()) {
        const Network network = randomNetwork(++seed, shape.inputs, shape.widths, static_cast<Activation>(activation));
        const PackedNetwork packed = PackedNetwork::pack(network).value();
        const Batch batch(seed, shape.inputs, 29);
        const std::vector<double> direction = randomDirection(seed, shape.inputs);
        const Columns found = derivativesOf(packed, batch.view(), direction, batch.rows());
        std::vector<double> values(batch.rows());
        packed.evaluate(batch.view(), values);
        QVERIFY(std::ranges::equal(values, found.value, isSame));
        for (std::size_t row = 0; row < batch.rows(); row += 7) {
            const std::vector<double> at = batch.row(row);
            const double bend = jetOf(network, at, direction).bend;
            if (isSmooth)
                worstBend = std::max(worstBend, std::abs(found.second[row] - bend) / (1 + std::abs(bend)));
            else
                QVERIFY(std::isnan(found.second[row]));
            for (std::size_t input = 0; input < shape.inputs; input += 3) {
                const double slope = jetOf(network, at, axis(shape.inputs, input)).slope;
                worstSlope = std::max(worstSlope, std::abs(found.gradient[input][row] - slope) / (1 + std::abs(slope)));
            }
        }
    }
    qInfo("slope %.2g, bend %.2g", worstSlope, worstBend);
    QVERIFY(worstSlope <= 1e-5 && worstBend <= 3e-5);
}

void NetworkDerivativesTest::rowIsTheSameInEveryBatch()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    std::uint64_t seed = 400;
    for (const Shape& shape : shapes()) {
        const PackedNetwork packed =
            randomPacked(++seed, shape.inputs, shape.widths, static_cast<Activation>(activation));
        const Batch batch(seed, shape.inputs, 60);
        const std::vector<double> direction = randomDirection(seed, shape.inputs);
        const Columns all = derivativesOf(packed, batch.view(), direction, batch.rows());
        for (const std::size_t count : {0, 1, 2, 5, 7, 23, 24, 25, 49}) {
            const std::size_t first = 60 - count - count % 3;
            const Columns some = derivativesOf(packed, batch.view(first, count), direction, count);
            for (std::size_t i = 0; i < count; ++i)
                QVERIFY(std::ranges::equal(some.row(i), all.row(first + i), isSame));
        }
    }
}

void NetworkDerivativesTest::badRowStaysAlone()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    const PackedNetwork packed = randomPacked(71, 4, {24, 40}, static_cast<Activation>(activation));
    Batch batch(72, 4, 50);
    const std::vector<double> direction = randomDirection(73, 4);
    const Columns before = derivativesOf(packed, batch.view(), direction, batch.rows());
    batch.columns[0][3] = notANumber;
    batch.columns[3][24] = std::numeric_limits<double>::infinity();
    const Columns after = derivativesOf(packed, batch.view(), direction, batch.rows());
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        const std::vector<double> cells = after.row(row);
        if (row == 3 || row == 24)
            QVERIFY(std::ranges::all_of(cells, [](double cell) { return std::isnan(cell); }));
        else
            QVERIFY(std::ranges::equal(cells, before.row(row), isSame));
    }
}

void NetworkDerivativesTest::layersThatOverflowAreNotKnown()
{
    const std::array direction{1.0};
    for (const Activation activation : {Activation::Relu, Activation::Silu, Activation::Softplus}) {
        Network steep = identityOf(activation);
        steep.layers.back().weights = {3e38F};
        steep.layers.back().bias = {3e38F};
        steep.layers.insert(steep.layers.begin(), {.inputs = 1, .outputs = 1, .weights = {3e38F}, .bias = {0}});
        const Columns found = derivativesOf(PackedNetwork::pack(steep).value(), {std::array{2.0}}, direction, 1);
        QVERIFY(std::ranges::all_of(found.row(0), [](double cell) { return std::isnan(cell); }));
    }
}

void NetworkDerivativesTest::onlyWhatIsWantedIsWritten()
{
    const PackedNetwork packed = randomPacked(81, 3, {24, 40}, Activation::Silu);
    const Batch batch(82, 3, 40);
    const std::vector<double> direction = randomDirection(83, 3);
    const Columns all = derivativesOf(packed, batch.view(), direction, 40);
    std::vector<double> value(40), slope(40), second(40);
    packed.differentiate(batch.view(), direction, {value, {}, {}});
    packed.differentiate(batch.view(), direction, {{}, {}, second});
    const std::vector<std::span<double>> gradient{{}, slope, {}};
    packed.differentiate(batch.view(), direction, {{}, gradient, {}});
    QVERIFY(std::ranges::equal(value, all.value, isSame));
    QVERIFY(std::ranges::equal(second, all.second, isSame));
    QVERIFY(std::ranges::equal(slope, all.gradient[1], isSame));
}

QTEST_GUILESS_MAIN(NetworkDerivativesTest)
#include "network_derivatives_test.moc"
