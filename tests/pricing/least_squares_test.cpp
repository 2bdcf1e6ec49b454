#include "pricing/calibration/least_squares.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk::pricing::calibration;

namespace
{

/// Rosenbrock's valley as two residuals, 10 (y - x²) and 1 - x: least at (1, 1).
bool valley(const Vector& x, Residuals& residuals, Jacobian& jacobian)
{
    residuals.resize(2);
    jacobian.resize(2, 2);
    residuals << 10 * (x[1] - x[0] * x[0]), 1 - x[0];
    jacobian << -20 * x[0], 10, -1, 0;
    return true;
}

Vector point(double x, double y)
{
    Vector out(2);
    out << x, y;
    return out;
}

const Box wide{point(-100, -100), point(100, 100)};

} // namespace

class LeastSquaresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheEndOfTheValley();
    void endsAtTheBoxWhereTheLeastIsOutside();
    void bringsAStartIntoTheBox();
    void backsAwayFromWhatCannotBeEvaluated();
    void saysWhenTheStartCannotBeEvaluated();
    void stopsBetweenIterations();
};

void LeastSquaresTest::findsTheEndOfTheValley()
{
    const Solution found = minimise(point(-1.2, 1), wide, valley, 200, {});
    QCOMPARE(found.outcome, Outcome::Converged);
    QVERIFY((found.x - point(1, 1)).norm() < 1e-9);
    QVERIFY(found.sumOfSquares < 1e-18);
    QVERIFY(found.iterations < 60);
}

/// With x at most 1/2 the least is at (1/2, 1/4), where the sum is 1/4.
void LeastSquaresTest::endsAtTheBoxWhereTheLeastIsOutside()
{
    const Box box{point(-2, -2), point(0.5, 2)};
    const Solution found = minimise(point(-1.2, 1), box, valley, 200, {});
    QCOMPARE(found.outcome, Outcome::Converged);
    QCOMPARE(found.x[0], 0.5);
    QVERIFY(std::abs(found.x[1] - 0.25) < 1e-8);
    QVERIFY(std::abs(found.sumOfSquares - 0.25) < 1e-12);
}

void LeastSquaresTest::bringsAStartIntoTheBox()
{
    const Box box{point(0, 0), point(2, 2)};
    const Solution found = minimise(point(-50, 70), box, valley, 0, {});
    QCOMPARE(found.outcome, Outcome::IterationLimit);
    QCOMPARE(found.x[0], 0.0);
    QCOMPARE(found.x[1], 2.0);
}

void LeastSquaresTest::backsAwayFromWhatCannotBeEvaluated()
{
    const auto partly = [](const Vector& x, Residuals& residuals, Jacobian& jacobian) {
        return x[1] < 1.5 && valley(x, residuals, jacobian);
    };
    const Solution found = minimise(point(-1.2, 1.4), wide, partly, 500, {});
    QVERIFY((found.x - point(1, 1)).norm() < 1e-8);
}

void LeastSquaresTest::saysWhenTheStartCannotBeEvaluated()
{
    const auto never = [](const Vector&, Residuals&, Jacobian&) { return false; };
    QCOMPARE(minimise(point(0, 0), wide, never, 10, {}).outcome, Outcome::NotEvaluable);
}

void LeastSquaresTest::stopsBetweenIterations()
{
    std::stop_source source;
    int calls = 0;
    const auto counted = [&](const Vector& x, Residuals& residuals, Jacobian& jacobian) {
        if (++calls == 3)
            source.request_stop();
        return valley(x, residuals, jacobian);
    };
    const Solution found = minimise(point(-1.2, 1), wide, counted, 200, source.get_token());
    QCOMPARE(found.outcome, Outcome::Stopped);
    QCOMPARE(calls, 3);
    QCOMPARE(found.iterations, 2);
    QVERIFY(found.sumOfSquares < 24.2); // the start's
}

QTEST_GUILESS_MAIN(LeastSquaresTest)
#include "least_squares_test.moc"
