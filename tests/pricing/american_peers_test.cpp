#include "pricing/american/american.h"

#include "base/random.h"
#include "pricing/reference/engine_option.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;

/// Beside QuantLib's fixed-point engine, an implementation of the same paper that shares no code with ours.
class AmericanPeersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithQuantLib();
    void beatsQuantLibsFastScheme();
};

/// Its own schemes are up to 1.2e-5 off for a strike of 100; this one has more nodes than any of them.
void AmericanPeersTest::agreesWithQuantLib()
{
    base::Generator generator(1);
    for (int count = 0; count < 25; ++count) {
        const Right right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
        const MarketPoint market{generator.uniform(70, 140), generator.uniform(0.005, 0.1),
                                 generator.uniform(0.005, 0.1)};
        const auto days = static_cast<int>(generator.integer(7, 700));
        const double vol = generator.uniform(0.1, 0.8);
        auto option = reference::EngineOption::american(right, market, 100, days / 365.0, vol,
                                                        reference::AmericanScheme::Precise);
        QVERIFY(option.has_value());
        const auto theirs = option->price(market.spot);
        QVERIFY2(theirs.has_value(), theirs ? "" : theirs.error().message().c_str());
        const double ours = americanPrice(right, market, 100, days / 365.0, vol);
        QVERIFY2(std::abs(ours - *theirs) <= 1e-5, qPrintable(QStringLiteral("%1: S=%2 r=%3 q=%4 days=%5 vol=%6")
                                                                  .arg(ours - *theirs)
                                                                  .arg(market.spot)
                                                                  .arg(market.rate)
                                                                  .arg(market.dividendYield)
                                                                  .arg(days)
                                                                  .arg(vol)));
    }
}

/// The premium of Andersen, Lake and Offengenden's table, 0.106952702747 with European value 9.46249259617.
void AmericanPeersTest::beatsQuantLibsFastScheme()
{
    const MarketPoint market{100, 0.05, 0.05};
    const double exact = 9.5694452989138;
    auto option = reference::EngineOption::american(Right::Put, market, 100, 1, 0.25, reference::AmericanScheme::Fast);
    QVERIFY(option.has_value());
    const auto theirs = option->price(100);
    QVERIFY(theirs.has_value());
    const double ours = std::abs(americanPrice(Right::Put, market, 100, 1, 0.25) - exact);
    QVERIFY(ours < 1e-7);
    QVERIFY(ours < std::abs(*theirs - exact));
}

QTEST_GUILESS_MAIN(AmericanPeersTest)
#include "american_peers_test.moc"
