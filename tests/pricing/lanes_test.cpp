#include "pricing/lanes_kernel.h"

#include "base/random.h"
#include "pricing/simd_path.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t count = 40'000;

/// e^{u²/2} N(-u) in extended precision: by the complement of the error function, and far out by its asymptotic series.
long double exactTail(double u)
{
    const long double x = u;
    if (u < 20)
        return 0.5L * std::exp(0.5L * x * x) * std::erfc(x * 0.707106781186547524400844362105L);
    long double sum = 0;
    long double term = 1;
    for (int n = 1; std::abs(term) > 1e-22L; n += 2) {
        sum += term;
        term *= -n / (x * x);
    }
    return sum * 0.398942280401432677939946059934L / x;
}

/// The worst error relative to the exact values, in eps.
template<class Exact>
double worstError(const std::vector<double>& found, const Exact& exact)
{
    double worst = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const long double expected = exact(i);
        worst = std::max(worst, static_cast<double>(std::abs((found[i] - expected) / expected)) / eps);
    }
    return worst;
}

void addPathRows()
{
    QTest::addColumn<int>("path");
    for (const SimdPath path : supportedSimdPaths())
        QTest::addRow("%s", std::string(simdPathName(path)).c_str()) << static_cast<int>(path);
}

} // namespace

/// The functions' own promises, against extended precision.
class LanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exponential_data() { addPathRows(); }
    void exponential();
    void logRatio_data() { addPathRows(); }
    void logRatio();
    void normalTail_data() { addPathRows(); }
    void normalTail();
};

void LanesTest::exponential()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    base::Generator generator(501);
    std::vector<double> x;
    for (std::size_t i = 0; i < count; ++i)
        x.push_back(i % 2 == 0 ? generator.uniform(-708, 709) : generator.uniform(-1, 1));
    std::vector<double> out(count);
    lanes_kernel::exponential(x, out);
    const double worst = worstError(out, [&](std::size_t i) { return std::exp(static_cast<long double>(x[i])); });
    qInfo("worst error %.3g eps", worst);
    QVERIFY(worst <= 2);

    const std::vector<double> edges{0, -infinity, infinity, -800, 800, -745, -740.5, 709.75};
    std::vector<double> found(edges.size());
    lanes_kernel::exponential(edges, found);
    QVERIFY(found[0] == 1 && found[1] == 0 && found[2] == infinity && found[3] == 0 && found[4] == infinity);
    for (const std::size_t subnormal : {std::size_t{5}, std::size_t{6}})
        QVERIFY(std::abs(found[subnormal] - std::exp(edges[subnormal])) <= std::numeric_limits<double>::denorm_min());
    QVERIFY(std::abs(found[7] / std::exp(edges[7]) - 1) <= 2 * eps);
}

void LanesTest::logRatio()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    base::Generator generator(502);
    std::vector<double> a;
    std::vector<double> b;
    for (std::size_t i = 0; i < count; ++i) {
        a.push_back(std::exp(generator.uniform(-300, 300)));
        const double distance = std::pow(10, generator.uniform(-15, 0)); // also where the quotient has lost all digits
        b.push_back(i % 2 == 0 ? std::exp(generator.uniform(-300, 300)) : a[i] * (1 + distance));
    }
    std::vector<double> out(count);
    lanes_kernel::logRatio(a, b, out);
    const double worst = worstError(out, [&](std::size_t i) {
        const long double difference = static_cast<long double>(a[i]) - static_cast<long double>(b[i]);
        const long double relative = difference / static_cast<long double>(b[i]);
        return std::abs(relative) < 0.5L ? std::log1p(relative)
                                         : std::log(static_cast<long double>(a[i]) / static_cast<long double>(b[i]));
    });
    qInfo("worst error %.3g eps", worst);
    QVERIFY(worst <= 2);

    const std::vector<double> same(8, 1234.5);
    std::vector<double> found(8);
    lanes_kernel::logRatio(same, same, found);
    QCOMPARE(found[0], 0.0);
}

void LanesTest::normalTail()
{
    QFETCH(int, path);
    const SimdPathPin pin(static_cast<SimdPath>(path));
    base::Generator generator(503);
    std::vector<double> u;
    for (std::size_t i = 0; i < count; ++i)
        u.push_back(i % 2 == 0 ? generator.uniform(0, 8) : std::pow(10, generator.uniform(-8, 15)));
    std::vector<double> out(count);
    lanes_kernel::scaledNormalTail(u, out);
    const double worst = worstError(out, [&](std::size_t i) { return exactTail(u[i]); });
    qInfo("worst error %.3g eps", worst);
    QVERIFY(worst <= 4);
}

QTEST_GUILESS_MAIN(LanesTest)
#include "lanes_test.moc"
