#include "chain_views.h"
#include "no_warnings.h"
#include "ui/models/chain_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;
using test::chainView;
using test::shared;

namespace
{
/// First and last row of each dataChanged.
QList<QPair<int, int>> runs(const QSignalSpy& changed)
{
    QList<QPair<int, int>> rows;
    for (const auto& arguments : changed)
        rows << qMakePair(arguments[0].toModelIndex().row(), arguments[1].toModelIndex().row());
    return rows;
}
} // namespace

class ChainModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void columnsMirrorAboutTheStrike()
    {
        for (int column = 0; column < ChainModel::columns; ++column) {
            const auto field = ChainModel::fieldOf(column);
            const auto side = ChainModel::sideOf(column);
            QCOMPARE(field.has_value(), column != ChainModel::strikeColumn);
            QCOMPARE(side.has_value(), field.has_value());
            if (field)
                QCOMPARE(ChainModel::columnOf(*side, *field), column);
        }
        // On both sides a bid stands left of its ask.
        QCOMPARE(ChainModel::columnOf(market::Right::Call, ChainField::Bid) + 1,
                 ChainModel::columnOf(market::Right::Call, ChainField::Ask));
        QCOMPARE(ChainModel::columnOf(market::Right::Put, ChainField::Bid) + 1,
                 ChainModel::columnOf(market::Right::Put, ChainField::Ask));
        QCOMPARE(ChainModel::columnOf(market::Right::Put, ChainField::Bid), ChainModel::strikeColumn + 1);
        QCOMPARE(ChainModel::columnOf(market::Right::Put, ChainField::OpenInterest), ChainModel::columns - 1);
    }

    void itIsAProperModel()
    {
        ChainModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.update(shared(chainView(587)), 6, 0);
        QCOMPARE(model.rowCount(), 12);
        model.update(shared(chainView(587)), 30, 10);
        auto changed = chainView(587);
        changed.rows[18].call.bid = 8.01;
        model.update(shared(changed), 30, 20);
        model.update(shared(desk::ChainView()), 30, 30);
        QCOMPARE(model.rowCount(), 0);
    }

    void theWindowIsAroundTheMoney()
    {
        ChainModel model;
        model.update(shared(chainView(587)), 6, 0);
        QCOMPARE(model.rowCount(), 12);
        QCOMPARE(model.row(0).strike, 560.0);
        QCOMPARE(model.row(5).strike, 585.0);
        QCOMPARE(model.row(6).strike, 590.0);
        QCOMPARE(model.moneyRow(), 5);
        QCOMPARE(model.rowOfStrike(590), 6);
        QCOMPARE(model.rowOfStrike(500), -1);
    }

    void theWindowStaysUntilTheMoneyLeavesIt()
    {
        ChainModel model;
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.update(shared(chainView(587)), 6, 0);
        QCOMPARE(reset.size(), 1);
        model.update(shared(chainView(592)), 6, 10); // one strike further
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.moneyRow(), 6);
        model.update(shared(chainView(602)), 6, 20); // three: a third of six is two
        QCOMPARE(reset.size(), 2);
        QCOMPARE(model.row(0).strike, 575.0);
        QCOMPARE(model.moneyRow(), 5);
        model.update(shared(chainView(602)), 8, 30); // the user wants more
        QCOMPARE(reset.size(), 3);
        QCOMPARE(model.rowCount(), 16);
    }

    void moneyAtAnEndOfTheChain()
    {
        ChainModel model;
        model.update(shared(chainView(400)), 6, 0); // below every strike
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.moneyRow(), -1);
        model.update(shared(chainView(5000)), 6, 0);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.moneyRow(), 5);
        model.update(shared(chainView(desk::unknown)), 6, 0);
        QCOMPARE(model.rowCount(), 12);
        QCOMPARE(model.moneyRow(), -1);
        QVERIFY(!model.isInTheMoney(0, market::Right::Call));
        QVERIFY(!model.isInTheMoney(0, market::Right::Put));
    }

    void changesAreToldAsRuns()
    {
        ChainModel model;
        auto view = chainView(587);
        model.update(shared(view), 12, 1000);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.update(shared(view), 12, 1010); // nothing new
        QCOMPARE(changed.size(), 0);

        const auto first = static_cast<std::size_t>(model.row(0).strike - 500) / 5;
        view.rows[first + 2].call.bid = 7.99;
        view.rows[first + 3].put.iv = 0.2;
        view.rows[first + 7].call.openInterest = desk::unknown;
        view.rows[0].call.bid = 1; // not shown
        model.update(shared(view), 12, 1020);
        const QList<QPair<int, int>> wanted{{2, 3}, {7, 7}};
        QCOMPARE(runs(changed), wanted);
        QCOMPARE(changed[0][0].toModelIndex().column(), 0);
        QCOMPARE(changed[0][1].toModelIndex().column(), ChainModel::columns - 1);
    }

    void theMoneyLineMovesWithTheSpot()
    {
        ChainModel model;
        model.update(shared(chainView(587)), 12, 0);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.update(shared(chainView(592)), 12, 10);
        const QList<QPair<int, int>> wanted{{11, 12}}; // where it was and where it is
        QCOMPARE(runs(changed), wanted);
    }

    void pricesFlashAndFade()
    {
        ChainModel model;
        auto view = chainView(587);
        model.update(shared(view), 6, 1000);
        const int bid = ChainModel::columnOf(market::Right::Call, ChainField::Bid);
        const int volatility = ChainModel::columnOf(market::Right::Call, ChainField::Iv);
        const auto row = static_cast<std::size_t>(model.row(3).strike - 500) / 5;
        view.rows[row].call.bid = 8.05;
        view.rows[row].call.iv = 0.16;
        model.update(shared(view), 6, 1016);
        QCOMPARE(model.flash(3, bid), ChainModel::flashSteps);
        QCOMPARE(model.flash(3, volatility), 0); // it moves with every tick of the spot: a flash would say nothing
        QCOMPARE(model.flash(2, bid), 0);

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.update(shared(view), 6, 1030);
        QCOMPARE(changed.size(), 0); // same step: nothing to repaint
        model.update(shared(view), 6, 1016 + 2 * ChainModel::flashMs / 3 + 1);
        QCOMPARE(model.flash(3, bid), 1);
        QCOMPARE(changed.size(), 1);
        model.update(shared(view), 6, 1016 + ChainModel::flashMs);
        QCOMPARE(model.flash(3, bid), 0);
        QCOMPARE(changed.size(), 2);
        model.update(shared(view), 6, 2000);
        QCOMPARE(changed.size(), 2);
    }

    void theFirstPriceIsNoNews()
    {
        ChainModel model;
        auto view = chainView(587);
        for (auto& row : view.rows)
            row.call.bid = desk::unknown;
        model.update(shared(view), 6, 0);
        model.update(shared(chainView(587)), 6, 16);
        QCOMPARE(model.flash(3, ChainModel::columnOf(market::Right::Call, ChainField::Bid)), 0);
    }

    void whatReadsAsBeforeIsNoNews()
    {
        ChainModel model;
        auto view = chainView(587);
        model.update(shared(view), 6, 0);
        const int mark = ChainModel::columnOf(market::Right::Call, ChainField::Mark);
        const auto row = static_cast<std::size_t>(model.row(3).strike - 500) / 5;
        const double before = view.rows[row].call.mark = 8.011;
        model.update(shared(view), 6, 1000);
        model.update(shared(view), 6, 2000); // its flash is over
        view.rows[row].call.mark = before + 0.001;
        model.update(shared(view), 6, 2016);
        QCOMPARE(model.flash(3, mark), 0);
        view.rows[row].call.mark = before + 0.01;
        model.update(shared(view), 6, 2032);
        QCOMPARE(model.flash(3, mark), ChainModel::flashSteps);
    }

    void cellsSayWhatTheyAre()
    {
        ChainModel model;
        auto view = chainView(587);
        view.rows[17].put.flags.set(market::QuoteFlag::Stale);
        view.rows[17].put.position = -5;
        view.rows[16].call = {};
        view.rows[17].call.inTheMoney = 0.5123;
        view.rows[17].call.touch = 0.981;
        model.update(shared(view), 6, 0);
        const int row = model.rowOfStrike(585);
        const auto shown = [&](market::Right side, ChainField field, int role) {
            return model.index(row, ChainModel::columnOf(side, field)).data(role).toString();
        };
        QCOMPARE(shown(market::Right::Call, ChainField::Bid, Qt::DisplayRole), QStringLiteral("8.00"));
        QCOMPARE(shown(market::Right::Put, ChainField::Delta, Qt::DisplayRole), QStringLiteral("−0.50"));
        QCOMPARE(shown(market::Right::Call, ChainField::Iv, Qt::DisplayRole), QStringLiteral("15.5"));
        QCOMPARE(shown(market::Right::Call, ChainField::OpenInterest, Qt::DisplayRole), QStringLiteral("10,120"));
        QCOMPARE(shown(market::Right::Call, ChainField::Last, Qt::DisplayRole), QStringLiteral("–"));
        QCOMPARE(shown(market::Right::Call, ChainField::Bid, Qt::AccessibleTextRole),
                 QStringLiteral("585 call Bid 8.00"));
        QCOMPARE(shown(market::Right::Call, ChainField::InTheMoney, Qt::DisplayRole), QStringLiteral("51.2"));
        QCOMPARE(shown(market::Right::Call, ChainField::Touch, Qt::DisplayRole), QStringLiteral("98.1"));
        QCOMPARE(shown(market::Right::Put, ChainField::Touch, Qt::DisplayRole), QStringLiteral("–"));
        const QString tip = shown(market::Right::Put, ChainField::Bid, Qt::ToolTipRole);
        QVERIFY(tip.contains(QStringLiteral("stale")));
        QVERIFY(tip.contains(QStringLiteral("position −5")));
        QVERIFY(!shown(market::Right::Call, ChainField::Bid, Qt::ToolTipRole).contains(QStringLiteral("stale")));
        const int unlisted = model.rowOfStrike(580);
        QCOMPARE(model.index(unlisted, 0).data().toString(), QString());
    }

    void aPriceByNetworksSaysItsBound()
    {
        ChainModel model;
        auto view = chainView(587);
        view.model = "neural";
        view.networks.emplace();
        desk::ChainCell& call = view.rows[17].call;
        call.theo = 3.42;
        call.theoBound = 0.02;
        call.theoGap = -0.001;
        desk::ChainCell& put = view.rows[17].put;
        put.theo = 2.5;
        put.isTheoSolved = true;
        model.update(shared(view), 6, 0);
        const int row = model.rowOfStrike(585);
        const auto tip = [&](market::Right side) {
            return model.index(row, ChainModel::columnOf(side, ChainField::Theo)).data(Qt::ToolTipRole).toString();
        };
        QVERIFY2(tip(market::Right::Call).contains(QStringLiteral("Neural 3.420 ± 0.020")),
                 qPrintable(tip(market::Right::Call)));
        QVERIFY2(tip(market::Right::Call).contains(QStringLiteral("finite differences 3.421: it is 0.001 below")),
                 qPrintable(tip(market::Right::Call)));
        QVERIFY(!tip(market::Right::Call).contains(QStringLiteral("do not rely")));
        QVERIFY2(tip(market::Right::Put).contains(QStringLiteral("American Heston: theo 2.50")),
                 qPrintable(tip(market::Right::Put)));
        QVERIFY(tip(market::Right::Put).contains(QStringLiteral("outside what the networks")));

        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        call.theoGap = 0.15;
        call.isTheoDisputed = true;
        model.update(shared(view), 6, 10);
        QCOMPARE(runs(changed), (QList<QPair<int, int>>{{row, row}}));
        QVERIFY2(tip(market::Right::Call).contains(QStringLiteral("it is 0.150 above")),
                 qPrintable(tip(market::Right::Call)));
        QVERIFY(tip(market::Right::Call).contains(QStringLiteral("do not rely")));
    }

    void everyFlagHasItsReason()
    {
        using market::QuoteFlag;
        QVERIFY(ChainModel::flagText({}).isEmpty());
        QStringList seen;
        for (const QuoteFlag flag : {QuoteFlag::OneSided, QuoteFlag::Crossed, QuoteFlag::Locked, QuoteFlag::ZeroBid,
                                     QuoteFlag::Stale, QuoteFlag::Invalid}) {
            market::QuoteFlags flags;
            flags.set(flag);
            const QString text = ChainModel::flagText(flags);
            QVERIFY(!text.isEmpty());
            QVERIFY(!seen.contains(text));
            seen << text;
        }
    }
};

QTEST_MAIN(ChainModelTest)
#include "chain_model_test.moc"
