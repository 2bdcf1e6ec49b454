#include "strategies/volatility/implied_correlation.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk::strategies;

namespace
{

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Domain reference F5.
const std::vector<BasketMember> threeMembers{{0.40, 0.30}, {0.35, 0.25}, {0.25, 0.40}};
constexpr double indexVolatility = 0.22;

bool isNear(double found, double expected, double bound)
{
    return std::abs(found - expected) < bound;
}

std::vector<double> closesFrom(const std::vector<double>& moves)
{
    std::vector<double> closes{100};
    for (const double move : moves)
        closes.push_back(closes.back() * std::exp(move));
    return closes;
}

/// Four days on which two moves have correlation 0: (+,+), (+,−), (−,+), (−,−).
const std::vector<double> slow{0.01, 0.01, -0.01, -0.01};
const std::vector<double> fast{0.02, -0.02, 0.02, -0.02};

std::vector<double> sumOf(const std::vector<double>& a, double scaleA, const std::vector<double>& b, double scaleB)
{
    std::vector<double> out;
    for (std::size_t i = 0; i < a.size(); ++i)
        out.push_back(scaleA * a[i] + scaleB * b[i]);
    return out;
}

} // namespace

class ImpliedCorrelationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threeMembersGiveTheReference();
    void correlationComesBackFromTheIndexItMakes_data();
    void correlationComesBackFromTheIndexItMakes();
    void whatIsNotKnownIsLeftOutAndTheRestRescaled();
    void tooLittleIsNotKnown_data();
    void tooLittleIsNotKnown();
    void badInputIsNamed_data();
    void badInputIsNamed();
    void realisedComesBackFromMovesThatHaveIt_data();
    void realisedComesBackFromMovesThatHaveIt();
    void pairsAreWeighted();
    void onlyTheWindowCounts();
    void membersWithoutAllDaysAreLeftOut();
    void badWindowsAreNamed();
    void horizonsMatch();
    void historyKnowsPercentileAndMedian();
};

void ImpliedCorrelationTest::threeMembersGiveTheReference()
{
    const auto found = impliedCorrelation(indexVolatility, threeMembers);
    QVERIFY(found);
    QVERIFY2(isNear(found->exact, 0.2615, 5e-5), qPrintable(QString::number(found->exact, 'g', 9)));
    QVERIFY2(isNear(found->proxy, 0.51186, 5e-6), qPrintable(QString::number(found->proxy, 'g', 9)));
    QVERIFY(isNear(found->averageVolatility, 0.3075, 1e-12));
    QCOMPARE(found->members, 3U);
    QVERIFY(isNear(found->coverage, 1, 1e-12));

    // Only proportions count.
    std::vector<BasketMember> percent = threeMembers;
    for (BasketMember& member : percent)
        member.weight *= 100;
    QVERIFY(isNear(impliedCorrelation(indexVolatility, percent)->exact, found->exact, 1e-12));
}

void ImpliedCorrelationTest::correlationComesBackFromTheIndexItMakes_data()
{
    QTest::addColumn<double>("correlation");
    for (const double correlation : {-0.3, 0.0, 0.35, 1.0, 1.2}) // beyond 1: it is shown as it is
        QTest::addRow("%g", correlation) << correlation;
}

void ImpliedCorrelationTest::correlationComesBackFromTheIndexItMakes()
{
    QFETCH(double, correlation);
    double variance = 0;
    for (std::size_t i = 0; i < threeMembers.size(); ++i) {
        for (std::size_t j = 0; j < threeMembers.size(); ++j)
            variance += threeMembers[i].weight * threeMembers[j].weight * threeMembers[i].volatility *
                        threeMembers[j].volatility * (i == j ? 1 : correlation);
    }
    const auto found = impliedCorrelation(std::sqrt(variance), threeMembers);
    QVERIFY(found);
    QVERIFY2(isNear(found->exact, correlation, 1e-12), qPrintable(QString::number(found->exact, 'g', 15)));
    if (correlation < 1)
        QVERIFY(found->proxy > found->exact);
}

void ImpliedCorrelationTest::whatIsNotKnownIsLeftOutAndTheRestRescaled()
{
    std::vector<BasketMember> members = threeMembers;
    members.push_back({0.25, unknown});
    const auto found = impliedCorrelation(indexVolatility, members);
    QVERIFY(found);
    QVERIFY(isNear(found->exact, impliedCorrelation(indexVolatility, threeMembers)->exact, 1e-12));
    QVERIFY(isNear(found->proxy, 0.51186, 5e-6));
    QCOMPARE(found->members, 3U);
    QVERIFY(isNear(found->coverage, 0.8, 1e-12));
}

void ImpliedCorrelationTest::tooLittleIsNotKnown_data()
{
    QTest::addColumn<double>("index");
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("second");
    QTest::addColumn<double>("average");
    QTest::newRow("no index") << unknown << 0.3 << 0.2 << 0.25;
    QTest::newRow("one member") << 0.2 << 0.3 << unknown << 0.3;
    QTest::newRow("no member") << 0.2 << unknown << unknown << unknown;
}

void ImpliedCorrelationTest::tooLittleIsNotKnown()
{
    QFETCH(double, index);
    QFETCH(double, first);
    QFETCH(double, second);
    QFETCH(double, average);
    const std::vector<BasketMember> members{{0.5, first}, {0.5, second}};
    const auto found = impliedCorrelation(index, members);
    QVERIFY(found);
    QVERIFY(std::isnan(found->exact));
    QVERIFY(std::isnan(found->proxy));
    QCOMPARE(found->averageVolatility, average);
}

void ImpliedCorrelationTest::badInputIsNamed_data()
{
    QTest::addColumn<double>("index");
    QTest::addColumn<double>("weight");
    QTest::addColumn<double>("volatility");
    QTest::addColumn<QString>("message");
    const QString volatilities = " is not allowed: a positive number, or NaN where it is not known";
    QTest::newRow("negative index") << -0.2 << 0.5 << 0.3 << "volatility of the index \"-0.2\"" + volatilities;
    QTest::newRow("infinite index") << infinite << 0.5 << 0.3 << "volatility of the index \"inf\"" + volatilities;
    QTest::newRow("no volatility") << 0.2 << 0.5 << 0.0 << "volatility of member 2 \"0\"" + volatilities;
    QTest::newRow("negative weight") << 0.2 << -0.5 << 0.3
                                     << "weight of member 2 \"-0.5\" is not allowed: a positive number";
    QTest::newRow("no weight") << 0.2 << 0.0 << 0.3 << "weight of member 2 \"0\" is not allowed: a positive number";
    QTest::newRow("unknown weight") << 0.2 << unknown << 0.3
                                    << "weight of member 2 \"nan\" is not allowed: a positive number";
}

void ImpliedCorrelationTest::badInputIsNamed()
{
    QFETCH(double, index);
    QFETCH(double, weight);
    QFETCH(double, volatility);
    QFETCH(QString, message);
    const std::vector<BasketMember> members{{0.5, 0.3}, {weight, volatility}};
    const auto found = impliedCorrelation(index, members);
    QVERIFY(!found);
    QCOMPARE(QString::fromStdString(found.error().message()), message);

    const auto single = impliedCorrelation(0.2, std::span(members).first(1));
    QVERIFY(!single);
    QCOMPARE(single.error().message(), std::string("members \"1\" is not allowed: at least 2"));
}

void ImpliedCorrelationTest::realisedComesBackFromMovesThatHaveIt_data()
{
    QTest::addColumn<double>("correlation");
    for (const double correlation : {-1.0, -0.5, 0.0, 0.6, 1.0})
        QTest::addRow("%g", correlation) << correlation;
}

void ImpliedCorrelationTest::realisedComesBackFromMovesThatHaveIt()
{
    QFETCH(double, correlation);
    // The second member moves with the first as far as the correlation says; the index is their basket, in logarithms too.
    const double rest = std::sqrt(1 - correlation * correlation);
    const std::vector<double> other = sumOf(slow, correlation * 2, fast, rest);
    const std::vector<double> first = closesFrom(slow), second = closesFrom(other);
    const std::vector<double> index = closesFrom(sumOf(slow, 0.7, other, 0.3));
    const std::vector<MemberCloses> members{{0.7, first}, {0.3, second}};
    const auto found = realisedCorrelation(index, members, 4);
    QVERIFY(found);
    QVERIFY2(isNear(found->exact, correlation, 1e-9), qPrintable(QString::number(found->exact, 'g', 15)));
    QVERIFY2(isNear(found->pairwise, correlation, 1e-9), qPrintable(QString::number(found->pairwise, 'g', 15)));
    QVERIFY(isNear(found->averageVolatility, (0.7 * 0.01 + 0.3 * 0.02) * std::sqrt(252.0), 1e-12));
    QVERIFY(isNear(found->proxy, std::pow(found->indexVolatility / found->averageVolatility, 2), 1e-12));
}

void ImpliedCorrelationTest::pairsAreWeighted()
{
    const std::vector<double> a = closesFrom(slow), b = closesFrom(sumOf(slow, 3, fast, 0)), c = closesFrom(fast);
    const std::vector<MemberCloses> members{{0.5, a}, {0.3, b}, {0.2, c}}; // ρ 1 between a and b, else 0
    const auto found = realisedCorrelation({}, members, 4);
    QVERIFY(found);
    QVERIFY(isNear(found->pairwise, 0.15 / (0.15 + 0.10 + 0.06), 1e-9));
    QVERIFY(std::isnan(found->exact)); // which needs the index
    QVERIFY(std::isnan(found->indexVolatility));
}

void ImpliedCorrelationTest::onlyTheWindowCounts()
{
    std::vector<double> before{0.05, -0.04, 0.03}; // three wild days in which both went the same way
    std::vector<double> longer = before;
    longer.insert(longer.end(), slow.begin(), slow.end());
    std::vector<double> other = before;
    other.insert(other.end(), fast.begin(), fast.end());
    const std::vector<double> a = closesFrom(longer), b = closesFrom(other);
    const std::vector<MemberCloses> members{{1, a}, {1, b}};
    QVERIFY(isNear(realisedCorrelation({}, members, 4)->pairwise, 0, 1e-9));
    QVERIFY(realisedCorrelation({}, members, 7)->pairwise > 0.5);
    QVERIFY(std::isnan(realisedCorrelation({}, members, 8)->pairwise)); // a day more than there is
}

void ImpliedCorrelationTest::membersWithoutAllDaysAreLeftOut()
{
    const std::vector<double> a = closesFrom(slow), b = closesFrom(fast);
    std::vector<double> gap = closesFrom(sumOf(slow, 1, fast, 1)), still(5, 50.0);
    gap[2] = unknown;
    const std::vector<double> young = closesFrom({0.01, 0.01});
    const std::vector<MemberCloses> members{{0.3, a}, {0.3, b}, {0.2, gap}, {0.1, still}, {0.1, young}};
    const auto found = realisedCorrelation(closesFrom(sumOf(slow, 0.5, fast, 0.5)), members, 4);
    QVERIFY(found);
    QCOMPARE(found->members, 2U);
    QVERIFY(isNear(found->coverage, 0.6, 1e-12));
    QVERIFY(isNear(found->exact, 0, 1e-9));
    QVERIFY(isNear(found->pairwise, 0, 1e-9));
}

void ImpliedCorrelationTest::badWindowsAreNamed()
{
    const std::vector<double> a = closesFrom(slow), b = closesFrom(fast);
    const std::vector<MemberCloses> members{{1, a}, {1, b}};
    QCOMPARE(realisedCorrelation(a, members, 1).error().message(), std::string("days \"1\" is not allowed: 2 to 2520"));
    QCOMPARE(realisedCorrelation(a, members, 2521).error().field, std::string("days"));
    const std::vector<MemberCloses> unweighted{{1, a}, {0, b}};
    QCOMPARE(realisedCorrelation(a, unweighted, 4).error().field, std::string("weight of member 2"));
}

void ImpliedCorrelationTest::horizonsMatch()
{
    QCOMPARE(matchedTradingDays(30), 21U);
    QCOMPARE(matchedTradingDays(91), 63U);
    QCOMPARE(matchedTradingDays(1), 2U);
    QCOMPARE(matchedTradingDays(unknown), 2U);
    QCOMPARE(matchedTradingDays(1e9), 2520U);
}

void ImpliedCorrelationTest::historyKnowsPercentileAndMedian()
{
    std::vector<double> history(100, 9.0); // older than a year
    for (int day = 0; day < 252; ++day)
        history.push_back(day % 2 == 0 ? unknown : (day - 126) / 252.0); // 126 known ones, the lower half below zero
    QVERIFY(isNear(correlationPercentile(history, 0), 0.5, 1.0 / 126));
    QCOMPARE(correlationPercentile(history, 2), 1.0);
    QCOMPARE(correlationPercentile(history, -2), 0.0);
    QVERIFY(std::isnan(correlationPercentile(history, unknown)));
    QVERIFY(isNear(correlationMedian(history), 0, 1e-12));

    const std::vector<double> few(59, 0.3);
    QVERIFY(std::isnan(correlationPercentile(few, 0.3)));
    QVERIFY(std::isnan(correlationMedian(few)));
    std::vector<double> odd(30, 0.1);
    odd.insert(odd.end(), 31, 0.4);
    QCOMPARE(correlationMedian(odd), 0.4);
    QCOMPARE(correlationPercentile(odd, 0.4), 30.0 / 61);
}

QTEST_GUILESS_MAIN(ImpliedCorrelationTest)
#include "implied_correlation_test.moc"
