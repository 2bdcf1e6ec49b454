#include "learning/packed_network.h"

#include "networks.h"

#include <QtTest>

#include <thread>

using namespace vegadesk;
using namespace vegadesk::tests::networks;
using learning::PackedNetwork;
using pricing::SimdPath;
using pricing::SimdPathPin;

namespace
{

std::vector<double> valuesOf(const PackedNetwork& network, const std::vector<std::span<const double>>& columns,
                             std::size_t rows)
{
    std::vector<double> out(rows, -7);
    network.evaluate(columns, out);
    return out;
}

} // namespace

class NetworkKernelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void activationsAreExact_data() { addPathsAndActivations(); }
    void activationsAreExact();
    void valuesAreTheDefinitions_data() { addPathsAndActivations(); }
    void valuesAreTheDefinitions();
    void rowIsTheSameInEveryBatch_data() { addPathsAndActivations(); }
    void rowIsTheSameInEveryBatch();
    void columnMayHoldOneValueForAll();
    void badRowStaysAlone_data() { addPathsAndActivations(); }
    void badRowStaysAlone();
    void threadsShareOneNetwork();
};

/// In units of a float's last place.
void NetworkKernelTest::activationsAreExact()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    const Network network = identityOf(static_cast<Activation>(activation));
    const PackedNetwork packed = PackedNetwork::pack(network).value();
    std::vector<double> z;
    for (int i = -8'700; i <= 8'700; ++i)
        z.push_back(static_cast<double>(static_cast<float>(i) * 0.01F));
    for (int i = -2'000; i <= 2'000; ++i) // floats of every last digit
        z.push_back(static_cast<double>(static_cast<float>(i) * 0.00123F));
    const std::vector<double> found = valuesOf(packed, {z}, z.size());
    double worst = 0, worstAt = 0;
    for (std::size_t i = 0; i < z.size(); ++i) {
        const double exact = learning::evaluatePlainly(network, std::array{z[i]});
        const double lastPlace = std::abs(exact) * static_cast<double>(std::numeric_limits<float>::epsilon()) + 1e-44;
        if (const double error = std::abs(found[i] - exact) / lastPlace; error > worst) {
            worst = error;
            worstAt = z[i];
        }
    }
    qInfo("worst %.2f ulp at %g", worst, worstAt);
    QVERIFY(worst <= 2.5);
}

void NetworkKernelTest::valuesAreTheDefinitions()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    double worst = 0;
    std::uint64_t seed = 100;
    for (const Shape& shape : shapes()) {
        const Network network = randomNetwork(++seed, shape.inputs, shape.widths, static_cast<Activation>(activation));
        const PackedNetwork packed = PackedNetwork::pack(network).value();
        QCOMPARE(packed.inputCount(), shape.inputs);
        const Batch batch(seed, shape.inputs, 61);
        const std::vector<double> found = valuesOf(packed, batch.view(), batch.rows());
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            const double exact = learning::evaluatePlainly(network, batch.row(row));
            worst = std::max(worst, std::abs(found[row] - exact) / (1 + std::abs(exact)));
        }
    }
    qInfo("worst %.2g", worst);
    QVERIFY(worst <= 5e-6);
}

void NetworkKernelTest::rowIsTheSameInEveryBatch()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    std::uint64_t seed = 200;
    for (const Shape& shape : shapes()) {
        const PackedNetwork packed =
            randomPacked(++seed, shape.inputs, shape.widths, static_cast<Activation>(activation));
        const Batch batch(seed, shape.inputs, 150);
        const std::vector<double> all = valuesOf(packed, batch.view(), batch.rows());
        for (const std::size_t count : {0, 1, 2, 3, 4, 5, 6, 7, 13, 47, 48, 49, 97}) {
            const std::size_t first = 150 - count - count % 3;
            const std::vector<double> some = valuesOf(packed, batch.view(first, count), count);
            for (std::size_t i = 0; i < count; ++i)
                QVERIFY(isSame(some[i], all[first + i]));
        }
    }
}

void NetworkKernelTest::columnMayHoldOneValueForAll()
{
    const PackedNetwork packed = randomPacked(31, 3, {20, 20}, Activation::Silu);
    Batch batch(32, 3, 101);
    std::ranges::fill(batch.columns[1], 0.75);
    const std::vector<double> full = valuesOf(packed, batch.view(), batch.rows());
    batch.columns[1].resize(1);
    const std::vector<double> shared = valuesOf(packed, batch.view(0, 101), 101);
    QVERIFY(std::ranges::equal(full, shared, isSame));
}

void NetworkKernelTest::badRowStaysAlone()
{
    QFETCH(int, path);
    QFETCH(int, activation);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    const PackedNetwork packed = randomPacked(41, 4, {24, 40}, static_cast<Activation>(activation));
    Batch batch(42, 4, 70);
    const std::vector<double> before = valuesOf(packed, batch.view(), batch.rows());
    batch.columns[0][3] = notANumber;
    batch.columns[3][10] = std::numeric_limits<double>::infinity();
    batch.columns[2][47] = -std::numeric_limits<double>::infinity();
    batch.columns[1][48] = 1e300; // no float
    batch.columns[1][69] = notANumber;
    const std::vector<double> after = valuesOf(packed, batch.view(), batch.rows());
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        const bool isBad = row == 3 || row == 10 || row == 47 || row == 48 || row == 69;
        QVERIFY(isBad ? std::isnan(after[row]) : isSame(after[row], before[row]));
    }
    // Finite inputs whose layers overflow.
    Network steep = randomNetwork(43, 1, {4, 4, 4}, static_cast<Activation>(activation));
    for (float& weight : steep.layers[0].weights)
        weight = 3e38F;
    for (float& weight : steep.layers[1].weights)
        weight = 3e38F;
    const auto overflown = valuesOf(PackedNetwork::pack(steep).value(), {std::array{2.0}}, 1);
    QVERIFY(std::isnan(overflown[0]));
}

void NetworkKernelTest::threadsShareOneNetwork()
{
    const PackedNetwork packed = randomPacked(51, 8, {64, 64}, Activation::Softplus);
    const Batch batch(52, 8, 300);
    const std::vector<double> alone = valuesOf(packed, batch.view(), batch.rows());
    std::array<std::vector<double>, 3> found;
    {
        std::vector<std::jthread> threads;
        for (auto& each : found)
            threads.emplace_back([&] { each = valuesOf(packed, batch.view(), batch.rows()); });
    }
    for (const auto& each : found)
        QVERIFY(std::ranges::equal(each, alone, isSame));
}

QTEST_GUILESS_MAIN(NetworkKernelTest)
#include "network_kernel_test.moc"
