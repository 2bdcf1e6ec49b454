#include "pricing/model.h"

#include "base/random.h"

#include <QtTest>

#include <array>
#include <bit>
#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::pricing;

class ModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModelIsDescribed();
    void everyModelPricesWithItsDefaults();
    void blackScholesIsTheKernel();
    void emptyColumnsAreLeftAlone();
    void refusals_data();
    void refusals();
};

void ModelTest::everyModelIsDescribed()
{
    QVERIFY(!models().empty());
    std::set<std::string> ids;
    for (const ModelInfo& info : models()) {
        QVERIFY2(ids.insert(info.id).second, info.id.c_str());
        QVERIFY2(!info.title.empty() && info.about.ends_with('.') && !info.styles.empty(), info.id.c_str());
        for (const base::ParameterSpec& spec : info.parameters) {
            QVERIFY2(spec.about.ends_with('.'), spec.name.c_str());
            QVERIFY2(spec.minimum <= spec.fallback && spec.fallback <= spec.maximum, spec.name.c_str());
        }
    }
}

void ModelTest::everyModelPricesWithItsDefaults()
{
    constexpr std::array strikes{80.0, 100.0, -1.0, 120.0};
    for (const ModelInfo& info : models()) {
        const auto model = makeModel(info.id, {});
        QVERIFY2(model, info.id.c_str());
        for (const Right right : {Right::Call, Right::Put}) {
            GreeksColumns out;
            out.resize(strikes.size());
            (*model)->priceStrip(right, {100, 0.03, 0.01}, 0.5, strikes, out.view());
            for (std::size_t row = 0; row < strikes.size(); ++row) {
                const bool isBad = strikes[row] < 0;
                QCOMPARE(std::isnan(out.price[row]), isBad);
                QCOMPARE(std::isnan(out.delta[row]), isBad);
                QVERIFY(isBad || (out.price[row] > 0 && out.gamma[row] > 0));
            }
            QCOMPARE(out.price[0] > out.price[3], right == Right::Call);
        }
    }
}

void ModelTest::blackScholesIsTheKernel()
{
    base::Generator generator(301);
    std::vector<double> strikes;
    for (int i = 0; i < 201; ++i) // several blocks, the last of them short
        strikes.push_back(generator.uniform(50, 200));
    const std::vector<double> vols(strikes.size(), 0.3);
    const MarketPoint market{100, 0.04, 0.01};
    GreeksColumns byModel, byKernel;
    byModel.resize(strikes.size());
    byKernel.resize(strikes.size());
    const std::array values{ParameterValue{"volatility", 0.3}};
    const auto model = makeModel("black_scholes", values);
    QVERIFY(model);
    (*model)->priceStrip(Right::Put, market, 0.7, strikes, byModel.view());
    blackScholesStrip(Right::Put, market, 0.7, strikes, vols, byKernel.view());
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        QCOMPARE(std::bit_cast<std::uint64_t>(byModel.price[row]), std::bit_cast<std::uint64_t>(byKernel.price[row]));
        QCOMPARE(std::bit_cast<std::uint64_t>(byModel.rho[row]), std::bit_cast<std::uint64_t>(byKernel.rho[row]));
    }
}

void ModelTest::emptyColumnsAreLeftAlone()
{
    const std::vector<double> strikes(130, 100);
    std::vector<double> vegas(strikes.size());
    const auto model = makeModel("black_scholes", {});
    QVERIFY(model);
    GreeksView out;
    out.vega = vegas;
    (*model)->priceStrip(Right::Call, {100, 0, 0}, 1, strikes, out);
    for (const double vega : vegas)
        QCOMPARE(vega, blackScholes(Right::Call, {100, 0, 0}, 100, 1, 0.2).vega);
}

void ModelTest::refusals_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("message");
    QTest::newRow("model") << "crystal_ball" << "volatility" << 0.2
                           << "model \"crystal_ball\" is not allowed: one of black_scholes";
    QTest::newRow("parameter") << "black_scholes" << "luck" << 0.2
                               << "parameter \"luck\" is not allowed: one of volatility";
    QTest::newRow("above") << "black_scholes" << "volatility" << 25.0
                           << "volatility \"25\" is not allowed: 0 to 10 per year";
    QTest::newRow("below") << "black_scholes" << "volatility" << -0.1
                           << "volatility \"-0.1\" is not allowed: 0 to 10 per year";
    QTest::newRow("NaN") << "black_scholes" << "volatility" << std::nan("")
                         << "volatility \"nan\" is not allowed: 0 to 10 per year";
}

void ModelTest::refusals()
{
    QFETCH(QString, id);
    QFETCH(QString, parameter);
    QFETCH(double, value);
    QFETCH(QString, message);
    const std::string name = parameter.toStdString();
    const std::array values{ParameterValue{name, value}};
    const auto model = makeModel(id.toStdString(), values);
    QVERIFY(!model);
    QVERIFY2(model.error().message().starts_with(message.toStdString()), model.error().message().c_str());
}

QTEST_GUILESS_MAIN(ModelTest)
#include "model_test.moc"
