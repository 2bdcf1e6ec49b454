#include "learning/training/errors.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using learning::errorsOf;

namespace
{

constexpr std::size_t enough = 50; ///< of a region, for a bound

std::vector<double> repeated(const std::vector<double>& values, std::size_t times = enough)
{
    std::vector<double> out;
    for (std::size_t i = 0; i < times; ++i)
        out.insert(out.end(), values.begin(), values.end());
    return out;
}

/// Four points, often, with errors of 1, -2, 3 and 0 thousandths in two regions.
learning::SampleSet points(std::size_t times = enough)
{
    learning::SampleSet set;
    set.teacher = learning::findTeacher("black_scholes").value();
    std::vector<double> inputs;
    for (const double moneyness : {0.45, 0.5, 1.55, 1.58})
        inputs.insert(inputs.end(), {moneyness, 0.25, 0.05, 0.0, 0.2});
    set.inputs = repeated(inputs, times);
    set.prices = repeated({0.1, 0.2, 0.3, 0.4}, times);
    return set;
}

const std::vector<double> said{0.101, 0.198, 0.303, 0.4};

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-14;
}

} // namespace

class ErrorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAreOfTheErrors()
    {
        const learning::ErrorReport report = errorsOf(points(), repeated(said));
        QCOMPARE(report.all.count, 4 * enough);
        QVERIFY(isNear(report.all.meanSquare, 14e-6 / 4));
        QVERIFY(isNear(report.all.meanAbsolute, 6e-3 / 4));
        QVERIFY(isNear(report.all.worst, 3e-3));
        QVERIFY(isNear(report.all.explained, 1 - 14e-6 / 4 / 0.0125));
    }

    void boundsAreOfRegions()
    {
        const learning::ErrorReport report = errorsOf(points(), repeated(said));
        QCOMPARE(report.regions.size(), std::size_t(32));
        QVERIFY(isNear(learning::boundAt(report, 0.41, 0.3), 1.5 * 2e-3));
        QVERIFY(isNear(learning::boundAt(report, 1.6, 0.2), 1.5 * 3e-3)); // the box's own end belongs to it
        QVERIFY(std::isnan(learning::boundAt(report, 1.61, 0.3)));
        std::size_t counted = 0;
        for (const learning::ErrorRegion& region : report.regions) {
            counted += region.figures.count;
            QCOMPARE(std::isnan(region.bound), region.figures.count == 0);
        }
        QCOMPARE(counted, 4 * enough);
    }

    /// The worst of a few says next to nothing of the next one.
    void aFewPromiseNothing()
    {
        constexpr std::size_t few = enough / 2 - 1; // two of the points share a region
        const learning::ErrorReport report = errorsOf(points(few), repeated(said, few));
        QVERIFY(std::isnan(learning::boundAt(report, 0.41, 0.3)));
        QVERIFY(isNear(report.all.worst, 3e-3));
    }

    /// Errors of short lives are far smaller, and most options are short: the first month must not share the first year's bound.
    void regionsFollowTheLogarithmOfYears()
    {
        learning::SampleSet set;
        set.teacher = learning::findTeacher("american_put").value();
        std::vector<double> middle;
        for (const learning::InputRange& input : set.teacher->inputs())
            middle.push_back((input.low + input.high) / 2);
        for (const double years : {0.02, 0.06, 0.07, 1.9}) {
            middle[1] = years;
            set.inputs.insert(set.inputs.end(), middle.begin(), middle.end());
        }
        set.inputs = repeated(set.inputs);
        set.prices = repeated({0.1, 0.1, 0.1, 0.1});
        const learning::ErrorReport report = errorsOf(set, repeated({0.1001, 0.1002, 0.103, 0.104}));
        QVERIFY(isNear(learning::boundAt(report, middle[0], 0.03), 1.5 * 2e-4));
        QVERIFY(isNear(learning::boundAt(report, middle[0], 0.1), 1.5 * 3e-3));
        QVERIFY(isNear(learning::boundAt(report, middle[0], 2), 1.5 * 4e-3));
    }

    void noPriceIsAnErrorOfThePrice()
    {
        const learning::ErrorReport report = errorsOf(points(), repeated({0.1, 0.2, 0.3, std::nan("")}));
        QVERIFY(isNear(report.all.worst, 0.4));
    }
};

QTEST_APPLESS_MAIN(ErrorsTest)
#include "errors_test.moc"
