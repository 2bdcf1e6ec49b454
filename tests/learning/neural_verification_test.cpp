#include "learning/verification/neural_verification.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace vegadesk;
using learning::NeuralReport;
namespace verification = pricing::verification;

namespace
{

base::Result<NeuralReport> verified(std::istream& input, const std::string& kind)
{
    learning::NeuralPrices networks;
    return learning::verifyByNetworks(input, **verification::kindOfFile(kind + ".csv"), networks);
}

} // namespace

class NeuralVerificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesOfExactValuesPass_data();
    void filesOfExactValuesPass();
    void aBrokenBoundFails();
    void noNetworkPricesEverything();
};

void NeuralVerificationTest::filesOfExactValuesPass_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* const kind : {"black_scholes", "heston", "american", "dividend"})
        QTest::newRow(kind) << kind;
}

void NeuralVerificationTest::filesOfExactValuesPass()
{
    QFETCH(QString, kind);
    std::ifstream file(QFINDTESTDATA("../data/values/" + kind + ".csv").toStdString());
    const auto report = verified(file, kind.toStdString());
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QVERIFY(!report->scored.empty());
    QCOMPARE(report->scored.size() + report->outside.size(), report->rows);
    for (const learning::NeuralScore& each : report->scored)
        QVERIFY2(!each.isBroken(),
                 (each.id + ": " + std::to_string(each.found - each.expected) + " beyond " + std::to_string(each.bound))
                     .c_str());
    QVERIFY(report->passes());
}

void NeuralVerificationTest::aBrokenBoundFails()
{
    std::ifstream file(QFINDTESTDATA("../data/values/black_scholes.csv").toStdString());
    std::string header;
    std::getline(file, header);
    const auto numbers = ",7,0.5,0,0,0,0,0,0,0,0\n"; // price and Greeks, which nobody asks
    std::istringstream wrong(header + "\na,grid,call,100,100,0.5,0.05,0,0.2" + numbers +
                             "b,grid,call,100,100,9,0.05,0,0.2" + numbers);
    const auto report = verified(wrong, "black_scholes");
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->scored.size(), std::size_t{1});
    QCOMPARE(report->brokenCount(), std::size_t{1});
    QVERIFY(!report->passes());
    QCOMPARE(report->outside.size(), std::size_t{1});
    QVERIFY(report->outside.front().reason.find("years") != std::string::npos);
}

void NeuralVerificationTest::noNetworkPricesEverything()
{
    std::istringstream none("x\n");
    const auto report = verified(none, "merton");
    QVERIFY(!report && report.error().field == "engine");
}

QTEST_APPLESS_MAIN(NeuralVerificationTest)
#include "neural_verification_test.moc"
