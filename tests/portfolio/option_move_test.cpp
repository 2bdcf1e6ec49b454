#include "portfolio/option_move.h"

#include "history/market_generator.h"
#include "market/calendar.h"
#include "portfolio/attribution.h"
#include "portfolio/marked_positions.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using namespace vegadesk::tests;
using base::Decimal;
using market::ExerciseStyle;
using market::Right;

namespace
{

base::Instant afternoonOf(base::Date date)
{
    return market::fromNewYork(date, std::chrono::minutes(15 * 60 + 45));
}

/// Marks them by a chain, as the desk reads one.
void markBy(const market::OptionChain& chain, pricing::EarlyExercise earlyExercise, const pricing::Rates& rates,
            std::vector<MarkedPosition>& positions)
{
    std::map<const market::Expiration*, pricing::ExpirationAnalytics> known;
    for (MarkedPosition& held : positions) {
        held.spot = held.mark = chain.underlyingQuote.mid();
        if (!held.option)
            continue;
        const auto expiration = std::ranges::find_if(chain.expirations, [&](const market::Expiration& each) {
            return each.date == held.option->expiry && each.root == held.option->root;
        });
        auto& analytics = known[&*expiration];
        if (std::isnan(analytics.years))
            analytics = pricing::analyse(*expiration, chain.at, chain.underlyingQuote.mid(), rates, earlyExercise);
        const auto strike = std::ranges::find(expiration->strikes, held.option->strike.toDouble());
        const auto row = static_cast<std::size_t>(strike - expiration->strikes.begin());
        const market::OptionColumns& side = expiration->side(held.option->right);
        held.mark = market::markOf(side.quoteAt(row), side.flags[row]);
        held.spot = analytics.market.spot;
        held.rate = analytics.market.rate;
        held.dividendYield = analytics.market.dividendYield;
        held.years = analytics.years;
        held.volatility = analytics.volatility[row];
    }
}

/// Condor, straddle, calendar and shares in one underlying, each a group of its own.
std::vector<MarkedPosition> simulatedBook(const market::OptionChain& chain, const std::string& underlying,
                                          base::Date today, int days, ExerciseStyle style)
{
    const auto expirationAfter = [&](int least) -> const market::Expiration& {
        return *std::ranges::find_if(
            chain.expirations, [&](const market::Expiration& each) { return (each.date - today).count() >= least; });
    };
    const double spot = chain.underlyingQuote.mid();
    const double deviation = spot * 0.2 * std::sqrt(days / 365.0);
    std::vector<MarkedPosition> book;
    const auto add = [&](const char* group, int least, Right right, double near, int quantity) {
        const market::Expiration& expiration = expirationAfter(least);
        const double strike =
            *std::ranges::min_element(expiration.strikes, {}, [&](double each) { return std::abs(each - near); });
        MarkedPosition held = option(right, strike, quantity, expiration.date);
        held.option->root = expiration.root;
        held.underlying = underlying;
        held.group = group;
        held.style = style;
        book.push_back(held);
    };
    add("condor", days, Right::Put, spot - 1.5 * deviation, 2);
    add("condor", days, Right::Put, spot - deviation, -2);
    add("condor", days, Right::Call, spot + deviation, -2);
    add("condor", days, Right::Call, spot + 1.5 * deviation, 2);
    add("straddle", days, Right::Call, spot, 1);
    add("straddle", days, Right::Put, spot, 1);
    add("calendar", days, Right::Call, spot, -3);
    add("calendar", days + 28, Right::Call, spot, 3);
    book.push_back(shares(-50));
    book.back().underlying = book.back().symbol = underlying;
    book.back().group = "shares";
    return book;
}

} // namespace

class OptionMoveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsAsTheGreeksSay_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::addColumn<double>("strike");
        QTest::newRow("European, above the money") << false << 104.0;
        QTest::newRow("European, wing") << false << 88.0;
        QTest::newRow("American, out of the money") << true << 96.0;
        QTest::newRow("American, in the money") << true << 108.0;
    }
    void splitsAsTheGreeksSay()
    {
        QFETCH(bool, isAmerican);
        QFETCH(double, strike);
        MarkedPosition put = option(Right::Put, strike, -3);
        put.style = isAmerican ? ExerciseStyle::American : ExerciseStyle::European;
        const MarkedPosition from = priced(put, 100, 0.20, 0.125);
        const double spot = 0.05, volatility = 0.0005, years = 0.02 / 365, rate = 0.00001;
        const MarkedPosition to = priced(put, 100 + spot, 0.20 + volatility, 0.125 - years, 0.03 + rate, 0.01 - rate);
        const pricing::MarketPoint market{100, 0.03, 0.01};
        const pricing::Greeks greeks = isAmerican ? pricing::american(Right::Put, market, strike, 0.125, 0.20)
                                                  : pricing::blackScholes(Right::Put, market, strike, 0.125, 0.20);
        const pricing::HigherGreeks higher = pricing::higherGreeks(Right::Put, market, strike, 0.125, 0.20);
        const OptionMove move = explainMove(from, to);
        const auto isNear = [](double part, double expected, double tolerance) {
            return std::abs(part - expected) <= tolerance * std::abs(expected);
        };
        QVERIFY(isNear(move.delta, greeks.delta * spot, 1e-12));
        QVERIFY(isNear(move.vega, greeks.vega * volatility, 1e-12));
        QVERIFY(isNear(move.gamma, 0.5 * greeks.gamma * spot * spot, 0.02));
        QVERIFY(isNear(move.theta, greeks.theta * years, 0.05)); // and what time did to delta and vega
        const double left =
            isAmerican ? greeks.vega / pricing::blackScholes(Right::Put, market, strike, 0.125, 0.20).vega : 1;
        QVERIFY(isNear(move.rho, (greeks.rho - left * higher.dividendRho) * rate, 0.02));
        QVERIFY(isNear(move.vanna, left * higher.vanna * spot * volatility, 0.02));
        QVERIFY(isNear(move.volga, left * 0.5 * higher.volga * volatility * volatility, 0.02));
        QVERIFY(std::abs(move.sum() - (to.mark - from.mark)) < 0.002 * std::abs(to.mark - from.mark));
    }

    void explainsViolentSteps_data()
    {
        QTest::addColumn<double>("spot");
        QTest::addColumn<double>("volatility");
        QTest::addColumn<double>("years");
        QTest::addColumn<double>("tolerance"); // of all that moved
        QTest::newRow("a crash") << 85.0 << 0.40 << 29 / 365.0 << 0.001;
        QTest::newRow("a rally") << 112.0 << 0.15 << 29 / 365.0 << 0.001;
        QTest::newRow("weeks at once") << 103.0 << 0.18 << 8 / 365.0 << 0.001;
        QTest::newRow("to expiry") << 96.0 << 0.20 << 0.0 << 0.02;
    }
    void explainsViolentSteps()
    {
        QFETCH(double, spot);
        QFETCH(double, volatility);
        QFETCH(double, years);
        QFETCH(double, tolerance);
        double error = 0, gross = 0;
        for (const Right right : {Right::Put, Right::Call}) {
            const MarkedPosition from = priced(option(right, 100, 1), 100, 0.20, 30 / 365.0);
            const MarkedPosition to = priced(option(right, 100, 1), spot, volatility, years);
            const OptionMove move = explainMove(from, to);
            error += to.mark - from.mark - move.sum();
            for (const double part :
                 {move.delta, move.gamma, move.theta, move.vega, move.rho, move.vanna, move.volga, error})
                gross += std::abs(part);
        }
        QVERIFY2(std::abs(error) < tolerance * gross, qPrintable(QString("%1 of %2").arg(error).arg(gross)));
    }

    void explainsOrdinaryDays_data()
    {
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<int>("days");
        QTest::addColumn<int>("stepMinutes"); // 0: from day to day
        QTest::addColumn<int>("steps");
        QTest::newRow("European, a month") << "SPX" << 45 << 0 << 20;
        QTest::newRow("European, two weeks") << "SPX" << 14 << 0 << 7;
        QTest::newRow("European, by the half hour") << "SPX" << 30 << 30 << 12;
        QTest::newRow("American, a month") << "NVDA" << 45 << 0 << 8;
        QTest::newRow("American, with dividends and reports") << "AAPL" << 30 << 0 << 5;
        QTest::newRow("American, two weeks") << "KO" << 14 << 0 << 7;
    }
    void explainsOrdinaryDays()
    {
        QFETCH(QString, symbol);
        QFETCH(int, days);
        QFETCH(int, stepMinutes);
        QFETCH(int, steps);
        const std::string underlying = symbol.toStdString();
        const history::SimulatedUnderlying& name = *history::findSimulated(underlying);
        const auto earlyExercise = name.style() == ExerciseStyle::American ? pricing::EarlyExercise::AsListed
                                                                           : pricing::EarlyExercise::Ignored;
        const auto events = QByteArray(QTest::currentDataTag()).contains("dividends")
                                ? history::CorporateEvents::Scheduled
                                : history::CorporateEvents::Ignored;
        history::MarketGenerator generator(7, earlyExercise, events);
        base::Date day = base::makeDate(2024, 3, 4);
        base::Instant now = stepMinutes > 0 ? market::fromNewYork(day, std::chrono::hours(10)) : afternoonOf(day);
        market::OptionChain chain;
        const pricing::Rates rates{history::simulatedRate(day), name.dividendYield};
        generator.snapshot(name, now, chain);
        std::vector<MarkedPosition> book = simulatedBook(chain, underlying, day, days, name.style());
        markBy(chain, earlyExercise, rates, book);
        Attribution attribution(Marking{now, book});
        ProfitParts all;
        double gross = 0, unexplained = 0, worst = 0;
        for (int step = 0; step < steps; ++step) {
            if (stepMinutes == 0)
                day = market::nextTradingDay(day);
            now = stepMinutes > 0 ? now + std::chrono::minutes(stepMinutes) : afternoonOf(day);
            generator.snapshot(name, now, chain);
            markBy(chain, earlyExercise, rates, book);
            attribution.startDay();
            attribution.advance(Marking{now, book});
            const AttributionReport report = attribution.report(AttributionSpan::Today);
            QCOMPARE(report.book.unknownCount, std::size_t{0});
            for (const AttributionRow& group : report.groups) {
                worst = std::max(worst, group.parts.unexplainedShare());
                QVERIFY2(group.parts.unexplainedShare() < 0.05, qPrintable(QString("%1, step %2: %3")
                                                                               .arg(QString::fromStdString(group.group))
                                                                               .arg(step)
                                                                               .arg(group.parts.unexplainedShare())));
            }
            gross += report.book.parts.gross().toDouble();
            unexplained += report.book.parts[ProfitSource::Unexplained].abs().toDouble();
            all += report.book.parts;
        }
        qInfo("unexplained %.3f %% of the gross in all, at worst %.2f %% of a trade's in one step",
              100 * unexplained / gross, 100 * worst);
        QVERIFY(unexplained < 0.01 * gross);
        const Decimal profit = attribution.report(AttributionSpan::SinceEntry).book.parts.total();
        QVERIFY((profit - all.total()).abs() <= Decimal::cent() * steps); // each step's was rounded
    }
};

QTEST_APPLESS_MAIN(OptionMoveTest)
#include "option_move_test.moc"
