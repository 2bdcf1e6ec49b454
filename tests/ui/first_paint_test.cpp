#include "ui/first_paint.h"

#include "chain_views.h"
#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/panels/option_chain.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::ui;
using test::chainView;
using test::shared;

class FirstPaintTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aChainWithoutQuotesIsNoStart()
    {
        test::DeskFixture fixture;
        OptionChainPanel panel(fixture.context());
        panel.resize(1000, 700);
        FirstPaint first(panel);
        QSignalSpy painted(&first, &FirstPaint::painted);
        desk::ChainView silent = chainView(587);
        for (desk::ChainRow& row : silent.rows) {
            for (desk::ChainCell* const side : {&row.call, &row.put})
                side->bid = side->ask = std::nan("");
        }
        panel.show();
        panel.show(shared(std::move(silent)), 1000);
        panel.grab(); // paints
        QCoreApplication::processEvents();
        QVERIFY(painted.isEmpty());

        panel.show(shared(chainView(587)), 1016);
        QVERIFY(painted.isEmpty()); // shown is not painted yet
        panel.grab();
        QTRY_COMPARE_WITH_TIMEOUT(painted.size(), 1, 20'000);
        panel.show(shared(chainView(588)), 1032);
        panel.grab();
        QCoreApplication::processEvents();
        QCOMPARE(painted.size(), 1); // once
    }
};

QTEST_MAIN(FirstPaintTest)
#include "first_paint_test.moc"
