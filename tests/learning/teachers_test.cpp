#include "learning/teachers/teacher.h"
#include "pricing/black_scholes.h"
#include "pricing/heston/heston.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using learning::Teacher;

namespace
{

/// Every corner of a box, and its middle.
std::vector<std::vector<double>> cornersOf(const Teacher& teacher)
{
    const auto inputs = teacher.inputs();
    std::vector<std::vector<double>> out;
    for (std::size_t corner = 0; corner < std::size_t{1} << inputs.size(); ++corner) {
        std::vector<double>& point = out.emplace_back();
        for (std::size_t i = 0; i < inputs.size(); ++i)
            point.push_back((corner >> i & 1) != 0 ? inputs[i].high : inputs[i].low);
    }
    std::vector<double>& middle = out.emplace_back();
    for (const learning::InputRange& input : inputs)
        middle.push_back(0.5 * (input.low + input.high));
    return out;
}

} // namespace

class TeachersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBoxIsUsable_data() { addTeachers(); }
    void theBoxIsUsable();
    void pricesAreTheModels();
    void whatIsOutsideIsNamed();

private:
    static void addTeachers();
};

void TeachersTest::addTeachers()
{
    QTest::addColumn<QString>("id");
    for (const auto& each : learning::teachers())
        QTest::newRow(std::string(each->id()).c_str()) << QString::fromStdString(std::string(each->id()));
}

void TeachersTest::theBoxIsUsable()
{
    QFETCH(QString, id);
    const Teacher* const teacher = learning::findTeacher(id.toStdString()).value();
    QVERIFY(teacher->inputs()[0].name == "moneyness" ||
            teacher->inputs()[0].name == "deviations"); // regions of errors go by these two
    QCOMPARE(teacher->inputs()[1].name, std::string("years"));
    std::vector<double> features(teacher->featureCount());
    for (const std::vector<double>& point : cornersOf(*teacher)) {
        QVERIFY(learning::checkBox(*teacher, point));
        teacher->features(point, features);
        for (const double feature : features)
            QVERIFY(std::isfinite(feature) && std::abs(feature) < 50);
        const learning::PriceForm form = teacher->form(point);
        const double price = teacher->price(point), baseline = form.baseline, weight = form.weight;
        QVERIFY(std::isfinite(price) && std::isfinite(baseline) && weight > 0);
        QVERIFY(std::abs(price - baseline) < 2 * weight); // what a net is asked for is of moderate size
    }
}

void TeachersTest::pricesAreTheModels()
{
    const Teacher& european = *learning::findTeacher("black_scholes").value();
    QCOMPARE(european.price(std::vector{1.1, 0.5, 0.03, 0.01, 0.2}),
             pricing::blackScholesPrice(pricing::Right::Call, {110, 0.03, 0.01}, 100, 0.5, 0.2) / 100);
    const Teacher& heston = *learning::findTeacher("heston").value();
    const std::vector sample{0.9, 1.0, 0.05, 0.04, 0.09, 1.5, 0.4, -0.7};
    const double exact = pricing::hestonPrice(pricing::Right::Call, {90, 0.05, 0}, 100, 1,
                                              {.v0 = 0.04, .kappa = 1.5, .theta = 0.09, .sigma = 0.4, .rho = -0.7});
    QVERIFY(std::abs(heston.price(sample) - exact / 100) < 1e-13);
    // Black's price at the mean variance is what Heston's is without a volatility of the variance.
    std::vector calm = sample;
    calm[6] = 0;
    QVERIFY(std::abs(heston.price(calm) - heston.form(calm).baseline) < 1e-12);
}

void TeachersTest::whatIsOutsideIsNamed()
{
    const Teacher& teacher = *learning::findTeacher("heston").value();
    for (const double value : {0.59, 1.41, std::nan("")}) {
        const auto refused = learning::checkBox(teacher, std::vector{value, 1.0, 0.05, 0.1, 0.1, 1.0, 0.4, -0.5});
        QVERIFY(!refused && refused.error().field == "moneyness");
        QVERIFY(refused.error().message().find("0.6 to 1.4") != std::string::npos);
    }
    const auto unknown = learning::findTeacher("nobody");
    QVERIFY(!unknown && unknown.error().message().find("black_scholes, heston") != std::string::npos);
}

QTEST_APPLESS_MAIN(TeachersTest)
#include "teachers_test.moc"
