#include "workstation.h"

#include <QSpinBox>
#include <QTest>

#include <cmath>
#include <string>
#include <vector>

using namespace vegadesk;
using execution::OrderStatus;
using market::Right;
using portfolio::Action;
using tests::limitOrder;
using tests::optionLeg;
using tests::Workstation;

namespace
{

constexpr int patienceMs = 60'000;

} // namespace

/// What the limits do not allow, the window says and does not send.
class WindowLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBreachOfAHardLimitIsRefusedWithItsReason_data()
    {
        QTest::addColumn<int>("units");
        QTest::addColumn<bool>("afterLosses");
        QTest::addColumn<QString>("reason");
        QTest::newRow("position") << 40 << false << QStringLiteral("position in SPY would be");
        QTest::newRow("leverage") << 60 << false << QStringLiteral("leverage would be");
        QTest::newRow("daily loss") << 1 << true << QStringLiteral("loss");
    }
    void aBreachOfAHardLimitIsRefusedWithItsReason()
    {
        QFETCH(int, units);
        QFETCH(bool, afterLosses);
        QFETCH(QString, reason);
        desk::DeskOptions options;
        if (afterLosses)
            options.venueSpeed = 20; // prices move on between two orders, so that few are duplicates
        Workstation desk(options);
        // Lost where trades may be large, and looked at where little may be lost.
        if (afterLosses)
            QVERIFY(desk.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("high")));
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        if (afterLosses) {
            loseByCrossingSpreads(desk, 0.011);
            QVERIFY(desk.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("low")));
        }

        desk.click(desk.middleRow(), Right::Call, ui::ChainField::Ask);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk().ticket()->spots.empty(), patienceMs);
        desk.widget<QSpinBox>("ticket_units")->setValue(units);
        QTRY_VERIFY2_WITH_TIMEOUT(desk.verdict().contains(reason, Qt::CaseInsensitive), qPrintable(desk.verdict()),
                                  patienceMs);
        QVERIFY(!desk.canSend());

        // The window's button is not the only guard: the same order handed to the desk is refused too. A daily loss right
        // at its limit may recover for a moment, and an order sent then is rightly let through: so more than one try.
        const auto isRefused = [&] { return !desk.notices().filter(reason, Qt::CaseInsensitive).isEmpty(); };
        for (int attempt = 0; attempt < (afterLosses ? 10 : 1) && !isRefused(); ++attempt) {
            QTRY_VERIFY_WITH_TIMEOUT(desk.verdict().contains(reason, Qt::CaseInsensitive), patienceMs);
            const std::size_t before = desk.desk().trading()->orders.size();
            const qsizetype said = desk.notices().size(); // refused for its price, say, which has moved on
            desk.desk().send(desk.desk().ticket()->intent);
            QTRY_VERIFY_WITH_TIMEOUT(isRefused() || desk.desk().trading()->orders.size() > before ||
                                         (afterLosses && desk.notices().size() > said),
                                     patienceMs);
            QVERIFY(afterLosses || desk.desk().trading()->orders.size() == before);
        }
        QVERIFY(isRefused());
    }

private:
    /// Buys and sells verticals at their natural prices until `fraction` of the day's start is lost.
    static void loseByCrossingSpreads(Workstation& desk, double fraction)
    {
        bool isOpening = true;
        for (int attempt = 0; attempt < 100 && !(desk.gauge("daily_loss") >= fraction); ++attempt) {
            const auto near = desk.rowNear(1.0);
            const auto far = desk.rowNear(1.01);
            const std::int64_t lots = 4;
            std::vector<portfolio::OrderLeg> legs;
            if (isOpening) {
                m_near = near.call.symbol;
                m_far = far.call.symbol;
                legs = {optionLeg(m_near, Action::BuyToOpen, lots), optionLeg(m_far, Action::SellToOpen, lots)};
            } else {
                legs = {optionLeg(m_near, Action::SellToClose, lots), optionLeg(m_far, Action::BuyToClose, lots)};
            }
            const std::uint64_t request = desk.desk().stageTicket(limitOrder("SPY", legs, isOpening ? 1 : -1));
            QTRY_VERIFY_WITH_TIMEOUT(
                desk.desk().ticket()->request == request && std::isfinite(desk.desk().ticket()->natural), patienceMs);
            const double natural = desk.desk().ticket()->natural;
            // Half of what the gate lets pass: the market may move either way until the order is there.
            const auto order = limitOrder("SPY", legs, natural + 0.05 * std::abs(natural));
            const std::uint64_t priced = desk.desk().stageTicket(order);
            // The market moves too: the loss may be there before this order is.
            const auto isThere = [&] {
                const auto ticket = desk.desk().ticket();
                return !ticket->verdict.empty() && ticket->verdict.front().find("loss of") != std::string::npos;
            };
            QTRY_VERIFY2_WITH_TIMEOUT(
                desk.desk().ticket()->request == priced && (desk.desk().ticket()->isAllowed || isThere()),
                desk.desk().ticket()->verdict.empty() ? "no verdict" : desk.desk().ticket()->verdict.front().c_str(),
                patienceMs);
            if (isThere())
                break;
            const std::size_t before = desk.desk().trading()->orders.size();
            const auto refusals = [&] { return desk.notices().filter(QStringLiteral("Not sent")).size(); };
            const qsizetype refusedBefore = refusals();
            desk.desk().send(order);
            const auto isFilled = [&] {
                return desk.desk().trading()->orders.size() > before && desk.newestIs(OrderStatus::Filled);
            };
            QTRY_VERIFY2_WITH_TIMEOUT(isFilled() || refusals() > refusedBefore,
                                      qPrintable(desk.notices().join(QLatin1Char('\n'))), patienceMs);
            if (isFilled()) // or the market moved further than that: once more, at its price by now
                isOpening = !isOpening;
        }
        desk.desk().stageTicket(portfolio::OrderIntent{});
        QTRY_VERIFY_WITH_TIMEOUT(desk.gauge("daily_loss") >= fraction, patienceMs);
    }
    static inline std::string m_near, m_far;
};

QTEST_MAIN(WindowLimitsTest)
#include "window_limits_test.moc"
