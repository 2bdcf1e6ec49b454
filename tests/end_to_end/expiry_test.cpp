#include "running_desk.h"

#include <QTest>

#include <optional>

using namespace vegadesk;
using execution::OrderStatus;
using portfolio::Action;
using tests::limitOrder;
using tests::optionLeg;
using tests::RunningDesk;

namespace
{
constexpr int patienceMs = 60'000, sessionMs = 240'000;
} // namespace

/// An option that is held until it expires, in a market that runs fast.
class ExpiryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOptionHeldToItsExpiryBecomesShares()
    {
        desk::DeskOptions options;
        options.venueSpeed = 300; // a session of 78 seconds: slow machines too get their orders in
        options.venueSkipsClosedHours = true;
        RunningDesk running(options);
        // A call deep in the money costs more than one trade may lose by a lower tolerance.
        QVERIFY(running.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("high")));
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        running.desk().selectExpiration(0);
        QTRY_VERIFY2_WITH_TIMEOUT(boughtFor(running).has_value(), qPrintable(running.whatHappened()), sessionMs);
        const std::string call = *boughtFor(running);

        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf("SPY"), std::int64_t{100}, sessionMs);
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(call), std::int64_t{0}, patienceMs); // told for itself
        QVERIFY(running.desk().trading()->differences.empty());

        // The next session: the shares can go, others can come, and of SPY the limit speaks, not our books.
        const auto close = [&]() -> std::optional<portfolio::OrderIntent> {
            const auto intent = running.desk().closingIntent({"SPY"});
            return intent ? std::optional(*intent) : std::nullopt;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(passes(running, close()), qPrintable(verdict(running)), sessionMs);
        running.desk().showChain(QStringLiteral("QQQ"));
        QTRY_VERIFY2_WITH_TIMEOUT(passes(running, purchase(running, "QQQ", 1.01)), qPrintable(verdict(running)),
                                  sessionMs);
        running.desk().showChain(QStringLiteral("SPY"));
        // A session takes some seconds: where it is over by now, that the quotes are old is said too.
        const auto isOverTheLimit = [&] {
            return !passes(running, purchase(running, "SPY", 1.01)) &&
                   verdict(running).contains(QStringLiteral("The position in SPY would be")) &&
                   !verdict(running).contains(QStringLiteral("books"));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isOverTheLimit(), qPrintable(verdict(running)), patienceMs);
        QVERIFY(running.desk().trading()->differences.empty());
    }

private:
    static QString verdict(RunningDesk& running)
    {
        QStringList lines;
        const auto ticket = running.desk().ticket();
        for (const std::string& line : ticket->verdict)
            lines << QString::fromStdString(line);
        return lines.join(QLatin1Char(' '));
    }
    /// One call at the ask and a little, while its chain streams.
    static std::optional<portfolio::OrderIntent> purchase(RunningDesk& running, const std::string& underlying,
                                                          double moneyness)
    {
        const desk::ChainCell cell = running.rowNear(moneyness).call;
        if (running.desk().chain()->underlying != underlying || !(cell.ask > 0))
            return std::nullopt;
        return limitOrder(underlying, {optionLeg(cell.symbol, Action::BuyToOpen)}, 1.01 * cell.ask);
    }
    /// The call of the first expiry that filled; tries at the prices of the moment. Deep in the money, so that it ends as
    /// shares wherever the day goes.
    static std::optional<std::string> boughtFor(RunningDesk& running)
    {
        const auto view = running.desk().trading();
        for (const execution::Order& order : view->orders) {
            if (order.status == OrderStatus::Filled)
                return order.intent.legs.front().symbol;
            if (!execution::isTerminal(order.status))
                return std::nullopt;
        }
        const auto intent = purchase(running, "SPY", 0.96);
        if (intent && running.desk().chain()->selected == 0 && running.passes(*intent))
            running.send(*intent);
        return std::nullopt;
    }
    static bool passes(RunningDesk& running, const std::optional<portfolio::OrderIntent>& intent)
    {
        return intent && running.passes(*intent);
    }
};

QTEST_GUILESS_MAIN(ExpiryTest)
#include "expiry_test.moc"
