#include "pricing/verification/verify.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

using namespace vegadesk;
using namespace vegadesk::pricing::verification;

namespace
{

const char* const americanHeader = "id,tag,type,S,K,T,r,q,sigma,price,price_tol,delta,rho\n";

const Kind& kind(std::string_view name)
{
    return **kindOfFile(std::string(name) + ".csv");
}

/// An engine that knows the answers, so that what a test adds to them is the whole error.
template<int partsPerMillion>
base::Result<Answers> almostExact(const Case& row)
{
    constexpr double factor = 1 + 1e-6 * partsPerMillion;
    return Answers{
        {"price", row["price"] * factor}, {"delta", row["delta"] * factor}, {"rho", row.numberOr("rho", 0) * factor}};
}

Report scored(const std::string& rows, Evaluate evaluate)
{
    std::istringstream input(americanHeader + rows);
    const auto report = verify(input, kind("american"), {"test", "american", evaluate});
    return report ? *report : Report{};
}

const ColumnReport& column(const Report& report, std::string_view name)
{
    return *std::ranges::find(report.columns, name, &ColumnReport::name);
}

Report scoreFile(const Engine& engine)
{
    std::ifstream file(VEGADESK_TEST_DATA "/values/" + std::string(engine.kind) + ".csv");
    const auto report = verify(file, kind(engine.kind), engine);
    return report ? *report : Report{};
}

} // namespace

class VerificationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void badNumbers_data();
    void badNumbers();
    void kindIsInTheFileName_data();
    void kindIsInTheFileName();
    void columnsTellTheKindThatANameDoesNot_data();
    void columnsTellTheKindThatANameDoesNot();
    void enginesAreFoundByName();
    void exactAnswersScoreZero();
    void errorsAreScoredAgainstTheirBound();
    void worstRowIsNamed();
    void unknownAnswersFail();
    void unknownExpectationsAreSkipped();
    void impossibleGreeksAreSkipped();
    void malformedRowsAreNamed_data();
    void malformedRowsAreNamed();
    void headerIsChecked();
    void boundsOfPrices();
    void fastEnginesPass();
    void quantLibAnswersEveryColumn();
};

void VerificationTest::numbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("thirty digits") << "2.67747587439988542062763633950e+1" << 26.774758743998854;
    QTest::newRow("subnormal") << "4.94e-324" << 4.94e-324;
    QTest::newRow("meant to underflow") << "6.57903196038740545485272377039e-3810" << 0.0;
    QTest::newRow("negative, meant to underflow") << "-1.5e-400" << 0.0;
    QTest::newRow("underflow in fixed digits") << "0." + QString(400, QChar('0')) + "1" << 0.0;
    QTest::newRow("no exponent's bounds") << "1e-99999999999999999999" << 0.0;
    QTest::newRow("sign") << "+1.5" << 1.5;
    QTest::newRow("zero") << "0.0" << 0.0;
}

void VerificationTest::numbers()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    const auto read = parseNumber(text.toStdString(), "price");
    QVERIFY(read);
    QCOMPARE(*read, value);
}

void VerificationTest::badNumbers_data()
{
    QTest::addColumn<QString>("text");
    for (const char* const text : {"", "abc", "1.5x", "1e400", "123456e99999999999999999999", "nan", "inf", "1,5", "-"})
        QTest::newRow(text) << text;
}

void VerificationTest::badNumbers()
{
    QFETCH(QString, text);
    const auto read = parseNumber(text.toStdString(), "price");
    QVERIFY(!read);
    QCOMPARE(read.error().field, std::string("price"));
    QCOMPARE(read.error().value, text.toStdString());
}

void VerificationTest::kindIsInTheFileName_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << "values/heston.csv" << "heston";
    QTest::newRow("with words around it") << "/tmp/held-out_black_scholes.2.csv" << "black_scholes";
    QTest::newRow("a folder does not count") << "/heston/merton.csv" << "merton";
    QTest::newRow("a word more") << "american_puts.csv" << "american";
    QTest::newRow("a digit more") << "dividend2.csv" << "dividend";
    QTest::newRow("the longest") << "heston_black_scholes.csv" << "black_scholes";
    QTest::newRow("spelled otherwise") << "Implied-Vol set.csv" << "implied_vol";
    QTest::newRow("unknown") << "risk.csv" << "";
    QTest::newRow("two of one length") << "american_dividend.csv" << "";
}

void VerificationTest::kindIsInTheFileName()
{
    QFETCH(QString, path);
    QFETCH(QString, name);
    const auto found = kindOfFile(path.toStdString());
    QCOMPARE(found.has_value(), !name.isEmpty());
    if (found)
        QCOMPARE(std::string((*found)->name), name.toStdString());
    else
        QVERIFY(found.error().message().find("black_scholes, implied_vol, merton") != std::string::npos);
}

void VerificationTest::columnsTellTheKindThatANameDoesNot_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("name");
    const QString greeks = QStringLiteral("price,delta,gamma,vega,theta,rho");
    QTest::newRow("Black-Scholes") << "a.csv" << "type,S,K,T,r,q,sigma,rho_q,vanna,volga,charm," + greeks
                                   << "black_scholes";
    QTest::newRow("American") << "a.csv" << "type,S,K,T,r,q,sigma,price_tol," + greeks << "american";
    QTest::newRow("Merton") << "a.csv" << "type,S,K,T,r,q,sigma,lambda,mu_j,delta_j," + greeks << "merton";
    QTest::newRow("two names") << "american_dividend.csv" << "type,exercise,S,K,T,r,sigma,div_times,div_amounts,price"
                               << "dividend";
    QTest::newRow("risk") << "risk.csv" << "id,distribution,level,params,var_loss,es_loss" << "";
}

void VerificationTest::columnsTellTheKindThatANameDoesNot()
{
    QFETCH(QString, path);
    QFETCH(QString, header);
    QFETCH(QString, name);
    const auto found = kindOfFile(path.toStdString(), header.toStdString());
    QCOMPARE(found ? QString::fromUtf8((*found)->name.data(), qsizetype((*found)->name.size())) : QString(), name);
}

void VerificationTest::enginesAreFoundByName()
{
    QVERIFY(findEngine("fast", "implied_vol"));
    QVERIFY(findEngine("quantlib", "dividend"));
    QCOMPARE(findEngine("slow", "implied_vol").error().message(),
             std::string("engine \"slow\" is not allowed: one of fast, quantlib"));
    QCOMPARE(findEngine("quantlib", "risk").error().field, std::string("kind"));
}

void VerificationTest::exactAnswersScoreZero()
{
    const Report report = scored("7,a,put,100,100,1,0.05,0,0.2,6.09,1e-10,-0.41,-35\n", almostExact<0>);
    QVERIFY(report.passes());
    QCOMPARE(report.rows, std::size_t{1});
    QCOMPARE(column(report, "price").worst, 0.0);
    QCOMPARE(column(report, "price rms").worst, 0.0);
    QCOMPARE(column(report, "delta").median, 0.0);
}

void VerificationTest::errorsAreScoredAgainstTheirBound()
{
    // 2 parts in a million of a price of 10 are 4 times the 5e-6 that a strike of 100 allows, of a price of 1 0.4 times.
    const Report report = scored("1,a,put,100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35\n"
                                 "2,a,put,100,100,1,0.05,0,0.2,1,1e-10,-0.5,-35\n"
                                 "3,a,put,100,200,1,0.05,0,0.2,10,1e-4,-0.5,-35\n",
                                 almostExact<2>);
    const ColumnReport& price = column(report, "price");
    QVERIFY(!report.passes());
    QCOMPARE(price.failures, std::size_t{1});
    QVERIFY(std::abs(price.worst - 4) < 1e-6);
    QVERIFY(std::abs(price.median - 0.4) < 1e-6);
    QCOMPARE(price.worstRow, std::string("1"));
    const double rms = std::sqrt((std::pow(2e-5, 2) + std::pow(2e-6, 2) + std::pow(1e-5, 2)) / 3);
    QVERIFY(std::abs(column(report, "price rms").worst - rms / 1e-6) < 1e-4);
    QVERIFY(std::abs(column(report, "delta").worst - 0.1) < 1e-6); // 1e-6 of error, 1e-5 of a scale of 1
}

void VerificationTest::worstRowIsNamed()
{
    const Report report = scored("a,x,put,100,100,1,0.05,0,0.2,1,1e-10,-0.5,-35\n"
                                 "b,x,put,100,100,1,0.05,0,0.2,3,1e-10,-0.5,-35\n"
                                 "c,x,put,100,100,1,0.05,0,0.2,2,1e-10,-0.5,-35\n",
                                 almostExact<1>);
    const ColumnReport& price = column(report, "price");
    QCOMPARE(price.worstRow, std::string("b"));
    QCOMPARE(price.expected, 3.0);
    QCOMPARE(price.found, 3.0 * (1 + 1e-6));
    QCOMPARE(price.allowed, 5e-6);
}

void VerificationTest::unknownAnswersFail()
{
    const char* const row = "1,a,put,100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35\n";
    const Report missing = scored(row, [](const Case& each) -> base::Result<Answers> {
        return Answers{{"price", each["price"]}, {"delta", each["delta"]}};
    });
    QVERIFY(!missing.passes());
    QCOMPARE(missing.notComputed, std::vector<std::string>{"rho"});
    const Report notANumber = scored(row, [](const Case& each) -> base::Result<Answers> {
        return Answers{{"price", std::nan("")}, {"delta", each["delta"]}, {"rho", each["rho"]}};
    });
    QVERIFY(!notANumber.passes());
    QVERIFY(std::isinf(column(notANumber, "price").worst));
    const Report declined = scored(row, [](const Case&) -> base::Result<Answers> {
        return base::fail(base::ErrorKind::Internal, "engine", "", "see the log", "out of fuel");
    });
    QVERIFY(!declined.passes());
    QCOMPARE(declined.declined.size(), std::size_t{1});
    QCOMPARE(declined.declined.front().reason, std::string("out of fuel"));
    QCOMPARE(column(declined, "delta").failures, std::size_t{1});
}

void VerificationTest::unknownExpectationsAreSkipped()
{
    const Report report = scored("1,a,put,100,100,1,0.05,0,0.2,10,1e-10,-0.5,nan\n"
                                 "2,a,put,100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35\n",
                                 almostExact<0>);
    QVERIFY(report.passes());
    QCOMPARE(column(report, "rho").rows, std::size_t{1});
    QCOMPARE(column(report, "rho").skipped, std::size_t{1});
    QCOMPARE(column(report, "delta").rows, std::size_t{2});
}

/// An American option's theta cannot be positive; its price and delta are held to their bounds all the same.
void VerificationTest::impossibleGreeksAreSkipped()
{
    std::istringstream input("id,type,S,K,T,r,q,sigma,price,delta,gamma,theta\n"
                             "1,put,100,100,1,0.05,0,0.2,10,-0.5,0.02,0.12\n"
                             "2,put,100,100,1,0.05,0,0.2,10,-0.5,0.02,-2\n");
    const Evaluate wrongGamma = [](const Case& row) -> base::Result<Answers> {
        return Answers{{"price", row["price"]}, {"delta", row["delta"]}, {"gamma", 0.03}, {"theta", row["theta"]}};
    };
    const auto report = verify(input, kind("american"), {"test", "american", wrongGamma});
    QVERIFY(report);
    QCOMPARE(column(*report, "gamma").rows, std::size_t{1});
    QCOMPARE(column(*report, "gamma").skipped, std::size_t{1});
    QCOMPARE(column(*report, "gamma").worstRow, std::string("2"));
    QCOMPARE(column(*report, "theta").skipped, std::size_t{1});
    QCOMPARE(column(*report, "delta").rows, std::size_t{2});
    QVERIFY(!report->passes());
}

void VerificationTest::malformedRowsAreNamed_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("message");
    QTest::newRow("too few") << "2,a,put,100,100"
                             << "line 3 \"5 fields\" is not allowed: 13, as in the header";
    QTest::newRow("number") << "2,a,put,100,1oo,1,0.05,0,0.2,10,1e-10,-0.5,-35"
                            << "line 3, K \"1oo\" is not allowed: a number";
    QTest::newRow("sign") << "2,a,put,-100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35"
                          << "line 3, S \"-100\" is not allowed: a positive number";
    QTest::newRow("type") << "2,a,straddle,100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35"
                          << "line 3, type \"straddle\" is not allowed: call or put";
    QTest::newRow("unknown price") << "2,a,put,100,100,1,0.05,0,0.2,nan,1e-10,-0.5,-35"
                                   << "line 3, price \"nan\" is not allowed: a number";
}

void VerificationTest::malformedRowsAreNamed()
{
    QFETCH(QString, row);
    QFETCH(QString, message);
    const std::string good = "1,a,put,100,100,1,0.05,0,0.2,10,1e-10,-0.5,-35\r\n";
    const Report report = scored(good + row.toStdString() + "\n\n" + good, almostExact<0>);
    QVERIFY(!report.passes());
    QCOMPARE(report.rows, std::size_t{2});
    QCOMPARE(report.malformed.size(), std::size_t{1});
    QCOMPARE(report.malformed.front().message(), message.toStdString());
}

void VerificationTest::headerIsChecked()
{
    const Engine engine{"test", "american", almostExact<0>};
    for (const char* const text : {"", "id,type,S,K,T,r,q,price\n1,put,100,100,1,0,0,8\n", americanHeader}) {
        std::istringstream input(text);
        QVERIFY(!verify(input, kind("american"), engine));
    }
}

/// The corners of the documented bounds.
void VerificationTest::boundsOfPrices()
{
    const auto allowed = [](std::string_view name, std::map<std::string, double, std::less<>> numbers) {
        Case row;
        row.numbers = std::move(numbers);
        const Output& price = kind(name).outputs.front();
        return price.allowed(row, price.name);
    };
    constexpr double eps = std::numeric_limits<double>::epsilon();
    QCOMPARE(allowed("merton", {{"S", 100}, {"price", 10}}), 1e-10);
    QCOMPARE(allowed("merton", {{"S", 100}, {"price", 1e-5}}), 1e-14);
    QCOMPARE(allowed("merton", {{"S", 100}, {"price", 1e-7}}), 1e-10);
    QCOMPARE(allowed("heston", {{"S", 100}, {"price", 1e-20}}), 1e-28);
    QCOMPARE(allowed("heston", {{"S", 100}, {"price", 1e-31}}), 1e-10);
    QCOMPARE(allowed("american", {{"K", 50}}), 2.5e-6);
    QCOMPARE(allowed("american", {{"K", 50}, {"price_tol", 1e-3}}), 1e-3);
    QCOMPARE(allowed("dividend", {{"price_tol", 1e-7}}), 1e-4);
    QCOMPARE(allowed("black_scholes", {{"S", 100}, {"price", 10}, {"delta", 0.5}, {"vega", 40}, {"sigma", 0.2}}),
             4 * eps * (1 + 5 + 4 + 0.8) * 10);
    QCOMPARE(allowed("black_scholes", {{"S", 100}, {"price", 0}, {"delta", 0}, {"vega", 0}, {"sigma", 0.2}}), 1e-300);
    QCOMPARE(allowed("implied_vol", {{"sigma", 0.2}, {"sigma_half_ulp_price", 1e-12}, {"sigma_cond_inputs", 2e-12}}),
             4 * 3e-12);
    QCOMPARE(allowed("implied_vol", {{"sigma", 0.2}, {"sigma_half_ulp_price", 0}, {"sigma_cond_inputs", 0}}),
             4 * eps * 0.2);
}

void VerificationTest::fastEnginesPass()
{
    for (const Engine& engine : fastEngines()) {
        const Report report = scoreFile(engine);
        QVERIFY2(report.rows > 20, engine.kind.data());
        QVERIFY(report.malformed.empty() && report.declined.empty());
        for (const ColumnReport& each : report.columns) {
            qInfo("%s %s: worst %.3g (row %s), median %.3g", report.kind.c_str(), each.name.c_str(), each.worst,
                  each.worstRow.c_str(), each.median);
            QCOMPARE(each.failures, std::size_t{0});
        }
        QVERIFY2(report.passes(), engine.kind.data());
    }
}

/// QuantLib does not meet our bounds everywhere; half its answers come within ten of them, and none is missing.
void VerificationTest::quantLibAnswersEveryColumn()
{
    for (const Engine& engine : quantLibEngines()) {
        if (engine.kind == "american" || engine.kind == "dividend")
            continue; // half a minute each; pricing.reference asks for a few
        const Report report = scoreFile(engine);
        QVERIFY2(report.rows > 20, engine.kind.data());
        QVERIFY(report.notComputed.empty() && report.malformed.empty() && report.declined.empty());
        for (const ColumnReport& each : report.columns)
            QVERIFY2(each.median <= 10, each.name.c_str());
    }
}

QTEST_GUILESS_MAIN(VerificationTest)
#include "verification_test.moc"
