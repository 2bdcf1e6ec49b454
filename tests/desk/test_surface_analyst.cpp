#include "desk/american_figures.h"
#include "desk/surface_analyst.h"
#include "learning/pricer/networks_folder.h"
#include "pricing/chains.h"

#include "pricing/heston/american_heston.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk;
using namespace std::chrono_literals;

namespace
{
constexpr int patienceMs = 60'000; // for fits of a whole chain by instrumented code
const pricing::MarketPoint point{100, 0.04, 0.01};
const base::Instant now = market::fromNewYork(base::makeDate(2026, 6, 1), 11h);

std::shared_ptr<desk::ChainSnapshot> snapshotOf(market::OptionChain chain, std::size_t selected = 1)
{
    auto snapshot = std::make_shared<desk::ChainSnapshot>();
    snapshot->chain = std::make_shared<const market::OptionChain>(std::move(chain));
    snapshot->at = now;
    snapshot->spot = point.spot;
    snapshot->selected = selected;
    return snapshot;
}

market::OptionChain smoothChain(std::vector<int> days = {10, 30, 90})
{
    return chains::smooth(point, now, days, market::ExerciseStyle::European, 0.01);
}

market::OptionChain americanChain()
{
    return chains::smooth(point, now, {10, 30, 90}, market::ExerciseStyle::American, 0.01);
}

std::shared_ptr<const desk::ChainSnapshot> chosen(desk::ChainModel model, market::OptionChain chain,
                                                  std::size_t selected = 1)
{
    auto snapshot = snapshotOf(std::move(chain), selected);
    snapshot->model = model;
    return snapshot;
}
} // namespace

class SurfaceAnalystTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_view = std::make_shared<desk::Published<desk::SurfaceView>>();
        m_fits = std::make_shared<desk::Published<desk::ChainFits>>();
        m_wall = std::make_shared<base::ManualClock>(now);
        m_analyst = std::make_unique<desk::SurfaceAnalyst>(m_view, m_fits, m_wall);
    }

    void aSmoothChainIsFittedThrough()
    {
        m_analyst->submit(snapshotOf(smoothChain()));
        QCOMPARE(m_view->load()->version, std::uint64_t{0}); // nothing happens inside the call
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto view = m_view->load();
        QCOMPARE(view->underlying, std::string("XYZ"));
        QCOMPARE(view->slices.size(), std::size_t{3});
        QCOMPARE(view->selected, std::size_t{1});
        QCOMPARE(view->violations(), std::size_t{0});
        QVERIFY2(view->fitError < 0.005, qPrintable(QString::number(view->fitError)));
        QVERIFY(view->fitSeconds > 0);
        for (const desk::SurfaceSlice& slice : view->slices) {
            QVERIFY(slice.isFitted);
            QCOMPARE(slice.fit.size(), view->moneyness.size());
            QCOMPARE(slice.density.size(), view->moneyness.size());
            QVERIFY(std::abs(slice.atmVolatility - 0.22) < 0.01);
            QVERIFY(!slice.points.empty());
            for (const desk::SmilePoint& quote : slice.points)
                QVERIFY(quote.bidIv <= quote.midIv && quote.midIv <= quote.askIv);
        }
        QVERIFY(std::ranges::is_sorted(view->moneyness));
    }

    void tradingTimeKeepsTheTotalVariance()
    {
        m_analyst->submit(snapshotOf(smoothChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto calendar = m_view->load();
        auto snapshot = snapshotOf(smoothChain());
        snapshot->basis = desk::TimeBasis::Trading;
        m_analyst->submit(snapshot);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{2}, patienceMs);
        const auto trading = m_view->load();
        QVERIFY(trading->isTradingTime && !calendar->isTradingTime);
        for (std::size_t i = 0; i < trading->slices.size(); ++i) {
            const desk::SurfaceSlice &before = calendar->slices[i], &after = trading->slices[i];
            QCOMPARE(before.varianceYears, before.years);
            QVERIFY(after.varianceYears != after.years);
            const double factor = std::sqrt(after.years / after.varianceYears);
            QVERIFY(std::abs(after.fit[40] - factor * before.fit[40]) < 1e-9);
            QVERIFY(std::abs(after.points[5].midIv - factor * before.points[5].midIv) < 1e-9);
            QVERIFY(std::abs(after.expectedMove - before.expectedMove) < 1e-9);
            // The straddle is the mean move: 0.8 of a deviation where the smile is flat.
            QVERIFY(std::abs(after.straddle / after.expectedMove - 0.8) < 0.05);
        }
    }

    void theModelsAreFittedToo()
    {
        m_analyst->submit(snapshotOf(smoothChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto view = m_view->load();
        QVERIFY2(view->hestonNote.empty(), view->hestonNote.c_str());
        QCOMPARE(view->heston.size(), std::size_t{1});
        QVERIFY(view->heston.back().error < 0.03);
        QVERIFY(view->heston.back().rho < 0); // the smile leans to the puts
        QCOMPARE(view->heston.back().at, now);
        const auto fits = m_fits->load();
        QCOMPARE(fits->underlying, std::string("XYZ"));
        QVERIFY(fits->has(desk::ChainModel::Surface) && fits->has(desk::ChainModel::Heston) &&
                fits->has(desk::ChainModel::Merton));
        // At once again: the surface follows every chain, the models only now and then.
        m_analyst->submit(snapshotOf(smoothChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{2}, patienceMs);
        QCOMPARE(m_view->load()->heston.size(), std::size_t{1});
    }

    void keptBoundariesGiveTheSameSurface()
    {
        const market::OptionChain before =
            chains::smooth(point, now, {10, 30, 90}, market::ExerciseStyle::American, 0.01);
        const pricing::MarketPoint moved{101, point.rate, point.dividendYield};
        market::OptionChain after = before;
        chains::requote(after, moved, now + 250ms, 0.01);
        const auto later = snapshotOf(std::move(after));
        later->at = now + 250ms;
        later->spot = moved.spot;

        m_analyst->submit(snapshotOf(before));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const std::size_t solved = m_analyst->solvedCount();
        QVERIFY(solved >= 2 * before.expirations.size()); // for calls and for puts
        m_wall->advance(250ms);
        m_analyst->submit(later);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{2}, patienceMs);
        // Kept, but for a side whose volatilities have left what it was solved for.
        QVERIFY2(m_analyst->solvedCount() <= solved + 2, qPrintable(QString::number(m_analyst->solvedCount())));
        const auto kept = m_view->load();
        init();
        m_analyst->submit(later);
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto fresh = m_view->load();
        QCOMPARE(kept->slices.size(), fresh->slices.size());
        for (std::size_t i = 0; i < fresh->slices.size(); ++i) {
            QCOMPARE(kept->slices[i].points.size(), fresh->slices[i].points.size());
            for (std::size_t j = 0; j < fresh->moneyness.size(); ++j)
                QVERIFY(std::abs(kept->slices[i].fit[j] - fresh->slices[i].fit[j]) < 1e-3);
        }
    }

    void theNewestOfSeveralIsTheOneFitted()
    {
        for (const char* const name : {"AAA", "BBB", "CCC"}) {
            market::OptionChain chain = smoothChain();
            chain.underlying = name;
            m_analyst->submit(snapshotOf(std::move(chain)));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->underlying, std::string("CCC"), patienceMs);
        QCOMPARE(m_view->load()->version, std::uint64_t{1});
    }

    void anotherUnderlyingStartsAnew()
    {
        m_analyst->submit(snapshotOf(smoothChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        market::OptionChain other = smoothChain({3, 5});
        other.underlying = "ABC";
        m_analyst->submit(snapshotOf(std::move(other)));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->underlying, std::string("ABC"), patienceMs);
        QVERIFY(m_view->load()->heston.empty());
        QVERIFY2(m_view->load()->hestonNote.find("Too few quotes") != std::string::npos,
                 m_view->load()->hestonNote.c_str());
        QVERIFY(!m_fits->load()->has(desk::ChainModel::Heston));
    }

    void quotesThatSayNothingAreLeftOut()
    {
        market::OptionChain chain = smoothChain();
        market::Expiration& dead = chain.expirations[0];
        for (std::size_t row = 0; row < dead.strikes.size(); ++row) {
            // The parity of one pair is left, and nothing to fit.
            if (row != dead.strikes.size() / 2) {
                chains::setQuote(dead.calls, row, market::unknown, market::unknown, now);
                chains::setQuote(dead.puts, row, market::unknown, market::unknown, now);
            }
        }
        m_analyst->submit(snapshotOf(std::move(chain)));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto view = m_view->load();
        QCOMPARE(view->slices.size(), std::size_t{3});
        QVERIFY2(!view->slices[0].note.empty(), "how little it rests on is said");
        QVERIFY(view->slices[1].isFitted && view->slices[1].note.find("too few") == std::string::npos);
        QCOMPARE(view->violations(), std::size_t{0});
    }

    void anEmptyChainIsAnEmptySurface()
    {
        market::OptionChain chain;
        chain.underlying = "XYZ";
        m_analyst->submit(snapshotOf(std::move(chain)));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        QVERIFY(m_view->load()->slices.empty());
        QVERIFY(std::isnan(m_view->load()->fitError));
        QVERIFY(!m_fits->load()->has(desk::ChainModel::Surface));
    }

    void networksAreOpenedWhenTheyAreChosen()
    {
        m_analyst->submit(snapshotOf(americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        QVERIFY(!m_fits->load()->networks && !m_fits->load()->solved);
        QVERIFY(!m_view->load()->heston.back().isNeural);

        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{2}, patienceMs);
        const auto fits = m_fits->load();
        QVERIFY2(fits->networksFault.empty(), fits->networksFault.c_str());
        QVERIFY2(fits->americanNote.empty(), fits->americanNote.c_str());
        QVERIFY(fits->has(desk::ChainModel::Neural) && fits->has(desk::ChainModel::AmericanHeston));
        const desk::HestonFit fit = m_view->load()->heston.back();
        QVERIFY(fit.isNeural && fit.seconds > 0 && fit.quotes > 30);
        QVERIFY2(fit.error < 0.03, qPrintable(QString::number(fit.error)));
        QCOMPARE(fit.v0, fits->american->v0);
        QVERIFY(fit.rho < 0);

        // At once again: nothing is fitted or solved anew, and another expiration is solved at once.
        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{3}, patienceMs);
        QCOMPARE(m_view->load()->heston.size(), std::size_t{1});
        QCOMPARE(m_fits->load()->solved, fits->solved);
        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain(), 2));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{4}, patienceMs);
        QVERIFY(m_fits->load()->solved->isOf(americanChain().expirations[2]));
        QCOMPARE(m_fits->load()->networks, fits->networks);
        // Five seconds later it is.
        m_wall->advance(6s);
        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain(), 2));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{5}, patienceMs);
        QCOMPARE(m_view->load()->heston.size(), std::size_t{2});

        m_analyst->submit(snapshotOf(americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{6}, patienceMs);
        QVERIFY(!m_fits->load()->solved);
        QVERIFY2(!m_view->load()->heston.back().isNeural, "another model's fits");
    }

    void theNetworksKeepTheirPromise()
    {
        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto solved = m_fits->load()->solved;
        QVERIFY(solved && solved->isOf(americanChain().expirations[1]));
        for (const auto right : {market::Right::Call, market::Right::Put}) {
            if (pricing::exerciseNeverPays(right, solved->market)) // European, and no network is asked
                continue;
            int compared = 0;
            for (std::size_t row = 0; row < solved->strikes.size(); ++row) {
                const double gap = solved->gaps(right)[row], bound = solved->bounds(right)[row];
                if (!std::isfinite(gap))
                    continue;
                ++compared;
                QVERIFY2(
                    std::abs(gap) <= bound,
                    qPrintable(QStringLiteral("%1 at %2, promised %3").arg(gap).arg(solved->strikes[row]).arg(bound)));
            }
            QVERIFY2(compared > 20, qPrintable(QString::number(compared)));
        }
    }

    void withoutNetworksFiniteDifferencesStandIn_data()
    {
        QTest::addColumn<bool>("isTruncated");
        QTest::newRow("no files") << false;
        QTest::newRow("a file cut off") << true;
    }
    void withoutNetworksFiniteDifferencesStandIn()
    {
        QFETCH(const bool, isTruncated);
        QTemporaryDir folder;
        const std::string own = folder.path().toStdString();
        if (isTruncated) {
            for (const char* const teacher : {"american_heston_put", "american_heston_call"}) {
                const QString copy = QString::fromStdString(learning::networkFile(own, teacher));
                QVERIFY(QFile::copy(QString::fromStdString(learning::networkFile(learning::networksFolder(), teacher)),
                                    copy));
                QVERIFY(QFile::setPermissions(copy, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
            }
            QFile cut(QString::fromStdString(learning::networkFile(own, "american_heston_call")));
            QVERIFY(cut.resize(cut.size() / 2));
        }
        m_analyst = std::make_unique<desk::SurfaceAnalyst>(m_view, m_fits, m_wall, own);
        m_analyst->submit(chosen(desk::ChainModel::Neural, americanChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto fits = m_fits->load();
        const std::string file = isTruncated ? "american_heston_call.network" : "american_heston_put.network";
        QVERIFY2(fits->networksFault.find(file) != std::string::npos, fits->networksFault.c_str());
        QVERIFY(!fits->has(desk::ChainModel::Neural));
        QVERIFY2(fits->has(desk::ChainModel::AmericanHeston), "by the parameters that volatilities give");
        QCOMPARE(fits->solved->parameters.v0, fits->heston->v0);
        QVERIFY(!m_view->load()->heston.back().isNeural);
        QVERIFY(std::ranges::all_of(fits->solved->putGaps, [](double gap) { return std::isnan(gap); }));
    }

    void ofEuropeanOptionsTheNetworksSayNothing()
    {
        m_analyst->submit(chosen(desk::ChainModel::Neural, smoothChain()));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const auto fits = m_fits->load();
        QVERIFY(!fits->american && !fits->solved && fits->heston);
        QVERIFY(!m_view->load()->heston.back().isNeural);
        QVERIFY2(m_view->load()->hestonNote.empty(), m_view->load()->hestonNote.c_str());
    }

    void everyModelPricesTheChain_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<double>("tolerance"); ///< dollars, of the middle of bid and ask, near the money
        QTest::newRow("Black-Scholes") << "black_scholes" << 0.011;
        QTest::newRow("surface") << "surface" << 0.15;
        QTest::newRow("Merton") << "merton" << 0.8;
        QTest::newRow("Heston") << "heston" << 0.5;
    }
    void everyModelPricesTheChain()
    {
        QFETCH(const QString, id);
        QFETCH(const double, tolerance);
        const market::OptionChain chain = smoothChain();
        m_analyst->submit(snapshotOf(chain));
        QTRY_COMPARE_WITH_TIMEOUT(m_view->load()->version, std::uint64_t{1}, patienceMs);
        const desk::ChainModel model = desk::chainModelFromText(id);
        const market::Expiration& expiration = chain.expirations[1];
        pricing::AmericanBoundaries boundaries;
        const auto analytics = pricing::analyse(expiration, now, point.spot, {point.rate, point.dividendYield});
        for (const auto right : {market::Right::Call, market::Right::Put}) {
            const auto figures = desk::priceSide(model, *m_fits->load(), expiration, analytics, right, boundaries);
            QCOMPARE(figures.size(), expiration.strikes.size());
            for (std::size_t row = 10; row <= 30; ++row) {
                const double mid = 0.5 * (expiration.side(right).bid[row] + expiration.side(right).ask[row]);
                QVERIFY2(std::abs(figures.price[row] - mid) < tolerance,
                         qPrintable(QStringLiteral("strike %1: %2 against %3")
                                        .arg(expiration.strikes[row])
                                        .arg(figures.price[row])
                                        .arg(mid)));
                QVERIFY((figures.delta[row] > 0) == (right == market::Right::Call));
                QVERIFY(figures.gamma[row] > 0);
                QVERIFY(figures.vega[row] > 0);
                QVERIFY(std::isfinite(figures.theta[row]));
            }
        }
    }

private:
    std::shared_ptr<desk::Published<desk::SurfaceView>> m_view;
    std::shared_ptr<desk::Published<desk::ChainFits>> m_fits;
    std::shared_ptr<base::ManualClock> m_wall;
    std::unique_ptr<desk::SurfaceAnalyst> m_analyst;
};

QTEST_GUILESS_MAIN(SurfaceAnalystTest)
#include "test_surface_analyst.moc"
