#include "desk/dispersion_view.h"
#include "running_desk.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using desk::DispersionGap;
using desk::DispersionView;
using tests::RunningDesk;

namespace
{

constexpr int patienceMs = 90'000;

/// As the panel does it: whoever looks says so each time.
std::shared_ptr<const DispersionView> look(const RunningDesk& running)
{
    running.desk().followDispersion();
    return running.desk().dispersion();
}

QString gapsOf(const RunningDesk& running)
{
    const auto view = look(running);
    QString words = QStringLiteral("%1 of %2 known").arg(view->known).arg(view->members.size());
    for (const desk::DispersionRow& row : view->members)
        words += QStringLiteral(", %1 gap %2 bars %3")
                     .arg(QString::fromStdString(row.symbol))
                     .arg(static_cast<int>(row.gap))
                     .arg(row.hasDays);
    return words + QStringLiteral("; ") + running.whatHappened();
}

} // namespace

/// Names that no chain is shown of, and nobody watches: listings, quotes and daily bars come because their correlation is looked at.
class DispersionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theShippedBasketIsKnownWithItsPast()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QVERIFY(running.desk().dispersion()->members.empty()); // nobody has looked
        const std::size_t count = desk::shippedBasket().members.size();
        QTRY_VERIFY2_WITH_TIMEOUT(look(running)->known == count && std::isfinite(look(running)->exact),
                                  qPrintable(gapsOf(running)), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(std::isfinite(look(running)->percentile) &&
                                      std::isfinite(look(running)->realisedQuarter),
                                  qPrintable(gapsOf(running)), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(std::ranges::all_of(look(running)->members, &desk::DispersionRow::hasDays),
                                  qPrintable(gapsOf(running)), patienceMs);
        const auto view = look(running);
        QVERIFY2(std::abs(view->exact) < 1 && view->proxy > view->exact,
                 qPrintable(QStringLiteral("%1 %2").arg(view->exact).arg(view->proxy)));
        QVERIFY(view->pairwiseMonth > 0 && view->pairwiseMonth < 1);
        QVERIFY(view->history->size() > 252);
        QVERIFY(std::isfinite(view->history->back().exact) && std::isfinite(view->history->back().realised));
        // The bars' index of 30 days and what the chains say now are two readings of one market.
        QVERIFY2(std::abs(view->history->back().exact - view->exact) < 0.2,
                 qPrintable(QStringLiteral("%1 %2").arg(view->history->back().exact).arg(view->exact)));
    }

    void anotherBasketTakesItsPlace()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QVERIFY(desk::setBasket(running.desk().settings(), "QQQ = AAPL 0.09, MSFT 0.08, ZZZZ 0.01"));
        const auto isThere = [&] {
            const auto view = look(running);
            return view->index.symbol == "QQQ" && view->known == 2 && view->members[2].gap == DispersionGap::NotKnown &&
                   std::isfinite(view->exact);
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isThere(), qPrintable(gapsOf(running)), patienceMs);
        QVERIFY(std::abs(look(running)->coverage - 0.17 / 0.18) < 1e-9);
    }

    /// Nothing is shown of its members, and nobody watches them: their listings and quotes come because it is armed.
    void anArmedOneLooksAtEveryMember()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        running.desk().armStrategy({"dispersion", desk::shippedBasket().index, {{"entry", "always"}}});
        const auto row = [&] {
            const auto view = running.desk().strategiesAtWork();
            return view->rows.empty() ? desk::StrategyRow() : view->rows.front();
        };
        QTRY_VERIFY2_WITH_TIMEOUT(row().state == desk::StrategyState::Armed, row().doing.c_str(), patienceMs);
        QCOMPARE(row().constituents.size(), desk::shippedBasket().members.size());
        // It has seen the quotes of enough of them to size a trade, which is more than this account may hold.
        QTRY_VERIFY2_WITH_TIMEOUT(
            row().doing.starts_with("Stays out: one straddle of the index is more than one trade"),
            qPrintable(QString::fromStdString(row().doing) + running.whatHappened()), patienceMs);
    }
};

QTEST_GUILESS_MAIN(DispersionTest)
#include "dispersion_test.moc"
